"""Measure what the guard stops of patients' data, and what it stops by mistake.

    python -m benchmarks.privacy

Reads the made-up sentences of ``benchmarks/patients`` (those that the rules were tuned on, those
written before them and held out, those written once they were done) and the golden questions,
which are all ordinary. A datum is stopped when all of its letters and digits are masked; an
ordinary question is stopped by mistake when anything in it is. Prints a Markdown table with 95 %
intervals of Wilson.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median

import typer

from rag.privacy import LABELS, IdentifierKind, find, mask

PATIENTS = Path(__file__).parent / "patients"
QUESTIONS = Path(__file__).parent / "questions"
PARTS = {"tuning": "mise au point", "held-out": "réservées", "final": "dernières"}
ORDINARY = "questions ordinaires arrêtées à tort"
GOLDEN = "questions étiquetées arrêtées à tort"
MARK = re.compile(r"\{(?P<kind>[a-z_]+):(?P<datum>[^}]*)\}")
Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and where its data stand: kind, start and end."""

    text: str
    data: tuple[tuple[IdentifierKind, int, int], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.count + other.count, self.of + other.of)

    @property
    def value(self) -> float:
        """The share, between 0 and 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0


def parse(line: str) -> Marked:
    """Read a line of the data.

    >>> parse("ddn {birth_date:12/03/1954}").data
    ((<IdentifierKind.BIRTH_DATE: 'birth_date'>, 4, 14),)
    """
    text, data, end = "", [], 0
    for mark in MARK.finditer(line):
        text += line[end : mark.start()]
        kind, start = IdentifierKind(mark["kind"]), len(text)
        text, end = text + mark["datum"], mark.end()
        data.append((kind, start, len(text)))
    return Marked(text + line[end:], tuple(data))


def sentences(part: str) -> list[Marked]:
    """Read the sentences of a part, comments left out."""
    lines = (PATIENTS / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line and not line.startswith("#")]


def golden_questions(folders: Iterable[Path] = (QUESTIONS,)) -> Iterator[str]:
    """Yield the golden questions and those before them in their conversations."""
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            golden = json.loads(line)
            yield from (golden["question"], *golden.get("history", ()))


def missed(sentence: Marked) -> Iterator[tuple[IdentifierKind, str]]:
    """Yield the data of a sentence of which a letter or a digit would stay."""
    masked = {place for found in find(sentence.text) for place in range(found.start, found.end)}
    for kind, start, end in sentence.data:
        left = (place for place in range(start, end) if place not in masked)
        if any(sentence.text[place].isalnum() for place in left):
            yield kind, sentence.text[start:end]


def stopped(part: Sequence[Marked]) -> dict[IdentifierKind, Share]:
    """Count the data that are stopped, by kind."""
    shares = dict.fromkeys(IdentifierKind, Share(0, 0))
    for sentence in part:
        lost = [kind for kind, _ in missed(sentence)]
        for kind in {kind for kind, _, _ in sentence.data}:
            total = sum(kind is other for other, _, _ in sentence.data)
            shares[kind] += Share(total - lost.count(kind), total)
    return shares


def by_mistake(texts: Iterable[str]) -> Share:
    """Count the ordinary questions that are stopped."""
    outcomes = [bool(find(text)) for text in texts]
    return Share(sum(outcomes), len(outcomes))


def ordinary(part: Sequence[Marked]) -> list[str]:
    """Give the sentences of a part that hold nothing of a patient."""
    return [sentence.text for sentence in part if not sentence.data]


def wilson(share: Share) -> tuple[float, float]:
    """Give the 95 % interval of a share.

    >>> [round(bound, 3) for bound in wilson(Share(99, 100))]
    [0.946, 0.998]
    """
    if not share.of:
        return 0.0, 1.0
    n, p = share.of, share.value
    middle, spread = p + Z95**2 / (2 * n), Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2))
    scale = 1 + Z95**2 / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def table() -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    parts = {part: sentences(part) for part in PARTS}
    counts = {part: stopped(marked) for part, marked in parts.items()}
    yield f"| donnée arrêtée | {' | '.join(PARTS.values())} | ensemble |"
    yield "|---|" + "---|" * (len(PARTS) + 1)
    for kind in IdentifierKind:
        yield _row(LABELS[kind], [counts[part][kind] for part in PARTS])
    yield _row("**toutes**", [sum(counts[part].values(), Share(0, 0)) for part in PARTS])
    yield _row(ORDINARY, [by_mistake(ordinary(parts[part])) for part in PARTS])
    golden = by_mistake(golden_questions())
    yield f"| {GOLDEN} |{' |' * len(PARTS)} {_cell(golden)} |"


def _row(label: str, shares: Sequence[Share]) -> str:
    cells = (_cell(share) for share in (*shares, sum(shares, Share(0, 0))))
    return f"| {label} | {' | '.join(cells)} |"


def _cell(share: Share) -> str:
    if not share.of:
        return "–"
    low, high = (f"{100 * bound:.1f}".replace(".", ",") for bound in wilson(share))
    return f"{share.count} sur {share.of} ({low} à {high} %)"


def milliseconds(texts: Sequence[str], *, rounds: int = 5) -> float:
    """Give the median time of the processor for a text."""
    spent = []
    for text in texts:
        started = time.process_time()
        for _ in range(rounds):
            find(text)
        spent.append(1000 * (time.process_time() - started) / rounds)
    return median(spent)


def main(*, failures: bool = False) -> None:
    """Print the table, and with ``--failures`` what was missed or stopped by mistake."""
    for line in table():
        typer.echo(line)
    everything = [sentence for part in PARTS for sentence in sentences(part)]
    spent = milliseconds([sentence.text for sentence in everything])
    typer.echo(f"\n{len(everything)} phrases ; durée médiane : {spent:.2f} ms".replace(".", ","))
    for sentence in everything if failures else ():
        for kind, datum in missed(sentence):
            typer.echo(f"manquée ({kind}) : {datum} | {sentence.text}")
        if not sentence.data and find(sentence.text):
            typer.echo(f"à tort : {mask(sentence.text)}")


if __name__ == "__main__":
    typer.run(main)
