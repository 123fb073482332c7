"""The page's own colours and letters, and nothing of gradio's."""

from statistics import mean

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.serving import visitor

pytestmark = pytest.mark.browser

QUESTION = "Que dit l’ancien texte ?"
TABS = {"Textes officiels": ".texts-head", "Glossaire": ".entry"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_colour_of_gradio_is_left(chromium: Browser, url: str, scheme: str):
    with visitor(chromium, color_scheme=scheme, reduced_motion="reduce") as someone:
        someone.open(url)
        someone.page.get_by_role("button", name="Filtrer").click()
        someone.page.get_by_label("Règlement", exact=False).first.check()
        someone.ask(QUESTION)
        check_colours(someone.page)
        for tab, content in TABS.items():
            someone.page.get_by_role("tab", name=tab).click()
            someone.page.locator(content).first.wait_for()
            check_colours(someone.page)


def check_colours(page: Page) -> None:
    ours, found = page.evaluate(COLOURS)
    assert len(ours) > 20
    assert {place: colour for colour, place in found.items() if colour not in ours} == {}


def test_lines_of_an_answer_are_of_a_length_that_reads_well(chromium: Browser, url: str):
    with visitor(chromium, viewport={"width": 1440, "height": 900}) as someone:
        someone.open(url)
        someone.ask(QUESTION)
        lengths = someone.page.evaluate(FULL_LINES)
        assert lengths
        assert 58 <= mean(lengths) <= 78, lengths
        assert max(lengths) <= 85


# The colours drawn, with what draws one of them, and those that base.css names; greys of the
# browser's own controls aside.
COLOURS = """() => {
  const paint = document.createElement("canvas").getContext("2d");
  const named = (colour) => { paint.fillStyle = colour; return paint.fillStyle; };
  const style = getComputedStyle(document.querySelector("#shell"));
  const names = ["page", "surface", "surface-hover", "surface-quiet", "border", "border-strong",
    "text", "text-quiet", "accent", "accent-strong", "accent-soft", "on-accent", "mark",
    "mark-text", "warning", "warning-soft", "danger", "danger-soft", "ready"];
  const ours = names.map((name) => named(style.getPropertyValue(`--${name}`).trim()));
  ours.push("#7fdbe6", "#0a4456", "#000000", "#ffffff");
  const found = {};
  for (const element of document.querySelectorAll("body, #shell, #shell *")) {
    if (element.closest(".sr-only") || !element.getClientRects().length) continue;
    const drawn = getComputedStyle(element);
    const used = [drawn.color, drawn.backgroundColor, drawn.fill, drawn.caretColor];
    if (drawn.accentColor !== "auto") used.push(drawn.accentColor);
    for (const side of ["Top", "Right", "Bottom", "Left"]) {
      if (parseFloat(drawn[`border${side}Width`])) used.push(drawn[`border${side}Color`]);
    }
    for (const colour of used) {
      if (!colour.startsWith("rgb") || colour.endsWith(", 0)")) continue;
      found[named(colour)] ??= `${element.tagName} ${element.getAttribute("class")}`;
    }
  }
  return [ours, found];
}"""
FULL_LINES = """() => {
  const lengths = [];
  for (const text of document.querySelectorAll("#turn-1 .answer p > bdi")) {
    const node = text.firstChild;
    const range = document.createRange();
    let top = null;
    let count = 0;
    const lines = [];
    for (let place = 0; place < node.length; place++) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const { top: now } = range.getBoundingClientRect();
      if (top !== null && now > top + 4) { lines.push(count); count = 0; }
      top = now;
      count++;
    }
    lengths.push(...lines);
  }
  return lengths;
}"""
