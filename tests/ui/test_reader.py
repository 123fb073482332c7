"""The fragments of the reader, and the addresses that give them."""

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from rag.messages import NBSP
from rag.ui.loading import Loading
from rag.ui.reader import add_routes
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.fake_reading import LONG_WORD


@pytest.fixture
def client() -> TestClient:
    loading = Loading(lambda progress: FakeAssistant()).start()
    assert loading.assistant
    app, router = FastAPI(), APIRouter(prefix="/radiact")
    add_routes(router, loading)
    app.include_router(router)
    return TestClient(app)


def read(client: TestClient, address: str = "read", **where: object) -> str:
    response = client.get(f"/radiact/{address}", params=where)
    assert response.status_code == 200, response.text
    return response.text


def test_place_is_shown_with_what_proves_it(client: TestClient):
    html = read(client, document="32024R1689", version=1, start=1000, end=1100)
    assert '<h2 tabindex="-1">Article 26</h2>' in html
    assert "version du 12 juillet 2024" in html
    assert "oj/fra#art_26" in html
    assert html.count('id="reader-quote"') == 1
    assert "SHA-256" in html


def test_contents_lead_to_each_place(client: TestClient):
    html = read(client, "read/contents", document="32024R1689")
    assert html.count("data-read-document") == 2
    assert "data-read-end" not in html


def test_hostile_document_is_shown_as_text(client: TestClient):
    html = read(client, document='pi"rate<')
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "href" not in html
    assert LONG_WORD in html
    assert html.count('dir="auto"') >= 3
    assert "<script" not in read(client, "read/contents", document='pi"rate<')


@pytest.mark.parametrize(
    ("address", "where", "said"),
    [
        ("read", {"document": "absent"}, "Document inconnu"),
        ("read", {"document": "<script>"}, "&lt;script&gt;"),
        ("read", {"document": "32024R1689", "version": 99}, "n’a pas de version 99"),
        ("read", {"document": "32024R1689", "anchor": "art_99"}, "n’a pas de partie"),
        ("read", {"document": "32024R1689", "start": 10**8}, "Ce passage n’existe pas"),
        ("read", {"document": "32024R1689", "start": "x"}, "incomplète ou incorrecte"),
        ("read", {"document": "32024R1689", "start": 10**30}, "incomplète ou incorrecte"),
        ("read", {}, "incomplète ou incorrecte"),
        ("read/contents", {"document": "absent"}, "Document inconnu"),
        ("read/page", {"document": "procedure", "page": 13}, "n’a pas de page 13"),
        ("read/page", {"document": "procedure", "page": 0}, "incomplète ou incorrecte"),
        ("read/page", {"document": "32024R1689", "page": 1}, "n’est pas disponible"),
        ("page", {"document": "procedure", "version": 3, "page": 13}, "n’a pas de page 13"),
        ("page", {"document": "procedure", "page": 1}, "incomplète ou incorrecte"),
        (
            "page",
            {"document": "procedure", "version": 3, "page": 1, "width": 10**6},
            "incomplète ou incorrecte",
        ),
    ],
)
def test_bad_address_is_told_in_french(
    client: TestClient, address: str, where: dict[str, object], said: str
):
    response = client.get(f"/radiact/{address}", params=where)
    assert response.status_code == 404
    assert said in response.text.replace(NBSP, " ")
    assert "<script" not in response.text


def test_page_is_an_image_that_may_be_kept(client: TestClient):
    where = {"document": "procedure", "version": 3, "page": 12}
    response = client.get("/radiact/page", params=where)
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "private, max-age=31536000, immutable"
    html = read(client, "read/page", document="procedure", page=12)
    assert "Page\N{NO-BREAK SPACE}12 sur\N{NO-BREAK SPACE}12" in html
    assert "<rect" not in html


def test_page_asked_for_before_the_program_is_ready(client: TestClient):
    app, router = FastAPI(), APIRouter(prefix="/radiact")
    add_routes(router, Loading(lambda progress: FakeAssistant()))
    app.include_router(router)
    early = TestClient(app)
    assert 'data-state="loading"' in early.get("/radiact/read?document=x").text
    assert early.get("/radiact/page?document=x&version=1&page=1").status_code == 503
