"""The page in a real browser, with a fake assistant behind it."""

import re
import threading

import pytest
from playwright.sync_api import Browser, expect

from rag.errors import ConfigurationError, Problem
from rag.messages import NBSP
from rag.ui import conversation
from tests.ui.fake_assistant import HOSTILE, RETENTION_QUOTE, FakeAssistant
from tests.ui.serving import Visitor, running_page, visitor

pytestmark = pytest.mark.browser

QUESTION = "Combien de temps faut-il conserver les journaux ?"
RECORD_GROWTH = """() => new Promise((resolve) => {
  const lengths = [];
  (function sample() {
    const answer = document.querySelector("#turn-1 .answer:not(.waiting)");
    const length = answer?.innerText.length ?? 0;
    if (length && length !== lengths.at(-1)) lengths.push(length);
    if (document.querySelector("#turn-1 .answer-foot")) resolve(lengths);
    else requestAnimationFrame(sample);
  })();
})"""
SELECT_FIRST_PARAGRAPH = """() => {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector("#turn-1 .answer p"));
  return selection.toString();
}"""


def test_page_is_french_and_says_what_it_is(someone: Visitor):
    page = someone.page
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.title().startswith("RadIAct")
    expect(page.get_by_text("Vous échangez avec un système d’intelligence")).to_be_visible()
    expect(page.get_by_text("Ne saisissez aucune donnée de patient")).to_be_visible()
    expect(page.get_by_text("26 documents")).to_be_visible()
    expect(page.locator("footer")).to_be_hidden()


