"""Print where the score of each passage found comes from."""

from collections.abc import Iterator

from rag.cli.console import output
from rag.explanations import Contribution, Explanation, decimal, explain
from rag.messages import NBSP, typographic
from rag.types import Answer

INDENT = "     "


def print_explanations(answer: Answer) -> None:
    """Print a table for each passage found, in the order of the search."""
    output.print("\nPourquoi ces passages", style="bold")
    if not answer.hits:
        output.print("Aucun passage.", markup=False)
    for rank, hit in enumerate(answer.hits, start=1):
        title = f"{rank}. {hit.passage.label} — {hit.metadata.title} ({hit.passage.id})"
        output.print(typographic(f"\n{title}"), markup=False)
        for line in _lines(explain(hit)):
            output.print(f"{INDENT}{line}", markup=False, style="dim")


def _lines(explanation: Explanation) -> Iterator[str]:
    width = max(map(len, _LABELS | {part.name for part in explanation.contributions}))
    if explanation.contributions:
        yield from (_row(part, width) for part in explanation.contributions)
        yield f"{_TOTAL:<{width}} {decimal(explanation.total, 3):>21}"
        yield f"{_FACTORS:<{width}} {explanation.factors}"
    yield f"{_SCORE:<{width}} {decimal(explanation.score, 3):>21}"
    yield from explanation.notes
    yield from (f"Aussi dans{NBSP}: {place}" for place in explanation.also_in)


def _row(part: Contribution, width: int) -> str:
    """Write a contribution in columns: its name, value × weight = amount."""
    product = f"{decimal(part.value, 3)} × {decimal(part.weight, 3)} = {decimal(part.amount, 3)}"
    return f"{part.name:<{width}} {product:>21}"


_TOTAL, _FACTORS, _SCORE = "somme", "facteurs", "score"
_LABELS = {_TOTAL, _FACTORS, _SCORE}
