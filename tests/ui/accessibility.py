"""What axe-core says of a page, run inside it."""

from collections.abc import Mapping
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """async (only) => {
  const found = await axe.run(document, {
    ...only,
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(" ")}: ${node.failureSummary.replaceAll("\\n", " ")}`));
}"""
EVERYTHING = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {"target-size": {"enabled": True}},  # off unless asked for
}
COLOURS = {"runOnly": {"type": "rule", "values": ("color-contrast",)}}


def violations(page: Page, only: Mapping[str, object] = EVERYTHING) -> list[str]:
    """List what breaks WCAG 2.2 AA, or good practice, in the page as it now is.

    The script is evaluated by the browser's own tools, which the page's policy leaves free.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, only)
    return found
