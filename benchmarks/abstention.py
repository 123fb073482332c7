"""What other values of the abstention's two numbers would refuse and let through.

    python -m benchmarks.abstention

Asks the labelled questions (those of the repository and of ``questions-dev`` of the notices alone,
those of ``gold-dev`` of the notices and the official texts) and prints, for each weight of the
terms and each threshold, the share of answerable questions refused, and of the others that
something is close enough to. The rules on sums of money and on keywords and the choice of sentences
are not counted: ``make evaluate`` says what is answered in the end.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.quality import DOCUMENTS, SHARED, own_files
from rag.answerers.abstention import COVERAGE_WEIGHT, HITS_WEIGHED, LEAST_CLOSENESS
from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation.golden import GoldenQuestion, read_questions
from rag.pipeline import Assistant
from rag.pipeline.questions import understand

COVERAGE_WEIGHTS = sorted({0.0, 3.0, 6.0, COVERAGE_WEIGHT})
THRESHOLDS = sorted({*(step / 4 for step in range(16, 33)), LEAST_CLOSENESS})


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question: contrast and coverage of its best hits that may be quoted."""

    answerable: bool
    found: Sequence[tuple[float, float]]

    def closeness(self, coverage_weight: float) -> float:
        """Return how close the closest hit is; nothing found is as far as can be."""
        return max((c + coverage_weight * share for c, share in self.found), default=-np.inf)


def ask(assistant: Assistant, questions: Iterable[GoldenQuestion]) -> Iterator[Asked]:
    """Search for each question, as the program does before it answers."""
    for golden in questions:
        query = understand(golden.question, history=golden.history, as_of=golden.as_of)
        hits = [hit for hit in assistant.retriever.search(query) if hit.is_quotable]
        yield Asked(golden.answerable, [(h.contrast, h.coverage) for h in hits[:HITS_WEIGHED]])


def table(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield the lines of a Markdown table; the values in use are in bold."""
    yield "| poids des termes | seuil | refus à tort | assez proches à tort | séparation |"
    yield "|---|---|---|---|---|"
    for weight in COVERAGE_WEIGHTS:
        answerable = np.array([one.closeness(weight) for one in asked if one.answerable])
        others = np.array([one.closeness(weight) for one in asked if not one.answerable])
        separation = (answerable[:, None] > others[None, :]).mean()
        for threshold in THRESHOLDS:
            refused = (answerable < threshold).mean()
            let_through = (others >= threshold).mean()
            cells = [f"{weight:g}", f"{threshold:g}", f"{refused:.3f}", f"{let_through:.3f}"]
            if (weight, threshold) == (COVERAGE_WEIGHT, LEAST_CLOSENESS):
                cells = [f"**{cell}**" for cell in cells]
            yield f"| {' | '.join(cells)} | {separation:.3f} |"


def run(corpus: Path, benchmarks: Path) -> dict[str, list[Asked]]:
    """Ask every set, by its name."""
    own = _read(own_files(official=False))
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        progress_bar() as progress,
    ):
        settings = replace(Settings.from_environment(), data_dir=Path(temporary), database_url="")
        assistant = Assistant.open(settings)
        assistant.ingest(progress=progress)
        common = [*own, *read_questions(benchmarks / "questions-dev.jsonl")]
        found = {"notices": list(ask(assistant, common))}
        assistant.ingest([corpus / name for name in DOCUMENTS], progress=progress)
        golden = _read([*own_files(official=True), benchmarks / "gold-dev.jsonl"])
        found["notices et textes officiels"] = list(ask(assistant, golden))
        return found


def _read(paths: Iterable[Path]) -> list[GoldenQuestion]:
    return [question for path in paths for question in read_questions(path)]


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
) -> None:
    """Mesurer ce que d’autres seuils refuseraient et laisseraient passer."""
    found = run(corpus, benchmarks)
    everything = [one for asked in found.values() for one in asked]
    for name, asked in {**found, "ensemble": everything}.items():
        answerable = sum(one.answerable for one in asked)
        typer.echo(f"\n## {name} ({answerable} avec réponse, {len(asked) - answerable} sans)\n")
        typer.echo("\n".join(table(asked)))


if __name__ == "__main__":
    typer.run(main)
