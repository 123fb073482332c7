"""What is shown until gradio has laid the page out, and whether anything moves then or later."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.ui.serving import visitor

pytestmark = pytest.mark.browser

SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
STILL = 0.01  # a layout shift score; Core Web Vitals calls 0.1 good
PLACES = """() => Object.fromEntries(["h1", ".tagline", ".brand-mark", ".tabs", ".ai-notice"]
  .map((name) => {
    const { x, y, width, height } = document.querySelector(name).getBoundingClientRect();
    return [name, [x, y, width, height].map(Math.round)];
  }))"""
RECORD_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (!hadRecentInput) window.shifts.push([value, sources.map(({ node }) => node?.id ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_page_takes_the_place_of_what_stood_there(
    chromium: Browser, url: str, size: str, scheme: str
):
    width, height = SIZES[size]
    held: list[Route] = []
    viewport = {"width": width, "height": height}
    with visitor(chromium, viewport=viewport, color_scheme=scheme) as someone:
        page = someone.page
        page.route("**/assets/index-*.js", lambda route: held.append(route))
        page.goto(url, wait_until="commit")
        page.locator("#first-paint .ai-notice").wait_for()
        page.wait_for_function("document.styleSheets.length > 5")
        before = page.evaluate(PLACES), page.evaluate(BACKGROUND)
        held[0].continue_()
        page.get_by_label("Votre question").wait_for()
        expect(page.locator("#first-paint")).to_have_count(0)
        assert (page.evaluate(PLACES), page.evaluate(BACKGROUND)) == before
        expect(page.get_by_label("Votre question")).to_be_focused()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_by_itself(chromium: Browser, url: str, size: str):
    width, height = SIZES[size]
    with visitor(chromium, viewport={"width": width, "height": height}) as someone:
        someone.page.add_init_script(RECORD_SHIFTS)
        someone.open(url)
        someone.page.locator('#status [data-state="ready"]').wait_for()
        someone.ask("Combien de temps ?")
        shifts = someone.page.evaluate("window.shifts")
        assert sum(value for value, _ in shifts) < STILL, shifts


BACKGROUND = "getComputedStyle(document.querySelector('#top')).backgroundColor"