def test_answer_grows_before_the_eyes(someone: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(conversation, "FRAME_SECONDS", 0.04)
    someone.ask(QUESTION, wait=False)
    lengths = someone.page.evaluate(RECORD_GROWTH)
    assert len(lengths) > 5
    assert lengths == sorted(lengths)
    expect(someone.turn(1)).to_contain_text("Droit au 23 novembre 2026")
    expect(someone.turn(1)).to_contain_text("extraits vérifiés mot pour mot")


def test_citation_opens_its_card_on_the_quoted_sentence(someone: Visitor):
    someone.ask(QUESTION)
    card = someone.card(1, 2)
    expect(card.locator("mark")).to_be_hidden()
    someone.turn(1).get_by_role("button", name="Source 2").click()
    expect(card).to_have_attribute("open", "")
    expect(card.locator("mark")).to_be_in_viewport()
    expect(card.get_by_role("link", name="Texte officiel")).to_have_attribute(
        "href", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj/fra#art_26"
    )


def test_citation_opens_with_the_keyboard_and_leads_back(someone: Visitor):
    someone.ask(QUESTION)
    cite = someone.turn(1).get_by_role("button", name="Source 1")
    cite.focus()
    someone.page.keyboard.press("Enter")
    card = someone.card(1, 1)
    expect(card.locator("summary")).to_be_focused()
    expect(card.locator("mark")).to_have_text(RETENTION_QUOTE)
    card.get_by_role("button", name="Revenir à la phrase").click()
    expect(cite).to_be_focused()


def test_citation_of_an_earlier_answer_shows_that_answers_sources(someone: Visitor):
    someone.ask(QUESTION)
    someone.ask("Que mange-t-on à la cantine ?")
    expect(someone.page.get_by_role("heading", name="Passages les plus proches")).to_be_visible()
    expect(someone.card(1, 1)).to_be_hidden()
    someone.turn(1).get_by_role("button", name="Source 1").click()
    expect(someone.card(1, 1).locator("mark")).to_be_in_viewport()
    expect(someone.page.locator("#sources-2")).to_be_hidden()


def test_copied_answer_holds_the_quote_without_its_subject(someone: Visitor):
    someone.ask("Combien de temps exactement ?")
    expect(someone.turn(1).locator(".context")).to_be_visible()
    copied = someone.page.evaluate(SELECT_FIRST_PARAGRAPH)
    assert copied.strip().startswith(RETENTION_QUOTE)


def test_mark_of_a_typed_question_does_not_stand_alone(someone: Visitor, assistant: FakeAssistant):
    someone.ask("Combien de temps ?")
    expect(someone.turn(1).locator(".question")).to_have_text(
        re.compile(f"temps{NBSP}\\?$"), use_inner_text=True
    )
    assert assistant.asked == [("Combien de temps ?", ())]


def test_abstention_gives_its_reason_and_near_passages(someone: Visitor):
    someone.ask("Que mange-t-on à la cantine ?")
    expect(someone.turn(1)).to_contain_text("elle sort des textes indexés")
    assert someone.turn(1).locator(".cite").count() == 0
    someone.turn(1).get_by_role("button", name="Voir les passages les plus proches").click()
    expect(someone.page.locator("#sources-1 details.card")).to_have_count(3)
    expect(someone.page.locator("#sources-1 h2")).to_be_focused()


def test_warning_stands_under_the_sentences_of_an_answer(someone: Visitor):
    someone.ask("Que dit l’ancien texte ?")
    warning = someone.turn(1).locator(".answer-warning")
    expect(warning).to_have_count(1)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text("Ancien état du droit")
    assert warning.evaluate("w => w.previousElementSibling.textContent.trim().endsWith('[1]')")


def test_notice_says_what_it_is_and_leads_to_the_official_text(someone: Visitor):
    someone.ask("Que dit l’ancien texte ?")
    someone.turn(1).get_by_role("button", name="Source 2").click()
    card = someone.card(1, 2)
    expect(card).to_contain_text("Notice rédigée pour RadIAct, sans valeur juridique")
    expect(card.get_by_role("link", name="Texte officiel")).to_be_visible()


def test_hostile_question_and_document_are_shown_and_not_run(someone: Visitor):
    question = f"{HOSTILE} <img src=x onerror='window.pirate = true'> ${{1+1}} {{{{value}}}}"
    someone.ask(question)
    expect(someone.turn(1).locator(".question")).to_contain_text(question)
    expect(someone.turn(1).locator(".answer")).to_contain_text("[lien](javascript:alert(1))")
    expect(someone.card(1, 1).locator("mark")).to_contain_text("${alert(2)} {{value}}")
    assert someone.page.evaluate("window.pirate") is None
    assert someone.page.locator("a[href^='javascript']").count() == 0


def test_example_question_is_asked_at_a_click(someone: Visitor, assistant: FakeAssistant):
    someone.page.get_by_role("tab", name="Éditeur").click()
    example = someone.page.locator("#examples button:visible").first
    text = example.inner_text()
    example.click()
    expect(someone.turn(1).locator(".question")).to_contain_text(text)
    expect(someone.page.locator("#welcome")).to_be_hidden()
    assert assistant.asked == [(text, ())]


def test_errors_are_told_in_french(someone: Visitor):
    someone.ask("   ")
    expect(someone.turn(1)).to_contain_text("La question est vide")
    someone.ask("Une panne ?")
    expect(someone.turn(2)).to_contain_text("Une erreur inattendue")
    someone.ask(QUESTION)
    expect(someone.turn(3)).to_contain_text(RETENTION_QUOTE)


def test_new_conversation_forgets_the_earlier_one(someone: Visitor, assistant: FakeAssistant):
    someone.ask(QUESTION)
    someone.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(someone.page.locator("#welcome")).to_be_visible()
    expect(someone.page.locator(".answer-sources")).to_have_count(0)
    someone.ask("Et les journaux ?")
    assert assistant.asked[-1] == ("Et les journaux ?", ())


def test_nothing_is_kept_in_the_browser(someone: Visitor):
    someone.ask(QUESTION)
    kept = someone.page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "journaux" not in kept
    assert someone.page.evaluate("indexedDB.databases()") == []


def test_two_sessions_do_not_mix(chromium: Browser, url: str, assistant: FakeAssistant):
    with visitor(chromium) as one, visitor(chromium) as other:
        one.open(url)
        other.open(url)
        one.ask("Journaux, un")
        other.ask("La cantine, deux")
        one.ask("Journaux, trois")
        expect(one.page.locator(".turn")).to_have_count(2)
        expect(other.page.locator(".turn")).to_have_count(1)
        assert "deux" not in one.page.inner_text("body")
        assert "Journaux" not in other.page.inner_text("body")
    assert assistant.asked == [
        ("Journaux, un", ()),
        ("La cantine, deux", ()),
        ("Journaux, trois", ("Journaux, un",)),
    ]


def test_question_asked_too_early_waits_and_is_answered(chromium: Browser):
    release = threading.Event()

    def open_assistant(progress):
        progress("Indexation des documents", 1, 4)
        release.wait(timeout=30)
        return FakeAssistant()

    with running_page(open_assistant) as url, visitor(chromium) as someone:
        someone.open(url)
        someone.ask(QUESTION, wait=False)
        expect(someone.turn(1)).to_contain_text("Le programme se prépare")
        expect(someone.turn(1)).to_contain_text("indexation des documents (25\N{NO-BREAK SPACE}%)")
        release.set()
        expect(someone.turn(1)).to_contain_text(RETENTION_QUOTE)
        someone.check(url)


def test_second_question_stays_in_its_box_while_the_first_waits(chromium: Browser):
    release = threading.Event()
    assistant = FakeAssistant()

    def open_assistant(progress):
        release.wait(timeout=30)
        return assistant

    with running_page(open_assistant) as url, visitor(chromium) as someone:
        someone.open(url)
        someone.ask(QUESTION, wait=False)
        expect(someone.turn(1)).to_be_visible()
        someone.ask("Autre question", wait=False)
        expect(someone.page.get_by_role("button", name="Envoyer")).to_be_hidden()
        release.set()
        expect(someone.turn(1)).to_contain_text(RETENTION_QUOTE)
        expect(someone.page.get_by_label("Votre question")).to_have_value("Autre question")
        expect(someone.page.locator(".turn")).to_have_count(1)
        assert assistant.asked == [(QUESTION, ())]


def test_failure_to_load_is_shown(chromium: Browser):
    def open_assistant(progress):
        raise ConfigurationError(Problem.MODEL_NOT_FOUND, model="absent")

    with running_page(open_assistant) as url, visitor(chromium) as someone:
        someone.open(url)
        expect(someone.page.locator("#status")).to_contain_text("n’a pas pu démarrer")
        someone.ask(QUESTION)
        expect(someone.turn(1)).to_contain_text("Modèle d’encodage introuvable")
