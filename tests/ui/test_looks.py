"""How the page looks: at any width, in both colour schemes."""

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.serving import visitor

pytestmark = pytest.mark.browser

QUESTION = "Combien de temps faut-il conserver les journaux ?"


@pytest.mark.parametrize("width", [360, 768, 1360])
def test_no_width_needs_sideways_scrolling(chromium: Browser, url: str, width: int):
    with visitor(chromium, viewport={"width": width, "height": 740}) as someone:
        someone.open(url)
        someone.ask(f"{QUESTION} {'hostile' * 40}")
        someone.turn(1).locator(".cite").first.click()
        expect(someone.card(1, 1).locator("mark")).to_be_in_viewport()
        assert someone.page.evaluate("document.documentElement.scrollWidth") == width


def test_question_stays_in_view_on_a_phone(chromium: Browser, url: str):
    with visitor(chromium, viewport={"width": 360, "height": 740}) as someone:
        someone.open(url)
        someone.ask(QUESTION)
        expect(someone.turn(1).locator(".question")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_in_both_schemes(chromium: Browser, url: str, scheme: str):
    with visitor(chromium, color_scheme=scheme) as someone:
        someone.open(url)
        someone.ask(QUESTION)
        someone.turn(1).locator(".cite").last.click()
        ratios = someone.page.evaluate(CONTRASTS)
        assert set(ratios) == set(TEXTS)
        assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


TEXTS = [
    ".tagline",
    ".ai-notice",
    ".privacy",
    ".status",
    ".question",
    ".answer p",
    ".cite",
    ".answer-foot",
    ".text-button",
    ".sources-question",
    ".card-title",
    ".card-meta",
    ".badge",
    ".card-warning",
    ".card-path",
    ".passage",
    ".passage mark",
    ".card-foot a",
    ".card-score",
    "#send",
    "#restart",
]
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colours) => {
    canvas.fillStyle = "#fff";
    canvas.fillRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (colours) => {
    const [r, g, b] = rgb(colours).map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgrounds = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement) {
      found.unshift(getComputedStyle(at).backgroundColor);
    }
    return found;
  };
  const ratios = {};
  for (const name of TEXTS) {
    const element = document.querySelector(name);
    if (!element) continue;
    const behind = backgrounds(element);
    const [low, high] = [luminance(behind), luminance([...behind, getComputedStyle(element).color])]
      .sort((a, b) => a - b);
    ratios[name] = Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
  }
  return ratios;
}""".replace("TEXTS", repr(TEXTS))
