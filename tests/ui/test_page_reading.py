"""Reading an answer in a real browser: the quote behind a number, and what one thinks of it."""

import pytest
from playwright.sync_api import expect

from rag.types import Verdict
from tests.ui.fake_assistant import HOSTILE, RETENTION_QUOTE, FakeAssistant
from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser

QUESTION = "Que dit l’ancien texte ?"


def test_quote_shows_at_its_number_and_is_put_away(someone: Visitor):
    page = someone.page
    someone.ask(QUESTION)
    cite, quote = someone.turn(1).locator(".cite").first, page.locator("#quote")
    cite.hover()
    expect(quote).to_be_visible()
    expect(quote.locator(".quote-text")).to_have_text(RETENTION_QUOTE)
    expect(quote).to_contain_text("article 26, paragraphe 6")
    expect(quote.locator(".badge-law")).to_be_visible()
    expect(quote.locator(".card-warning").first).to_contain_text("Ancien état du droit")
    quote.hover()
    page.wait_for_timeout(400)
    expect(quote).to_be_visible()
    page.mouse.move(0, 0)
    expect(quote).to_be_hidden()
    cite.hover()
    expect(quote).to_be_visible()
    page.keyboard.press("Escape")
    expect(quote).to_be_hidden()


def test_quote_shows_to_the_keyboard_and_leaves_when_its_card_opens(someone: Visitor):
    page = someone.page
    someone.ask("Le texte hostile ?")
    cite, quote = someone.turn(1).locator(".cite").first, page.locator("#quote")
    page.keyboard.press("Tab")
    cite.focus()
    expect(quote).to_be_visible()
    expect(cite).to_have_attribute("aria-describedby", "quote-text")
    expect(quote).to_contain_text(HOSTILE)
    assert page.evaluate("window.pirate") is None
    page.keyboard.press("Enter")
    expect(quote).to_be_hidden()
    expect(someone.card(1, 1).locator("summary")).to_be_focused()


def test_opinion_is_given_changed_commented_and_stays_shown(
    someone: Visitor, assistant: FakeAssistant
):
    page = someone.page
    someone.ask(QUESTION)
    feedback = someone.turn(1).get_by_role("group", name="Votre avis")
    expect(feedback).to_contain_text("Il reste sur cette machine")
    expect(feedback.get_by_role("button", name="commentaire")).to_be_hidden()
    feedback.get_by_role("button", name="Utile").click()
    expect(page.get_by_text("Votre avis est enregistré sur cette machine.")).to_be_visible()
    feedback.get_by_role("button", name="Inexact").click()
    pressed = feedback.locator('[aria-pressed="true"]')
    expect(pressed).to_have_text("Inexact")
    feedback.get_by_role("button", name="Ajouter un commentaire").click()
    dialog = page.get_by_role("dialog", name="Votre avis sur cette réponse")
    expect(dialog.get_by_role("radio", name="Inexact")).to_be_checked()
    comment = dialog.get_by_label("Commentaire")
    expect(comment).to_be_focused()
    comment.fill("Le disque est plein.")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Espace disque insuffisant")
    comment.fill("C’est cinq ans.")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_be_hidden()
    expect(feedback.get_by_role("button", name="Modifier le commentaire")).to_be_focused()
    someone.ask("Combien de temps ?")
    expect(pressed).to_have_text("Inexact")
    someone.problems[:] = [one for one in someone.problems if "422" not in one]
    assert assistant.judged == [
        (QUESTION, Verdict.USEFUL, ""),
        (QUESTION, Verdict.INACCURATE, ""),
        (QUESTION, Verdict.INACCURATE, "C’est cinq ans."),
    ]
