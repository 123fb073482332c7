"""Asking in a real browser: stopping, asking again, changing, suggestions, an address, the keys."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from rag.ui import conversation, wording
from tests.ui.fake_assistant import HOSTILE, RETENTION_QUOTE, FakeAssistant
from tests.ui.serving import SETTLE_MILLISECONDS, Visitor, visiting, visitor

pytestmark = pytest.mark.browser

QUESTION = "Combien de temps faut-il conserver les journaux ?"
SLOW = "Il faut de la patience ?"


def settle(someone: Visitor, turn: int) -> None:
    someone.page.locator(f'#turn-{turn}[aria-busy="false"]').wait_for()
    someone.page.wait_for_timeout(SETTLE_MILLISECONDS)


def test_answer_that_is_awaited_is_stopped_and_asked_again(
    someone: Visitor, assistant: FakeAssistant
):
    page = someone.page
    page.get_by_label("Votre question").fill(SLOW)
    page.get_by_role("button", name="Envoyer").focus()
    assert page.evaluate(SEND_THEN_POINT_AT_STOP) == "none"  # a second click stops nothing
    expect(page.get_by_label("Votre question")).to_be_focused()
    expect(someone.turn(1)).to_contain_text(wording.SEARCHING)
    page.get_by_role("button", name="Arrêter").click()
    expect(someone.turn(1)).to_contain_text(wording.INTERRUPTED)
    expect(page.get_by_label("Votre question")).to_be_focused()
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    assistant.may_answer.set()
    someone.turn(1).get_by_role("button", name="Relancer").click()
    expect(someone.turn(1)).to_contain_text(RETENTION_QUOTE)
    expect(page.locator(".turn")).to_have_count(1)
    assert assistant.asked == [(SLOW, ()), (SLOW, ())]


def test_answer_that_grows_is_stopped_by_escape_where_it_is(
    someone: Visitor, monkeypatch: pytest.MonkeyPatch, assistant: FakeAssistant
):
    monkeypatch.setattr(conversation, "FRAME_SECONDS", 0.15)
    someone.ask(QUESTION, wait=False)
    expect(someone.turn(1)).to_contain_text("Ils les conservent")
    someone.page.keyboard.press("Escape")
    expect(someone.turn(1)).to_contain_text(wording.INTERRUPTED)
    expect(someone.turn(1)).to_contain_text("Ils les conservent")
    shown = someone.turn(1).inner_text()
    assert RETENTION_QUOTE not in shown
    monkeypatch.setattr(conversation, "FRAME_SECONDS", 0.005)
    someone.page.wait_for_timeout(SETTLE_MILLISECONDS)
    someone.ask("Et les journaux ?")
    expect(someone.turn(2)).to_contain_text(RETENTION_QUOTE)
    expect(someone.turn(1)).to_contain_text(wording.INTERRUPTED)
    assert assistant.asked[-1] == ("Et les journaux ?", (QUESTION,))


def test_last_question_is_changed_or_left_as_it_was(someone: Visitor, assistant: FakeAssistant):
    page = someone.page
    box = page.get_by_label("Votre question")
    someone.ask("Une panne ?")
    box.fill("Un brouillon")
    someone.turn(1).get_by_role("button", name="Modifier").click()
    expect(box).to_have_value("Une panne ?")
    expect(box).to_be_focused()
    expect(page.get_by_text("Vous modifiez votre dernière question")).to_be_visible()
    expect(box).to_have_accessible_description(re.compile("Vous modifiez votre dernière question"))
    page.keyboard.press("Escape")
    expect(box).to_have_value("Un brouillon")
    expect(someone.turn(1).get_by_role("button", name="Modifier")).to_be_focused()
    page.keyboard.press("Enter")
    box.fill("Que mange-t-on à la cantine ?")
    page.keyboard.press("Enter")
    expect(someone.turn(1)).to_contain_text("elle sort des textes indexés")
    expect(page.get_by_text("Vous modifiez votre dernière question")).to_be_hidden()
    settle(someone, 1)
    someone.ask(QUESTION)
    expect(page.locator(".turn")).to_have_count(2)
    assert [question for question, _ in assistant.asked] == [
        *("Une panne ?", "Que mange-t-on à la cantine ?", QUESTION)
    ]


def test_changed_question_takes_its_sources_with_it(someone: Visitor, assistant: FakeAssistant):
    someone.ask("Que mange-t-on à la cantine ?")
    someone.ask(QUESTION)
    someone.turn(2).get_by_role("button", name="Modifier").click()
    someone.page.get_by_label("Votre question").fill(SLOW)
    someone.page.keyboard.press("Enter")
    expect(someone.turn(2)).to_contain_text(wording.SEARCHING)
    expect(someone.page.locator("#sources-2")).to_have_count(0)
    expect(someone.page.locator("#sources-1")).to_be_visible()
    assistant.may_answer.set()
    expect(someone.card(2, 1).locator("mark")).to_have_text(RETENTION_QUOTE)


def test_suggestion_is_asked_and_the_draft_stays(someone: Visitor, assistant: FakeAssistant):
    someone.ask(QUESTION)
    box = someone.page.get_by_label("Votre question")
    box.fill("Un brouillon")
    suggestion = someone.turn(1).get_by_role("button", name=HOSTILE)
    asked = suggestion.inner_text()
    suggestion.click()
    settle(someone, 2)
    expect(someone.turn(2).locator(".question")).to_contain_text(HOSTILE)
    expect(box).to_have_value("Un brouillon")
    expect(someone.turn(1).locator(".suggestions")).to_have_count(0)
    assert assistant.asked[-1][1] == (QUESTION,)
    assert HOSTILE in asked
    assert someone.page.evaluate("window.pirate") is None


def test_roles_are_chosen_by_the_arrows(someone: Visitor):
    page = someone.page
    page.get_by_role("tab", name="Radiologue").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Éditeur")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Manipulateur")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name="Manipulateur").get_by_role("button")).to_have_count(3)
    expect(page.locator(".examples:visible")).to_have_count(1)


def test_address_asks_once_at_its_day(
    shared_context: BrowserContext, url: str, assistant: FakeAssistant
):
    with visiting(shared_context) as someone:
        someone.open(f"{url}?q=Combien+de+temps+%3F+%26&date=2025-06-01")
        settle(someone, 1)
        expect(someone.turn(1).locator(".question")).to_contain_text("Combien de temps")
        expect(someone.turn(1)).to_contain_text("Droit au 1er juin 2025")
        expect(someone.page.get_by_label("Droit au")).to_have_value("2025-06-01")
        assert someone.page.url == url
        someone.page.reload()
        expect(someone.page.locator("#welcome")).to_be_visible()
        someone.page.wait_for_timeout(SETTLE_MILLISECONDS)
        assert assistant.asked == [("Combien de temps ? &", ())]
        someone.check(url)


def test_keys_lead_through_the_page(someone: Visitor, assistant: FakeAssistant):
    page = someone.page
    box = page.get_by_label("Votre question")
    page.get_by_role("tab", name="Glossaire").click()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("Un/deux ?")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("trois")
    expect(box).to_have_value("Un/deux ?\ntrois")
    page.keyboard.press("Enter")
    settle(someone, 1)
    assert assistant.asked == [("Un/deux ?\ntrois", ())]
    copy = someone.turn(1).get_by_role("button", name="Copier", exact=True)
    copy.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Copier le lien")).to_be_focused()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Raccourcis du clavier")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Raccourcis d’une seule touche").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Copier le lien")).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(dialog).to_be_hidden()
    expect(box).not_to_be_focused()
    page.evaluate("localStorage.clear()")


def test_answer_is_copied_as_text_and_as_rich_text(chromium: Browser, url: str):
    permissions = ["clipboard-read", "clipboard-write"]
    with visitor(chromium, permissions=permissions) as someone:
        someone.open(url)
        someone.ask("Que dit l’ancien texte <b> ?")
        someone.turn(1).get_by_role("button", name="Copier", exact=True).click()
        expect(someone.page.get_by_text("Réponse copiée, avec ses références.")).to_be_visible()
        plain, rich = someone.page.evaluate(READ_CLIPBOARD)
        assert f"{RETENTION_QUOTE}\N{NO-BREAK SPACE}[1]" in plain
        assert "https://eur-lex.europa.eu/eli/reg/2024/1689/oj" in plain
        assert 'href="https://eur-lex.europa.eu/eli/reg/2024/1689/oj"' in rich
        assert "&lt;b&gt;" in rich
        someone.turn(1).get_by_role("button", name="Copier le lien").click()
        expect(someone.page.get_by_role("status").get_by_text("Lien copié")).to_be_visible()
        link = someone.page.evaluate("navigator.clipboard.readText()")
        assert re.fullmatch(rf"{url}\?q=Que\+dit[^ ]+&date=2026-11-23", link)


def test_answer_is_copied_where_the_browser_has_no_clipboard(someone: Visitor):
    someone.page.evaluate(WITHOUT_CLIPBOARD)
    someone.ask(QUESTION)
    someone.turn(1).get_by_role("button", name="Copier", exact=True).click()
    expect(someone.page.get_by_text("Réponse copiée, avec ses références.")).to_be_visible()
    plain, rich = someone.page.evaluate("window.copied")
    assert plain.startswith("Question")
    assert rich.startswith("<p>")


SEND_THEN_POINT_AT_STOP = """() => new Promise((resolve) => {
  document.getElementById("send").click();
  (function look() {
    const { display, pointerEvents } = getComputedStyle(document.getElementById("stop"));
    if (display === "none") requestAnimationFrame(look);
    else resolve(pointerEvents);
  })();
})"""
READ_CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const read = async (type) => (await item.getType(type)).text();
  return [await read("text/plain"), await read("text/html")];
}"""
WITHOUT_CLIPBOARD = """() => {
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  const set = DataTransfer.prototype.setData;
  window.copied = [];
  DataTransfer.prototype.setData = function (type, text) {
    window.copied.push(text);
    return set.call(this, type, text);
  };
}"""
