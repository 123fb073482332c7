"""Answers as files, and references as text: asked by address, and in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from rag.citing import legal_reference
from rag.ui import exporting, render
from rag.ui.copying import copyables
from rag.ui.loading import Loading
from rag.ui.turns import Turn
from tests.exports.opened import markdown_text, pdf_text, squeezed, word_text
from tests.ui.fake_assistant import (
    HOSTILE,
    RETENTION_QUOTE,
    FakeAssistant,
    make_abstention,
    make_answer,
    make_notice_answer,
)
from tests.ui.serving import Visitor


@pytest.fixture
def loading() -> Loading:
    return Loading(lambda _: FakeAssistant()).start()


@pytest.fixture
def client(loading: Loading) -> Iterator[TestClient]:
    app, router = FastAPI(), APIRouter(prefix="/radiact")
    exporting.add_routes(router, loading)
    app.include_router(router)
    with TestClient(app) as client:
        yield client


def keep(loading: Loading, question: str) -> str:
    answer = make_answer(question)
    return loading.kept.keep(Turn(number=1, question=question, answer=answer)).key


@pytest.mark.parametrize(
    ("to", "read", "media_type"),
    [
        ("docx", word_text, "wordprocessingml"),
        ("pdf", pdf_text, "application/pdf"),
        ("md", markdown_text, "text/markdown; charset=utf-8"),
    ],
)
def test_kept_answer_is_served_as_a_file(
    loading: Loading, client: TestClient, to, read, media_type
):
    key = keep(loading, "Combien de temps pour M. Durand ?")
    response = client.get(f"/radiact/export/{to}", params={"key": key})
    assert response.status_code == 200
    assert media_type in response.headers["content-type"]
    disposition = response.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="radiact-20')
    assert disposition.endswith(f'-reponse.{to}"')  # nothing of the question, whatever it holds
    assert response.headers["cache-control"] == "no-store"
    assert squeezed(RETENTION_QUOTE) in squeezed(read(response.content))


def test_conversation_is_one_file_in_the_order_of_its_keys(loading: Loading, client: TestClient):
    keys = [keep(loading, "La première ?"), keep(loading, "La seconde ?")]
    response = client.get("/radiact/export/md", params={"key": keys[::-1]})
    assert response.headers["content-disposition"].endswith('-conversation.md"')
    assert response.text.index("La seconde ?") < response.text.index("La première ?")
    assert "faux" in response.text  # the encoder


def test_answer_that_has_left_is_said_to(loading: Loading, client: TestClient):
    key = keep(loading, "Combien ?")
    for keys in ([], ["inconnue"], [key, "inconnue"]):
        response = client.get("/radiact/export/pdf", params={"key": keys})
        assert response.status_code == 404
        assert "n’est plus gardée" in response.text
        assert response.headers["content-type"].startswith("text/plain")


def test_unknown_format_and_endless_conversation_are_refused(client: TestClient):
    assert client.get("/radiact/export/exe").status_code == 404
    many = {"key": [str(n) for n in range(exporting.MOST_ANSWERS + 1)]}
    assert client.get("/radiact/export/md", params=many).status_code == 413


def test_reference_is_offered_in_three_forms():
    hit = make_answer().citations[0].hit
    legal, bibtex, csl = copyables(hit)
    assert legal.text == legal_reference(hit)
    assert bibtex.text.startswith("@misc{32024R1689:art_26.6,")
    assert '"type": "legislation"' in csl.text


def test_hostile_reference_stays_in_its_attribute():
    turn = Turn(number=1, question="?", answer=make_notice_answer("?"))
    page = render.sources((turn,))
    assert HOSTILE not in page
    assert page.count("data-copy-reference=") == 3


def test_nearest_passages_have_a_reference_too():
    page = render.sources((Turn(number=1, question="?", answer=make_abstention("?")),))
    assert page.count("Copier la référence</button>") == 3


def test_answer_that_is_not_whole_has_no_export():
    turn = Turn(number=1, question="?", answer=make_answer(), shown=3)
    assert "data-export" not in render.conversation((turn,))


@pytest.mark.browser
def test_reference_is_copied_even_where_the_browser_has_no_clipboard(someone: Visitor):
    page = someone.page
    someone.ask("Combien de temps ?")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    card = someone.card(1, 1)
    button = card.get_by_role("button", name="Copier la référence", exact=True)
    button.press("Enter")
    expect(card.get_by_role("status")).to_have_text("Référence copiée")
    expect(button).to_be_focused()
    page.get_by_label("Votre question").focus()
    page.keyboard.press("Control+V")
    expected = legal_reference(make_answer().citations[0].hit)
    assert page.get_by_label("Votre question").input_value() == expected


@pytest.mark.browser
def test_answer_and_conversation_are_exported(someone: Visitor, tmp_path: Path):
    page = someone.page
    conversation = page.get_by_role("button", name="Exporter la conversation")
    expect(conversation).to_be_hidden()
    someone.ask("Combien de temps ?")
    someone.ask("Que mange-t-on à la cantine ?")
    toggle = someone.turn(2).get_by_role("button", name="Exporter", exact=True)
    toggle.press("Enter")
    page.keyboard.press("Escape")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(toggle).to_be_focused()
    toggle.press("Enter")
    with page.expect_download() as one:
        someone.turn(2).get_by_role("button", name="Markdown").press("Enter")
    assert "elle sort des textes indexés" in Path(one.value.path()).read_text("utf-8")
    expect(someone.turn(2).get_by_role("status")).to_have_text(
        f"Fichier téléchargé\N{NO-BREAK SPACE}: {one.value.suggested_filename}"
    )
    conversation.click()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    with page.expect_download() as whole:
        page.locator("#export-tool").get_by_role("button", name="PDF").click()
    assert whole.value.suggested_filename.endswith("-conversation.pdf")
    whole.value.save_as(tmp_path / "tout.pdf")
    assert "Question 2" in pdf_text((tmp_path / "tout.pdf").read_bytes())
    page.evaluate("document.querySelector('#turn-1').dataset.key = 'partie'")
    page.locator("#export-tool").get_by_role("button", name="Word").click()
    expect(page.locator("#export-tool .export-outcome")).to_contain_text("n’est plus gardée")
    someone.problems.clear()  # the browser reports the refusal itself
