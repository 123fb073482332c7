"""Fit what each signal of the search weighs, and say what each is worth.

    python -m benchmarks.ranking

Asks the labelled questions that have an answer and notes what each signal says of the candidates.
Prints the share of questions whose right unit is first, among three and five: with the weights in
use, with weights fitted on other questions (five folds), and fitted without each signal. Then the
weights to write in ``rag/ranking/weights.py``. The units that a question names, the law of another
day and twins are left out: ``make evaluate`` measures the whole.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.fitting import Choice, Matrix, fit, fit_without, held_out
from benchmarks.labelled import LabelledSet, labelled_sets, temporary_settings
from benchmarks.quality import SHARED
from rag.evaluation.beir import open_beir
from rag.evaluation.golden import concerns
from rag.pipeline import Assistant
from rag.ranking import Search, Signal, Weights
from rag.retriever import HITS_PER_UNIT
from rag.types import Query

SIGNALS = tuple(signal for signal in Signal if signal is not Signal.RERANKER)
"""Those of the search itself: no reranker ships."""
CUTOFFS = (1, 3, 5)
CNIL = "cnil-faq"


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


def ask(labelled: LabelledSet) -> Iterator[Candidates]:
    """Ask the questions that have an answer."""
    for golden in labelled.answerable():
        query = labelled.assistant.understand(
            golden.question, history=golden.history, as_of=golden.as_of
        )
        yield candidates(labelled.assistant, query, golden.relevant, labelled.name, golden.id)


def run(corpus: Path, benchmarks: Path) -> list[Candidates]:
    """Ask every set, the paraphrases of the CNIL's questions with them."""
    with temporary_settings() as (settings, progress):
        sets = labelled_sets(settings, corpus, benchmarks, progress)
        found = [one for labelled in sets for one in ask(labelled)]
        with open_beir(settings, benchmarks / CNIL, progress=progress) as (assistant, beir):
            for key, text in beir.texts.items():
                query = Query(question=text, text=text, as_of=date.today())
                found.append(candidates(assistant, query, beir.relevant[key], CNIL, key))
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


def fitted(found: Sequence[Candidates], fitting: Callable[[Sequence[Choice]], Matrix]) -> str:
    """Write the cells for weights fitted on other questions."""
    weights = {id(one): fitted for one, fitted in held_out([c.choice for c in found], fitting)}
    return recalls((one, weights[id(one.choice)]) for one in found)


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
    typer.echo(f"| ajustés | {fitted(found, partial(fit, positive=True))} |")
    for index, signal in enumerate(SIGNALS):
        cells = fitted(found, fit_without(index, positive=True))
        typer.echo(f"| ajustés sans {signal} | {cells} |")
    weights = fit([one.choice for one in found], positive=True)
    typer.echo("\n| signal | en usage | ajusté |\n|---|---|---|")
    for signal, weight in zip(SIGNALS, weights / weights.sum(), strict=True):
        typer.echo(f"| {signal} | {Weights()[signal]:.2f} | {weight:.3f} |")


if __name__ == "__main__":
    typer.run(main)
