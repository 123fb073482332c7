"""WCAG 2.2 AA in every state of the page: what axe-core finds, then what it cannot."""

import json

import pytest
from playwright.sync_api import Browser

from rag.ui import wording
from tests.ui.fake_assistant import RETENTION_QUOTE
from tests.ui.serving import Visitor, visitor
from tests.ui.states import ANSWERED, STATES, open_card

pytestmark = pytest.mark.browser


def test_keyboard_goes_through_the_page_in_its_order(someone: Visitor):
    someone.ask(ANSWERED)
    open_card(someone)
    someone.page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()")
    someone.page.locator("#tabs [aria-selected=true]").focus()
    someone.page.keyboard.press("Shift+Tab")
    someone.page.keyboard.press("Tab")
    stops = [someone.page.evaluate(FOCUSED)]
    while len(stops) < 100:
        someone.page.keyboard.press("Tab")
        stop = someone.page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert 10 < len(stops) < 100, "the keyboard is caught"
    assert [stop["name"] for stop in stops if not stop["visible"]] == []
    assert [stop["name"] for stop in stops if not stop["after"]] == []


@pytest.mark.parametrize(("change", "width"), [("zoom", 1280), ("spacing", 1280), ("spacing", 320)])
def test_larger_text_loses_nothing(chromium: Browser, url: str, change: str, width: int):
    """Resize text to 200 % (1.4.4) and text spacing (1.4.12)."""
    lost = {}
    with visitor(chromium, viewport={"width": width, "height": 740}) as someone:
        someone.open(url)
        someone.page.evaluate(LARGER[change])
        for state, reach in STATES.items():
            reach(someone)
            lost[state] = someone.page.evaluate(CUT_OFF)
    assert {state: told for state, told in lost.items() if told} == {}


def test_answer_is_announced_once(someone: Visitor):
    someone.page.evaluate(RECORD_ANNOUNCEMENTS)
    someone.ask(ANSWERED)
    coming, answer = someone.page.evaluate("window.announced")
    assert coming == wording.COMING
    assert answer.startswith(RETENTION_QUOTE)


def test_forced_colours_keep_what_colours_tell(chromium: Browser, url: str):
    with visitor(chromium, forced_colors="active") as someone:
        someone.open(url)
        someone.ask(ANSWERED)
        borders = someone.page.evaluate(TAB_BORDERS)
        assert len(set(borders)) == 2
        assert someone.page.evaluate(HIGHLIGHT) not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const former = window.former;
  window.former = element;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const framed = element.closest("#composer-row"); // its frame shows the focus
  const place = former ? former.compareDocumentPosition(element) : 4;
  const field = former === element; // a date has several fields
  return {
    name: `${element.tagName} ${element.id} ${element.className}`,
    visible: (outlineStyle === "solid" && parseFloat(outlineWidth) >= 2)
      || (framed && getComputedStyle(framed).boxShadow !== "none"),
    after: field || Boolean(place & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""
LARGER = {
    "zoom": "document.documentElement.style.fontSize = '200%'",
    "spacing": """() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
      document.adoptedStyleSheets.push(sheet);
    }""",
}
# Shortened as long as what they stand in is closed, or told in full by what they open.
SHORTENED = ".sr-only, .card:not([open]), .why-passage:not([open]), .filter-chip"
CUT_OFF = """() => {
  const lost = [];
  if (document.documentElement.scrollWidth > window.innerWidth) lost.push("sideways scrolling");
  for (const element of document.querySelectorAll("#shell *")) {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (!element.offsetParent || element.closest(SHORTENED)) continue;
    const cuts = (value) => ["hidden", "clip"].includes(value);
    if ((cuts(overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1)) {
      lost.push(`${element.tagName} ${element.id} ${element.className}`);
    }
  }
  return lost;
}""".replace("SHORTENED", json.dumps(SHORTENED))
RECORD_ANNOUNCEMENTS = """() => {
  window.announced = [];
  const told = () => document.querySelector("#conversation [role=status]").textContent;
  new MutationObserver(() => {
    const text = told();
    if (text && text !== window.announced.at(-1)) window.announced.push(text);
  }).observe(document.getElementById("conversation"),
    { childList: true, subtree: true, characterData: true });
}"""
TAB_BORDERS = """() => [...document.querySelectorAll("#tabs [role=tab]")].map((tab) => {
  const { borderBottomColor, borderBottomWidth, backgroundColor } = getComputedStyle(tab);
  return [borderBottomColor, borderBottomWidth, backgroundColor].join();
})"""
HIGHLIGHT = "getComputedStyle(document.querySelector('.card mark')).backgroundColor"
