"""Every state that the page can be in, against the accessibility standard (WCAG, by axe-core)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.accessibility import COLOURS, EVERYTHING, violations
from tests.ui.serving import visitor
from tests.ui.states import STATES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS = (320, 768, 1440)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_state_breaks_the_standard(chromium: Browser, url: str, width: int):
    """Both schemes at each state: the second only changes colours, the same at any width."""
    found = {}
    size = {"width": width, "height": 740}
    with visitor(chromium, viewport=size, reduced_motion="reduce") as someone:
        someone.open(url)
        for state, reach in STATES.items():
            reach(someone)
            wear(someone.page, "light")
            found[state] = violations(someone.page, EVERYTHING)
            if width == max(WIDTHS):
                wear(someone.page, "dark")
                found[f"{state}, dark"] = violations(someone.page, COLOURS)
            if someone.page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{state}, width"] = ["the page scrolls sideways"]
        someone.check(url)
    assert {state: told for state, told in found.items() if told} == {}


def wear(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body.dark")).to_have_count(int(scheme == "dark"))
