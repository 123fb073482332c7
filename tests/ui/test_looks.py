"""How the page looks: at any width, in both colour schemes."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.serving import visitor

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("assistant")]

QUESTION = "Combien de temps faut-il conserver l’ancien journal ?"
OTHERS = (
    *("Combien de temps exactement ?", "Et le dosimètre ?", "Que mange-t-on à la cantine ?"),
    *("Que dit une réponse rédigée ?", "Que disent les extraits ?"),
)
TABS = {
    "Documents": "#documents-add",
    "Textes officiels": ".texts-head",
    "Glossaire": ".entry",
    "À propos": ".about h2",
}


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_width_needs_sideways_scrolling(chromium: Browser, url: str, width: int):
    with visitor(chromium, viewport={"width": width, "height": 740}) as someone:
        someone.open(url)
        someone.ask(f"{QUESTION} {'hostile' * 40}")
        someone.turn(1).locator(".cite").first.click()
        expect(someone.card(1, 1).locator("mark")).to_be_in_viewport()
        assert someone.page.evaluate("document.documentElement.scrollWidth") == width
        for tab, content in TABS.items():
            someone.page.get_by_role("tab", name=tab).click()
            expect(someone.page.locator(content).first).to_be_in_viewport()
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
        someone.page.get_by_label("Droit au").fill("2025-06-01")
        someone.page.get_by_role("button", name="Filtrer").click()
        someone.page.get_by_label("Règlement", exact=False).first.check()
        for question in (QUESTION, *OTHERS):
            someone.ask(question)
        someone.turn(1).locator(".cite").last.click()
        for tab, content in TABS.items():
            someone.page.get_by_role("tab", name=tab).click()
            someone.page.locator(content).first.wait_for()
        ratios = someone.page.evaluate(CONTRASTS)
        assert set(ratios) == set(TEXTS)
        assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


def test_wide_window_has_no_scroll_bar_of_its_own(chromium: Browser, url: str):
    with visitor(chromium, viewport={"width": 1440, "height": 700}) as someone:
        someone.open(url)
        for tab, content in {"Questions": "#sources", **TABS}.items():
            someone.page.get_by_role("tab", name=tab).click()
            expect(someone.page.locator(content).first).to_be_visible()
            assert someone.page.evaluate("document.documentElement.scrollHeight") == 700


def test_nothing_moves_without_need_when_motion_is_reduced(chromium: Browser, url: str):
    with visitor(chromium, reduced_motion="reduce") as someone:
        someone.open(url)
        someone.page.locator('#status [data-state="ready"]').wait_for()
        assert someone.page.evaluate(ANIMATION_WHILE_LOADING) == "none"


def test_composer_stays_in_view_on_a_phone(chromium: Browser, url: str):
    with visitor(chromium, viewport={"width": 390, "height": 844}) as someone:
        someone.open(url)
        expect(someone.page.get_by_role("button", name="Envoyer")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 400, 500, 510])
def test_tools_under_the_box_stand_on_one_line(chromium: Browser, url: str, width: int):
    with visitor(chromium, viewport={"width": width, "height": 844}) as someone:
        someone.open(url)
        someone.ask(QUESTION)
        restart = someone.page.get_by_role("button", name="Nouvelle conversation", exact=True)
        filters = someone.page.get_by_role("button", name="Filtrer")
        one, other = restart.bounding_box(), filters.bounding_box()
        assert abs(one["y"] - other["y"]) < 5
        assert abs(one["height"] - other["height"]) < 5


ANIMATION_WHILE_LOADING = """() => {
  const status = document.querySelector("#status .status");
  status.dataset.state = "loading";
  return getComputedStyle(status.querySelector(".dot")).animationName;
}"""
TEXTS = [
    ".tagline",
    ".ai-notice",
    ".privacy",
    ".status",
    ".question",
    ".answer p",
    ".context",
    ".asked-for",
    ".answer-partial",
    ".answer-partial strong",
    ".abstention-reason",
    ".cite",
    ".answer-foot",
    ".answer-warning",
    ".answer-warning strong",
    ".answer-note",
    ".is-other-day",
    ".day",
    ".day-note",
    ".day input",
    ".tabs button[aria-selected='true']",
    ".tabs button[aria-selected='false']",
    ".text-button",
    ".suggestions p",
    ".suggestions button",
    ".action",
    ".verdict",
    ".feedback-note",
    ".roles button[aria-selected='true']",
    ".roles button[aria-selected='false']",
    ".examples button",
    ".editing p",
    "#stop",
    "#outcome",
    "#quote .quote-title",
    "#checks",
    ".verified",
    ".unverified",
    ".left-out s",
    ".left-out-why",
    ".answer-notice",
    ".destination",
    "dialog p",
    "dialog kbd",
    "dialog dd",
    ".sources-question",
    ".sources-caution",
    ".card-title",
    ".card-meta",
    ".badge-law",
    ".badge-guidance",
    ".badge-commentary",
    ".badge-in-force",
    ".card-origin",
    ".card-warning",
    ".card-path",
    ".passage",
    ".passage mark",
    ".card-foot a",
    ".card-score",
    ".card-copy .text-button",
    ".export-toggle",
    ".filter-toggle",
    ".filter-chips-label",
    ".filter-chip",
    ".filter-intro",
    ".filter-panel legend",
    ".filter-panel label",
    ".filter-count",
    ".filtered",
    ".why > summary",
    ".why-intro",
    ".why-reference",
    ".why-title",
    ".why-score",
    ".why tbody th",
    ".why-product",
    ".why-amount",
    ".why-note",
    "#send",
    "#restart",
    ".panel-intro",
    ".texts-hosts",
    ".text-facts",
    ".text-by-hand",
    ".text-by-hand code",
    ".presence",
    ".text-host",
    ".button",
    ".button-primary",
    ".entry h4",
    ".forms",
    ".definition",
    ".reference",
    ".distinct p",
    ".distinct a",
    "#glossary-count",
    ".drop-formats",
    "#documents-count",
    ".document-title",
    ".documents thead button",
    ".is-danger",
    ".overdue",
    ".col-publisher",
    ".about p",
    ".about-credits summary",
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
}""".replace("TEXTS", json.dumps(TEXTS))
