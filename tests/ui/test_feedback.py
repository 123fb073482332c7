"""What readers think of answers, as the page sends it."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from rag.types import Verdict
from rag.types.feedback import MOST_CHARACTERS
from rag.ui import feedback
from rag.ui.loading import Loading
from rag.ui.turns import Turn
from tests.ui.fake_assistant import FakeAssistant, make_answer

PLACE = "/radiact/feedback"


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def loading(assistant: FakeAssistant) -> Loading:
    loading = Loading(lambda progress: assistant).start()
    assert loading.assistant is assistant
    return loading


@pytest.fixture
def page(loading: Loading) -> TestClient:
    app, router = FastAPI(), APIRouter(prefix="/radiact")
    feedback.add_routes(router, loading)
    app.include_router(router)
    return TestClient(app)


@pytest.fixture
def key(loading: Loading) -> str:
    return loading.kept.keep(Turn(number=1, question="Combien ?", answer=make_answer())).key


def judge(page: TestClient, key: str, **changes: object) -> httpx.Response:
    return page.post(PLACE, json={"key": key, "verdict": "utile", "comment": "Bien.", **changes})


def test_verdict_reaches_the_assistant_with_its_answer(
    page: TestClient, key: str, assistant: FakeAssistant
) -> None:
    assert judge(page, key).text == feedback.KEPT
    assert assistant.judged == [("Combien de temps ?", Verdict.USEFUL, "Bien.")]


def test_answer_that_has_left_is_told_in_french(page: TestClient, assistant: FakeAssistant) -> None:
    told = judge(page, "inconnue")
    assert (told.status_code, told.text) == (404, feedback.GONE)
    assert assistant.judged == []


def test_refused_comment_is_told_in_french(page: TestClient, key: str) -> None:
    told = judge(page, key, comment="Le disque est plein.")
    assert told.status_code == 422
    assert told.text.startswith("Espace disque insuffisant")


@pytest.mark.parametrize(
    "changes", [{"verdict": "autre"}, {"comment": "x" * (MOST_CHARACTERS + 1)}, {"comment": None}]
)
def test_what_the_page_cannot_send_is_refused(
    page: TestClient, key: str, changes: dict[str, object], assistant: FakeAssistant
) -> None:
    assert judge(page, key, **changes).status_code == 422
    assert assistant.judged == []


def test_other_sites_cannot_send_a_verdict(
    page: TestClient, key: str, assistant: FakeAssistant
) -> None:
    body = f'{{"key": "{key}", "verdict": "utile"}}'
    form = {"Content-Type": "text/plain", "Origin": "https://ailleurs.example"}
    assert page.post(PLACE, content=body, headers=form).status_code == 422
    asked_first = page.options(
        PLACE, headers={"Origin": form["Origin"], "Access-Control-Request-Method": "POST"}
    )
    assert "access-control-allow-origin" not in asked_first.headers
    assert assistant.judged == []
