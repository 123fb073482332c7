"""Fit what makes a sentence answer, and say how many to quote.

    python -m benchmarks.sentences

Asks the labelled questions that have a key fact and notes what is known of each sentence of the
passages found. Prints how often the best sentence holds the fact, and one of the best three: with
the weights in use, with weights fitted on other questions (five folds), and fitted without each.
Then, for several distances from the best sentence, how often a sentence quoted holds the fact, and
how many are quoted. Questions whose fact no passage found holds teach nothing and count as missed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from benchmarks.fitting import Choice, Matrix, fit, fit_without, held_out
from benchmarks.labelled import LabelledSet, labelled_sets, temporary_settings
from benchmarks.quality import SHARED
from rag.answerers.candidates import Candidate, find_candidates
from rag.answerers.selection import MAX_SENTENCES, WEIGHTS
from rag.embeddings import SentenceEncoder
from rag.evaluation.golden import states

FEATURES = (
    "nearness",
    "explained",
    "terms",
    "standing",
    "official",
    "recital",
    "saving",
    "fact",
    "opening",
    "enumeration",
)
CUTOFFS = (1, 3)
WITHIN = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)


def values_of(candidate: Candidate) -> list[float]:
    """List what is known of a sentence, in the order of ``FEATURES``."""
    return [
        candidate.nearness,
        candidate.explained,
        candidate.terms,
        candidate.standing,
        float(candidate.is_official),
        float(candidate.is_recital),
        float(candidate.is_saving),
        float(candidate.states_fact),
        candidate.opens,
        float(candidate.enumerates),
    ]


def ask(labelled: LabelledSet) -> Iterator[Choice]:
    """Search for each question that has a key fact, as the program does before it quotes."""
    assistant = labelled.assistant
    encoder = SentenceEncoder(assistant.settings.embedding_model)
    for golden in labelled.answerable():
        if not golden.answer_span:
            continue
        query = assistant.understand(golden.question, history=golden.history, as_of=golden.as_of)
        hits = [hit for hit in assistant.retriever.search(query) if hit.is_quotable]
        found = find_candidates(query, hits, encoder)
        if found and not any(hit.reference for hit in hits):
            right = [states(one.sentence.text, golden.answer_span) for one in found]
            yield Choice(
                labelled.name,
                golden.id,
                np.array([values_of(one) for one in found]),
                np.array(right, dtype=bool),
            )


@dataclass(frozen=True, slots=True)
class Quoting:
    """How a question fares: place of the first sentence that holds the fact, how many are quoted.

    ``place`` counts from 1; infinite where there is none.
    """

    place: float
    quoted: int

    @classmethod
    def of(cls, choice: Choice, weights: Matrix, within: float) -> "Quoting":
        """Quote what lies at most ``within`` below the best sentence, up to the most allowed."""
        scores = choice.values @ weights
        order = np.argsort(-scores, kind="stable")
        right = np.flatnonzero(choice.right[order])
        quoted = min(int((scores >= scores.max() - within).sum()), MAX_SENTENCES)
        return cls(float(right[0] + 1) if len(right) else np.inf, quoted)


def shares(weighed: Iterable[tuple[Choice, Matrix]]) -> str:
    """Write the cells of a line: share of the questions at each cut-off, by set."""
    by_group: dict[str, list[float]] = defaultdict(list)
    for choice, weights in weighed:
        by_group[choice.group].append(Quoting.of(choice, weights, WEIGHTS.within).place)
    return " | ".join(
        " ".join(f"{np.mean(np.array(places) <= k):.3f}" for k in CUTOFFS)
        for places in by_group.values()
    )


def distances(weighed: Sequence[tuple[Choice, Matrix]], groups: Iterable[str]) -> Iterator[str]:
    """Yield, for each distance, the share of facts quoted and the mean number of sentences."""
    for within in WITHIN:
        cells = []
        for group in groups:
            told = [Quoting.of(one, w, within) for one, w in weighed if one.group == group]
            found = np.mean([one.place <= one.quoted for one in told])
            cells.append(f"{found:.3f}, {np.mean([one.quoted for one in told]):.1f}")
        mark = "**" if within == WEIGHTS.within else ""
        yield f"| {mark}{within:.1f}{mark} | {' | '.join(cells)} |"


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
) -> None:
    """Ajuster les poids qui choisissent les phrases, sur les questions dont un fait est la clé."""
    with temporary_settings() as (settings, progress):
        sets = labelled_sets(settings, corpus, benchmarks, progress)
        choices = [choice for labelled in sets for choice in ask(labelled)]
    groups = list(dict.fromkeys(choice.group for choice in choices))
    columns = " | ".join(groups)
    rule = "|---|" + "---|" * len(groups)
    typer.echo("\nFait cherché dans la première phrase, dans les trois premières\n")
    typer.echo(f"| poids | {columns} |\n{rule}")
    used = np.array([getattr(WEIGHTS, name) for name in FEATURES])
    typer.echo(f"| en usage | {shares((choice, used) for choice in choices)} |")
    rows: list[tuple[str, Callable[[Sequence[Choice]], Matrix]]] = [("ajustés", fit)]
    rows += [(f"ajustés sans {name}", fit_without(i)) for i, name in enumerate(FEATURES)]
    for title, fitting in rows:
        typer.echo(f"| {title} | {shares(held_out(choices, fitting))} |")
    typer.echo(f"\nFait cité, phrases citées\n\n| distance | {columns} |\n{rule}")
    typer.echo("\n".join(distances([(choice, used) for choice in choices], groups)))
    typer.echo("\n| indice | en usage | ajusté |\n|---|---|---|")
    for name, before, weight in zip(FEATURES, used, fit(choices), strict=True):
        typer.echo(f"| {name} | {before:.1f} | {weight:.2f} |")


if __name__ == "__main__":
    typer.run(main)
