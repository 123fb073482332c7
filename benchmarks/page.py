"""``python -m benchmarks.page``: how soon the page is there, and whether it holds still.

Each round starts the program anew and opens its page with an empty cache while the models load.
Prints a Markdown table of medians: first contentful paint, question box that one can type in (the
two since the browser asked for the page), bytes and requests, layout shift while the page comes and
while an answer does. Machines are noisy: close what else runs.
"""

import statistics
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Browser, Page

from benchmarks.served import chromium, indexed_notices, served_program

QUESTION = "Combien de temps faut-il conserver les journaux d’un système d’IA ?"
LONGEST_MILLISECONDS = 120_000
SIZES = {"bureau": (1440, 900), "téléphone": (390, 844)}
WATCH = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
(function watch() {
  const box = document.querySelector("#question textarea");
  if (box && !box.disabled && box.offsetParent) window.usable = performance.now();
  else requestAnimationFrame(watch);
})();
"""
FIGURES = """() => {
  const entries = [...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource").filter((r) => r.responseEnd <= window.usable)];
  return {
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    usable: window.usable,
    kilobytes: entries.reduce((sum, entry) => sum + entry.transferSize, 0) / 1000,
    requests: entries.length,
    loading_shift: window.shift,
  };
}"""


@dataclass(frozen=True)
class Figures:
    """A visit: milliseconds, kilobytes as transferred, counts, and layout shift scores."""

    painted: float
    usable: float
    kilobytes: float
    requests: float
    loading_shift: float
    answer_shift: float
    loaded_first: float
    """1 where the models were loaded before the page was usable."""


NAMES = {
    "painted": "premier affichage utile (ms)",
    "usable": "question que l’on peut taper (ms)",
    "kilobytes": "octets reçus (ko)",
    "requests": "requêtes",
    "loading_shift": "décalage pendant le chargement (CLS)",
    "answer_shift": "décalage pendant la réponse (CLS)",
    "loaded_first": "modèles chargés avant la page (part)",
}


def visit(browser: Browser, url: str, size: tuple[int, int]) -> Figures:
    """Open the page with an empty cache, then ask it a question."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR")
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.usable")
    ready = page.locator('#status [data-state="ready"]')
    loaded = ready.count()
    ready.wait_for(timeout=LONGEST_MILLISECONDS)
    figures = page.evaluate(FIGURES)
    shift = _answer_shift(page)
    context.close()
    return Figures(**figures, answer_shift=shift, loaded_first=loaded)


def _answer_shift(page: Page) -> float:
    before: float = page.evaluate("window.shift")
    page.get_by_label("Votre question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator('#turn-1[aria-busy="false"]').wait_for(timeout=LONGEST_MILLISECONDS)
    after: float = page.evaluate("window.shift")
    return after - before


def run(data: Path, rounds: int) -> dict[str, Figures]:
    """Visit the page in windows of each size; give the medians of each figure."""
    medians = {}
    with chromium() as browser:
        for name, size in SIZES.items():
            visits = []
            for _ in range(rounds):
                with served_program(data) as url:
                    visits.append(asdict(visit(browser, url, size)))
            medians[name] = Figures(
                **{figure: statistics.median(one[figure] for one in visits) for figure in NAMES}
            )
    return medians


def table(medians: dict[str, Figures]) -> str:
    """Lay the medians out in Markdown."""
    lines = [f"| médianes | {' | '.join(medians)} |", "|---" * (len(medians) + 1) + "|"]
    for figure, name in NAMES.items():
        values = (asdict(one)[figure] for one in medians.values())
        digits = 3 if "shift" in figure else 0
        told = " | ".join(f"{value:.{digits}f}".replace(".", ",") for value in values)
        lines.append(f"| {name} | {told} |")
    return "\n".join(lines)


def main(
    rounds: Annotated[int, typer.Option(help="Visites de chaque taille.")] = 5,
    data: Annotated[Path | None, typer.Option(help="Dossier de données déjà indexé.")] = None,
) -> None:
    """Measure, and print the table."""
    with indexed_notices(data) as folder:
        typer.echo(table(run(folder, rounds)))


if __name__ == "__main__":
    typer.run(main)
