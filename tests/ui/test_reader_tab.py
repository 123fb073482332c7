"""From a sentence to its source and back, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.fake_hits import RETENTION_QUOTE
from tests.ui.fake_reading import PDF_QUOTE
from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser


def press_until(page: Page, key: str, selector: str, most: int = 12) -> None:
    """Press a key until what the selector names has the focus, as a keyboard user does."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"{selector} is not reached with {key}")


def in_view(page: Page, selector: str) -> bool:
    """Tell whether an element is in the window and in the reader."""
    return page.evaluate(
        """(selector) => {
          const box = document.querySelector(selector).getBoundingClientRect();
          const reader = document.querySelector(".reader").getBoundingClientRect();
          return box.top >= Math.max(0, reader.top) &&
            box.bottom <= Math.min(innerHeight, reader.bottom) + 1;
        }""",
        selector,
    )


def test_from_sentence_to_source_and_back_by_keyboard(someone: Visitor):
    page = someone.page
    someone.ask("Combien de temps garder les journaux ?")
    someone.turn(1).get_by_role("button", name="Source 1").focus()
    page.keyboard.press("Enter")
    press_until(page, "Tab", "#source-1-1 [data-read-document]")
    page.keyboard.press("Enter")
    reader = page.get_by_role("region", name="Lecture du document")
    expect(reader.get_by_role("heading", name="Article 26")).to_be_focused()
    expect(reader.locator("mark")).to_contain_text(RETENTION_QUOTE)
    assert in_view(page, ".reader mark")
    assert Axe().run(page, context=".reader").response["violations"] == []
    expect(page.locator("#sources")).to_be_hidden()
    expect(reader.get_by_role("link", name="Texte officiel, article 26")).to_have_attribute(
        "href", "https://eur-lex.europa.eu/eli/reg/2024/1689/oj/fra#art_26"
    )
    press_until(page, "Tab", ".reader summary")
    page.keyboard.press("Enter")
    expect(reader.locator(".reader-list [aria-current]")).to_have_text("Article 26")
    press_until(page, "Tab", ".reader-list button:not([aria-current])")
    page.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Article 27")).to_be_focused()
    reader.get_by_role("button", name="Précédent").press("Enter")
    expect(reader.get_by_role("heading", name="Article 26")).to_be_focused()
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(page.locator("#source-1-1 [data-read-document]")).to_be_focused()
    press_until(page, "Tab", "[data-back-source]")
    page.keyboard.press("Enter")
    expect(someone.turn(1).get_by_role("button", name="Source 1")).to_be_focused()


def test_page_of_a_pdf_is_shown_with_the_quote_marked(someone: Visitor):
    page = someone.page
    someone.ask("Que dit la procédure ?")
    page.get_by_role("button", name="Lire dans le document").click()
    image = page.get_by_role("img", name="Page 12 sur 12")
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") >= 900
    marks = page.locator(".reader rect")
    expect(marks).to_have_count(3)
    assert in_view(page, ".reader rect")
    before = image.bounding_box()["width"]
    page.get_by_role("button", name="Agrandir l’image").click()
    assert image.bounding_box()["width"] == pytest.approx(1.5 * before, rel=0.02)
    page.get_by_role("button", name="Page précédente").click()
    expect(page.get_by_role("img", name="Page 11 sur 12")).to_be_visible()
    expect(marks).to_have_count(0)
    expect(page.get_by_role("button", name="Page précédente")).to_be_focused()
    page.get_by_role("button", name="Texte", exact=True).click()
    expect(page.locator(".reader mark")).to_contain_text(PDF_QUOTE)
    expect(image).to_be_hidden()


def test_reader_fills_a_phone_and_opens_in_another_tab(someone: Visitor):
    page = someone.page
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("tab", name="Glossaire").click()
    page.evaluate(
        """() => document.getElementById("panel-glossaire").insertAdjacentHTML("afterbegin",
          '<button id="essai" data-read-document="pi&quot;rate<">Lire</button>')"""
    )
    page.locator("#essai").click()
    reader = page.get_by_role("region", name="Lecture du document")
    expect(reader.get_by_role("heading", name="Section <b>")).to_be_focused()
    box = reader.bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 320, 640)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert reader.evaluate("reader => reader.scrollWidth <= reader.clientWidth")
    assert page.evaluate("document.getElementById('tabs').inert")
    assert page.evaluate("window.pirate") is None
    assert reader.get_by_role("link").count() == 0
    reader.get_by_role("button", name="Retour à la liste").click()
    expect(page.locator("#essai")).to_be_focused()
    assert not page.evaluate("document.getElementById('tabs').inert")
    page.set_viewport_size({"width": 1280, "height": 720})
