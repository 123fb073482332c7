"""An answer that a language model writes, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from rag.messages import NBSP
from rag.ui import wording, writing
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.fake_writing import NOTICE, TOLD, UNTOLD
from tests.ui.serving import Visitor, visitor

pytestmark = pytest.mark.browser

QUESTION = "Que dit une réponse rédigée ?"
SLOW = "Réponds lentement"
CHECKED = f"Vérifié dans la source 1{NBSP}: chiffres, obligation, sens."
PATIENCE = 10
TOP_OF_THE_ANSWER = "document.querySelector('#turn-1 .answer').offsetTop"


def mark(someone: Visitor, place: int = 0):
    return someone.turn(1).get_by_role("button", name="Phrase vérifiée").nth(place)


def checks(page: Page):
    return page.locator("#checks")


def ask_slowly(someone: Visitor) -> None:
    someone.ask(SLOW, wait=False)
    expect(someone.turn(1).locator(".verified")).to_have_count(2)


def test_mark_tells_what_was_checked_as_the_pointer_rests_on_it(someone: Visitor):
    someone.ask(QUESTION)
    expect(checks(someone.page)).to_be_hidden()
    mark(someone).hover()
    expect(checks(someone.page)).to_have_text(CHECKED)
    expect(checks(someone.page)).to_be_in_viewport(ratio=1)
    checks(someone.page).hover()  # it can be pointed at
    someone.page.wait_for_timeout(400)
    expect(checks(someone.page)).to_be_visible()
    someone.turn(1).locator(".question").hover()
    expect(checks(someone.page)).to_be_hidden()


def test_mark_tells_what_was_checked_to_the_keyboard(someone: Visitor):
    someone.ask(QUESTION)
    page = someone.page
    expect(mark(someone)).to_have_accessible_description(CHECKED)
    someone.turn(1).locator(".cite").first.focus()
    page.keyboard.press("Tab")
    expect(mark(someone)).to_be_focused()
    expect(checks(page)).to_have_text(CHECKED)
    page.keyboard.press("Escape")
    expect(checks(page)).to_be_hidden()
    expect(mark(someone)).to_have_accessible_description(CHECKED)
    page.keyboard.press("Tab")  # to a number: what it quotes takes the place of what was checked
    expect(page.locator("#quote")).to_be_visible()
    expect(checks(page)).to_be_hidden()


def test_mark_tells_what_was_checked_at_a_tap(chromium: Browser, url: str):
    with visitor(chromium, viewport={"width": 390, "height": 844}, has_touch=True) as someone:
        someone.open(url)
        someone.ask(QUESTION)
        mark(someone, 1).tap()
        expect(checks(someone.page)).to_contain_text("Citation rectifiée.")
        expect(checks(someone.page)).to_be_in_viewport(ratio=1)
        someone.turn(1).locator(".question").tap()
        expect(checks(someone.page)).to_be_hidden()


def test_sentence_that_is_not_verified_is_shown_on_demand(someone: Visitor):
    someone.ask(QUESTION)
    turn = someone.turn(1)
    expect(turn.get_by_text(UNTOLD)).to_be_hidden()
    expect(turn).to_contain_text(f"4{NBSP}phrases sur{NBSP}5 vérifiées")
    button = turn.get_by_role("button", name="Voir 1 phrase non vérifiée")
    button.focus()
    someone.page.keyboard.press("Enter")
    struck = turn.locator(".left-out s")
    expect(struck).to_be_visible()
    assert "line-through" in struck.evaluate("e => getComputedStyle(e).textDecorationLine")
    expect(turn.get_by_role("group", name="Phrases non vérifiées")).to_contain_text("non vérifié")
    hide = turn.get_by_role("button", name="Masquer 1 phrase non vérifiée")
    expect(hide).to_have_attribute("aria-expanded", "true")
    hide.click()
    expect(struck).to_be_hidden()


def test_selected_answer_holds_its_words_and_not_its_marks(someone: Visitor):
    someone.ask(QUESTION)
    copied = someone.page.evaluate(SELECT_FIRST_PARAGRAPH)
    assert copied.split() == f"{TOLD[0]} [1] {TOLD[1]} [1] [2]".split()


def test_sentences_come_without_moving_the_answer(someone: Visitor, assistant: FakeAssistant):
    ask_slowly(someone)
    turn = someone.turn(1)
    expect(turn).to_contain_text(wording.WRITING)
    expect(turn).to_have_attribute("aria-busy", "true")
    expect(someone.page.locator("#sources-1 .card")).to_have_count(2)
    before = someone.page.evaluate(TOP_OF_THE_ANSWER)
    assistant.pen.may_end.set()
    expect(turn).to_have_attribute("aria-busy", "false")
    expect(turn).to_contain_text(TOLD[3])
    expect(turn).not_to_contain_text(wording.WRITING)
    assert someone.page.evaluate(TOP_OF_THE_ANSWER) == before
    assert not assistant.pen.stopped.is_set()


def test_what_the_reader_does_outlives_the_next_sentence(
    someone: Visitor, assistant: FakeAssistant
):
    someone.ask(QUESTION)
    someone.turn(1).get_by_role("button", name="Voir 1 phrase non vérifiée").click()
    assistant.pen.first_sentences = 1
    someone.ask(SLOW, wait=False)
    expect(someone.page.locator("#sources-2 .card")).to_have_count(1)
    someone.card(2, 1).locator("summary").click()
    expect(someone.card(2, 1)).not_to_have_attribute("open", "")
    cite = someone.turn(2).locator(".cite").first
    cite.focus()
    assistant.pen.may_end.set()
    expect(someone.page.locator("#sources-2 .card")).to_have_count(2)
    expect(someone.turn(2)).to_have_attribute("aria-busy", "false")
    expect(someone.card(2, 1)).not_to_have_attribute("open", "")
    expect(cite).to_be_focused()
    expect(someone.turn(1).locator(".left-out")).to_be_visible()


def test_sources_that_the_reader_chose_stay_in_view(someone: Visitor, assistant: FakeAssistant):
    someone.ask(QUESTION)
    assistant.pen.first_sentences = 1
    someone.ask(SLOW, wait=False)
    expect(someone.page.locator("#sources-2")).to_be_visible()
    someone.turn(1).locator(".cite").last.click()
    assistant.pen.may_end.set()
    expect(someone.turn(2)).to_have_attribute("aria-busy", "false")
    expect(someone.page.locator("#sources-2 .card")).to_have_count(2)
    expect(someone.page.locator("#sources-1")).to_be_visible()
    expect(someone.page.locator("#sources-2")).to_be_hidden()
    someone.ask("Combien de temps ?")
    expect(someone.page.locator("#sources-3")).to_be_visible()


def test_stop_stops_the_model_and_keeps_what_is_shown(someone: Visitor, assistant: FakeAssistant):
    ask_slowly(someone)
    someone.page.get_by_role("button", name="Arrêter").click()
    assert assistant.pen.stopped.wait(PATIENCE)
    turn = someone.turn(1)
    expect(turn).to_contain_text(wording.INTERRUPTED)
    expect(turn).to_contain_text(TOLD[1])
    expect(turn).not_to_contain_text(TOLD[2])
    expect(turn.get_by_role("button", name="Relancer")).to_be_visible()
    someone.page.wait_for_timeout(500)
    expect(someone.page.get_by_text("Erreur", exact=True).locator("visible=true")).to_have_count(0)


def test_new_conversation_stops_the_model(someone: Visitor, assistant: FakeAssistant):
    ask_slowly(someone)
    someone.page.get_by_role("button", name="Nouvelle conversation").click()
    assert assistant.pen.stopped.wait(PATIENCE)
    expect(someone.page.locator(".turn")).to_have_count(0)


def test_browser_that_leaves_stops_the_model(
    chromium: Browser, url: str, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "BEAT_SECONDS", 0.1)
    with visitor(chromium) as someone:
        someone.open(url)
        ask_slowly(someone)
        assert not assistant.pen.stopped.is_set()
    assert assistant.pen.stopped.wait(PATIENCE)


def test_another_visitor_sees_nothing_of_it(
    chromium: Browser, someone: Visitor, url: str, assistant: FakeAssistant
):
    with visitor(chromium) as other:
        other.open(url)
        ask_slowly(someone)
        other.ask("Combien de temps ?")
        expect(other.turn(1)).to_contain_text("extraits vérifiés mot pour mot")
        assert TOLD[0] not in other.page.inner_text("body")
        other.page.get_by_role("button", name="Nouvelle conversation").click()
        expect(other.page.locator(".turn")).to_have_count(0)
        assert not assistant.pen.stopped.is_set()
        assistant.pen.may_end.set()
        expect(someone.turn(1)).to_contain_text(TOLD[3])


def test_why_no_model_wrote_is_told_quietly(someone: Visitor):
    someone.ask("Que disent les extraits ?")
    notice = someone.turn(1).locator(".answer-notice")
    expect(notice).to_have_text(NOTICE.replace(" :", f"{NBSP}:"))
    expect(someone.turn(1)).to_contain_text("extraits vérifiés mot pour mot")


def test_page_names_the_host_that_receives_the_questions(
    chromium: Browser, url: str, monkeypatch: pytest.MonkeyPatch
):
    known = FakeAssistant().describe()
    remote = {"llm": "mistralai:petit", "llm_host": "api.exemple.fr", "llm_is_remote": True}
    monkeypatch.setattr(FakeAssistant, "describe", lambda _: {**known, **remote})
    with visitor(chromium) as someone:
        someone.open(url)
        line = someone.page.locator("#destination")
        expect(line).to_have_text("Les questions et les passages sont envoyés à api.exemple.fr.")
        someone.page.get_by_role("tab", name="À propos").click()
        expect(someone.page.locator("#about-facts")).to_contain_text("mistralai:petit, api.exempl")


def test_nothing_is_said_to_leave_a_machine_that_keeps_all(someone: Visitor):
    someone.page.locator('#status [data-state="ready"]').wait_for()
    expect(someone.page.locator("#destination")).to_be_hidden()


SELECT_FIRST_PARAGRAPH = """() => {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector("#turn-1 .answer p"));
  return selection.toString();
}"""
