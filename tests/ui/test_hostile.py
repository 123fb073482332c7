"""Hostile strings in everything that the page shows: nothing runs, overflows or reorders."""

from collections.abc import Iterator

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

from rag.ui import filters, glossary, official_texts, render
from rag.ui.turns import Turn
from tests.ui.hostile import (
    EVERYTHING,
    IMAGE,
    REORDERING,
    WORD,
    HostileAssistant,
    make_hostile_answer,
)
from tests.ui.serving import running_page, visitor

HARMFUL = {"script", "img", "circle", "iframe", "object", "embed", "style", "link", "base", "form"}
TABS = {"Textes officiels": ".text", "Glossaire": ".entry"}


def answered(**changes: object) -> tuple[Turn, ...]:
    return (Turn(number=1, question=EVERYTHING, answer=make_hostile_answer(), **changes),)


FRAGMENTS = {
    "conversation": lambda: render.conversation(answered()),
    "growing": lambda: render.conversation(answered(shown=3)),
    "problem": lambda: render.conversation(
        (Turn(number=1, question=EVERYTHING, problem=EVERYTHING),)
    ),
    "sources": lambda: render.sources(answered()),
    "status": lambda: render.status(EVERYTHING, state="failed"),
    "glossary": lambda: glossary.listing(HostileAssistant().glossary()),
    "filters": lambda: filters.listing(HostileAssistant().documents()),
    "official texts": lambda: official_texts.listing(
        HostileAssistant().official_texts(), outcomes={}
    ),
}


@pytest.mark.parametrize("name", FRAGMENTS)
def test_fragment_holds_the_strings_as_text_only(name: str):
    tree = lxml.html.fragment_fromstring(FRAGMENTS[name](), create_parent=True)
    assert {str(element.tag) for element in tree.iter()} & HARMFUL == set()
    for element in tree.iter():
        assert [key for key in element.attrib if key.startswith("on") or key == "autofocus"] == []
        for address in (element.get("href"), element.get("src")):
            assert not (address or "").lower().startswith(("javascript:", "data:"))
    assert WORD[:40] in tree.text_content()


@pytest.fixture(scope="module")
def hostile_url() -> Iterator[str]:
    with running_page(lambda progress: HostileAssistant()) as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_runs_and_nothing_overflows(chromium: Browser, hostile_url: str, width: int):
    with visitor(chromium, viewport={"width": width, "height": 740}) as someone:
        page = someone.page
        someone.open(hostile_url)
        page.get_by_role("button", name="Filtrer").click()
        page.locator(".filter-documents input[type=checkbox]").nth(8).check()
        page.locator('input[name="publishers"]').first.check()
        expect(page.locator(".filter-chip")).to_have_count(2)
        check_layout(page)
        page.get_by_role("button", name="Filtrer").click()
        for question in (EVERYTHING, f"abstention {EVERYTHING}"):
            someone.ask(question[:900])
            for summary in page.locator(".answer-sources:visible summary").all():
                if summary.is_visible():
                    summary.click()
            check_layout(page)
        for tab, content in TABS.items():
            page.get_by_role("tab", name=tab).click()
            page.locator(content).first.wait_for()
            check_layout(page)
        page.mouse.move(width / 2, 300)
        assert page.evaluate("window.pirate") is None
        assert page.evaluate("document.querySelectorAll('a[href^=javascript]').length") == 0
        someone.check(hostile_url)


@pytest.mark.browser
def test_script_that_slipped_into_a_text_would_not_run(chromium: Browser, hostile_url: str):
    with visitor(chromium) as someone:
        someone.open(hostile_url)
        someone.page.evaluate("html => document.querySelector('#notice').innerHTML = html", IMAGE)
        someone.page.wait_for_function("window.violations.length > 0")
        assert someone.page.evaluate("window.pirate") is None


def check_layout(page: Page) -> None:
    """Check that all stands in the window, and that marks of direction end with their text."""
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(REORDERED, REORDERING[0]) == []


OUTSIDE = """() => {
  const outside = [];
  if (document.documentElement.scrollWidth > innerWidth) outside.push("sideways scrolling");
  for (const element of document.querySelectorAll("#shell *")) {
    if (element.closest(".sr-only") || !element.getClientRects().length) continue;
    const { left, right } = element.getBoundingClientRect();
    const name = `${element.tagName}.${element.className}`;
    if (left < -1 || right > innerWidth + 1) outside.push(name);
  }
  return outside;
}"""
# A text that holds a mark and is followed, in the same line of text, by another that it would
# reorder: neither is isolated. What a quote or a sentence holds is one text.
REORDERED = """(mark) => {
  const found = new Set();
  const walker = document.createTreeWalker(document.getElementById("shell"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.includes(mark) || text.parentElement.closest(".sr-only")) continue;
    let box = text.parentElement;
    const isOpen = ({ display, unicodeBidi }) =>
      display === "inline" && !["isolate", "plaintext"].includes(unicodeBidi);
    while (isOpen(getComputedStyle(box))) box = box.parentElement;
    if (box.closest("bdi, .passage") || !box.getClientRects().length) continue;
    const range = document.createRange();
    range.setStartAfter(text);
    range.setEndAfter(box.lastChild);
    const rest = range.toString().trim();
    if (rest) found.add(`${box.tagName}.${box.className}: ${rest.slice(0, 30)}`);
  }
  return [...found];
}"""
