"""Fit what each signal of the search weighs, and say what each is worth.

    python -m benchmarks.ranking

Asks the labelled questions that have an answer and notes what each signal says of the candidates.
Prints the share of questions whose right unit is first, among three and five: with the weights in
use, with weights fitted on other questions (five folds), and fitted without each signal. Then the
weights to write in ``rag/ranking/weights.py``. The units that a question names, the law of another
day and twins are left out: ``make evaluate`` measures the whole.
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.fitting import Choice, Matrix, fit, held_out
from benchmarks.quality import DOCUMENTS, SHARED, own_files
from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation.beir import open_beir
from rag.evaluation.golden import GoldenQuestion, concerns, read_questions
from rag.pipeline import Assistant
from rag.ranking import Search, Signal, Weights
from rag.retriever import HITS_PER_UNIT
from rag.types import Query

SIGNALS = tuple(Signal)
CUTOFFS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question's candidates, and the article or document of each."""

    choice: Choice
    units: tuple[str, ...]

    def rank(self, weights: Matrix) -> int | None:
        """Rank the first right candidate, few of one unit counted."""
        taken: Counter[str] = Counter()
        place = 0
        for index in np.argsort(-(self.choice.values @ weights), kind="stable"):
            taken[self.units[index]] += 1
            if taken[self.units[index]] <= HITS_PER_UNIT:
                place += 1
                if self.choice.right[index]:
                    return place
        return None


def candidates(
    assistant: Assistant, query: Query, relevant: Iterable[str], group: str, name: str
) -> Candidates:
    """Ask every signal of a question."""
    retriever, keys = assistant.retriever, tuple(relevant)
    corpus = retriever.corpus()
    # Each signal is computed, were its weight nought.
    weights = Weights(**{signal.value: max(Weights()[signal], 1e-6) for signal in SIGNALS})
    found = Search(query.text, corpus, assistant.vector_store, weights, query.steering).run()
    best = np.flatnonzero(found.ranking.scores > 0)
    values = np.zeros((len(best), len(SIGNALS)))
    for column, signal in enumerate(SIGNALS):
        if signal in found.ranking.parts:
            values[:, column] = found.ranking.parts[signal][best]
    passages = [corpus.stored[index].passage for index in best]
    right = [
        any(concerns(passage, corpus.metadata[passage.document], key) for key in keys)
        for passage in passages
    ]
    units = tuple(corpus.unit(int(index)) for index in best)
    return Candidates(Choice(group, name, values, np.array(right, dtype=bool)), units)


def ask(
    assistant: Assistant, questions: Iterable[GoldenQuestion], group: str
) -> Iterator[Candidates]:
    """Ask the questions that have an answer."""
    for golden in questions:
        if golden.answerable:
            query = assistant.understand(
                golden.question, history=golden.history, as_of=golden.as_of
            )
            yield candidates(assistant, query, golden.relevant, group, golden.id)


def run(corpus: Path, benchmarks: Path) -> list[Candidates]:
    """Ask every set."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        progress_bar() as progress,
    ):
        settings = replace(Settings.from_environment(), data_dir=Path(temporary), database_url="")
        assistant = Assistant.open(settings)
        assistant.ingest(progress=progress)
        own = [one for path in own_files(official=False) for one in read_questions(path)]
        found = list(ask(assistant, own, "notices"))
        assistant.ingest([corpus / name for name in DOCUMENTS], progress=progress)
        official = [one for path in own_files(official=True) for one in read_questions(path)]
        found += ask(assistant, official, "officiels")
        found += ask(assistant, read_questions(benchmarks / "gold-dev.jsonl"), "gold-dev")
        with open_beir(settings, benchmarks / "cnil-faq", progress=progress) as (other, beir):
            for key, text in beir.texts.items():
                query = Query(question=text, text=text, as_of=date.today())
                found.append(candidates(other, query, beir.relevant[key], "cnil-faq", key))
        return found


def recalls(ranked: Iterable[tuple[Candidates, Matrix]]) -> str:
    """Write the cells of a line: recall at each cut-off, by set."""
    ranks: dict[str, list[float]] = defaultdict(list)
    for one, weights in ranked:
        ranks[one.choice.group].append(one.rank(weights) or np.inf)
    return " | ".join(
        " ".join(f"{np.mean(np.array(places) <= k):.3f}" for k in CUTOFFS)
        for places in ranks.values()
    )


def fitted(found: Sequence[Candidates], without: Signal | None = None) -> str:
    """Write the cells for weights fitted on other questions, perhaps without a signal."""
    kept = [index for index, signal in enumerate(SIGNALS) if signal is not without]
    by_choice = {id(one.choice): one for one in found}

    def fit_kept(choices: Sequence[Choice]) -> Matrix:
        weights = np.zeros(len(SIGNALS))
        weights[kept] = fit(
            [replace(choice, values=choice.values[:, kept]) for choice in choices], positive=True
        )
        return weights

    pairs = held_out([one.choice for one in found], fit_kept)
    in_order = {id(choice): weights for choice, weights in pairs}
    return recalls((by_choice[key], in_order[key]) for key in by_choice)


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
) -> None:
    """Ajuster les poids de la recherche sur les questions étiquetées."""
    found = run(corpus, benchmarks)
    groups = dict.fromkeys(one.choice.group for one in found)
    typer.echo(f"\nRappel à 1, 3, 5\n\n| poids | {' | '.join(groups)} |")
    typer.echo("|---|" + "---|" * len(groups))
    used = np.array([Weights()[signal] for signal in SIGNALS])
    typer.echo(f"| en usage | {recalls((one, used) for one in found)} |")
    typer.echo(f"| égaux | {recalls((one, np.ones(len(SIGNALS))) for one in found)} |")
    typer.echo(f"| ajustés | {fitted(found)} |")
    for signal in SIGNALS:
        typer.echo(f"| ajustés sans {signal} | {fitted(found, without=signal)} |")
    weights = partial(fit, positive=True)([one.choice for one in found])
    typer.echo("\n| signal | en usage | ajusté |\n|---|---|---|")
    for signal, weight in zip(SIGNALS, weights / weights.sum(), strict=True):
        typer.echo(f"| {signal} | {Weights()[signal]:.2f} | {weight:.3f} |")


if __name__ == "__main__":
    typer.run(main)
