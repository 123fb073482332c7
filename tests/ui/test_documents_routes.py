"""The routes of the tab « Documents », without a browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from rag.config import Settings
from rag.ui import additions, documents
from rag.ui.loading import Loading
from rag.uploads import Reception
from tests.ui.fake_assistant import FakeAssistant

TEXT = b"# Guide\n\nUn texte."


def make_client(settings: Settings, assistant: FakeAssistant, *, host: str) -> TestClient:
    assistant.settings = settings
    loading = Loading(lambda progress: assistant).start()
    assert loading.assistant is assistant
    router = APIRouter(prefix="/radiact")
    documents.add_routes(router, loading)
    app = FastAPI()
    app.include_router(router)
    return TestClient(app, base_url=f"http://{host}:7860")


@pytest.fixture
def own_assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(settings: Settings, own_assistant: FakeAssistant) -> Iterator[TestClient]:
    with make_client(settings, own_assistant, host="127.0.0.1") as client:
        yield client


def add(client: TestClient, name: str, content: bytes = TEXT, **headers: str):
    return client.post(
        "/radiact/documents/add",
        content=content,
        headers={
            "X-Radiact-File": quote(name),
            "Content-Type": "application/octet-stream",
            **headers,
        },
    )


def lines(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    return [json.loads(line) for line in response.text.splitlines()]


def test_file_is_received_whole_and_its_outcome_told(client, own_assistant, settings):
    content = TEXT * 20_000
    told = lines(add(client, "Guide été.md", content))
    assert 'data-outcome="added"' in told[-1]["outcome"]
    assert "Ajouté (12\N{NO-BREAK SPACE}passages)." in told[-1]["outcome"]
    assert 'data-read-document="Guide été"' in told[-1]["outcome"]
    assert own_assistant.register.received == {"Guide été.md": content}
    assert list(settings.uploads_dir.iterdir()) == []
    assert 'data-outcome="updated"' in lines(add(client, "Guide été.md"))[-1]["outcome"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("virus.exe", TEXT, "Format non pris en charge".lower()),
        ("NUL.md", TEXT, "nom de fichier inutilisable"),
        ("chiffré.pdf", b"%PDF-", "protégé par un mot de passe"),
    ],
)
def test_refused_file_is_told_in_french(client, own_assistant, settings, name, content, told):
    outcome = lines(add(client, name, content))[-1]["outcome"]
    assert 'data-outcome="failed"' in outcome
    assert told in outcome
    assert "data-may-retry" not in outcome
    assert own_assistant.register.received == {}
    assert not settings.uploads_dir.exists() or list(settings.uploads_dir.iterdir()) == []


def test_hostile_name_stays_in_its_folder(client, own_assistant):
    lines(add(client, "../../<img src=x>.md"))
    assert list(own_assistant.register.received) == ["-img src=x-.md"]


def test_too_large_file_is_cut_off(client, own_assistant, monkeypatch, settings):
    monkeypatch.setattr(additions, "Reception", lambda *all: Reception(*all, limit=1_000_000))
    outcome = lines(add(client, "gros.md", b"a" * 1_000_001))[-1]["outcome"]
    assert "la limite est de 1\N{NO-BREAK SPACE}Mo" in outcome
    assert own_assistant.register.received == {}
    assert list(settings.uploads_dir.iterdir()) == []


def test_other_writer_is_told_and_may_be_waited_for(client, own_assistant):
    own_assistant.register.is_locked = True
    outcome = lines(add(client, "guide.md"))[-1]["outcome"]
    assert "une autre indexation est en cours" in outcome
    assert "data-may-retry" in outcome
    removed = client.post("/radiact/documents/remove", json={"id": "cnil-ia-fiches"})
    assert removed.status_code == 409
    assert "Une autre indexation est en cours" in removed.text


def test_document_is_removed_once(client, own_assistant):
    assert client.post("/radiact/documents/remove", json={"id": "cnil-ia-fiches"}).is_success
    again = client.post("/radiact/documents/remove", json={"id": "cnil-ia-fiches"})
    assert again.status_code == 404
    assert "Document inconnu" in again.text
    assert own_assistant.register.removed == ["cnil-ia-fiches"]


def test_other_sites_can_change_nothing(client, own_assistant):
    without_header = client.post("/radiact/documents/add", content=TEXT)
    assert without_header.status_code == 422
    as_text = {"Content-Type": "text/plain"}
    form = client.post("/radiact/documents/remove", content=b'{"id": "x"}', headers=as_text)
    assert form.status_code == 422
    for site in ("cross-site", "same-site"):
        assert add(client, "guide.md", **{"Sec-Fetch-Site": site}).status_code == 403
    asked_first = client.options(
        "/radiact/documents/add",
        headers={"Origin": "https://ailleurs.example", "Access-Control-Request-Method": "POST"},
    )
    assert "access-control-allow-origin" not in asked_first.headers
    assert own_assistant.register.received == {}
    assert own_assistant.register.removed == []


@pytest.mark.parametrize(
    ("served_on", "uploads", "asked_as", "is_open"),
    [
        ("127.0.0.1", None, "localhost", True),
        ("127.0.0.1", None, "radiact.hopital.fr", False),
        ("0.0.0.0", None, "127.0.0.1", False),
        ("0.0.0.0", True, "radiact.hopital.fr", True),
        ("127.0.0.1", False, "127.0.0.1", False),
    ],
)
def test_changes_are_open_to_this_machine_alone_unless_set(
    tmp_path: Path, own_assistant, served_on, uploads, asked_as, is_open
):
    settings = Settings(data_dir=tmp_path, host=served_on, uploads=uploads)
    with make_client(settings, own_assistant, host=asked_as) as client:
        state = "open" if is_open else "closed"
        assert f'data-changes="{state}"' in client.get("/radiact/documents").text
        removed = client.post("/radiact/documents/remove", json={"id": "cnil-ia-fiches"})
        added = add(client, "guide.md")
    assert removed.status_code == (204 if is_open else 403)
    assert added.status_code == (200 if is_open else 403)
    assert bool(own_assistant.register.received) is is_open
    if not is_open:
        assert "RADIACT_UPLOADS" in added.text
