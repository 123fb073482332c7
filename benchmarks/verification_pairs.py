"""Sentences and the passages they cite, labelled by hand: what a verifier is fitted and judged on.

Two files of ``benchmarks/verification/``, ``fit`` and ``held-out``, with no passage in common.
``held-out`` was written last, by others, and no sentence of it was read while rules were written;
nor does the judge of entailment learn from its passages (``training/judged``). The bases from
``V-601`` on, in ``fit``, were written apart from the others and freely worded, since true sentences
of ``held-out`` were struck more often than those of ``fit``; of them, the 185 on which the program
disagreed the most and 40 more were labelled again without their labels: four were doubtful, and
left out.

One JSON object a line: ``id`` (``V-012-date``: the base, then the kind), ``passages`` (ids of
passages as a search would return them), ``cited`` (the numbers, from 1, that the sentence cites;
one may be the number of no passage), ``sentence``, ``label``, ``kind`` and ``note`` (what was
changed).

``supported``: a jurist would sign the sentence on the cited passages alone. ``contradicted``: one
thing in such a sentence was changed, and the cited passages say otherwise. ``unrelated``: no cited
passage says it (a wrong citation, an invention, another subject). The law is that of the passages:
the official texts of the corpus are those of 2024, the notices follow the amendment of 2026.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.quality import SHARED
from rag.loaders import load
from rag.messages import typographic
from rag.splitter import split
from rag.types import Passage

FOLDER = Path(__file__).parent / "verification"
FIT, HELD_OUT = "fit", "held-out"
SUPPORTED = "supported"
LABELS = (SUPPORTED, "contradicted", "unrelated")
NOTICES = Path(__file__).parents[1] / "documents"
OFFICIAL_FILE = "fr.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence, the passages it was given, and whether those it cites support it.

    Attributes:
        lead_ins: of each passage that is a point of a list, the one that introduces it.
    """

    id: str
    passages: tuple[Passage, ...]
    lead_ins: tuple[Passage | None, ...]
    cited: tuple[int, ...]
    sentence: str
    is_supported: bool
    kind: str

    @property
    def base(self) -> str:
        """Name the group of pairs written from the same passages (``V-012``)."""
        return base_of(self.id)


@dataclass(frozen=True, slots=True)
class PairSet:
    """The pairs of a file whose documents are on this machine, and words on the others."""

    name: str
    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]


def read_lines(name: str, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Read the lines of a file as they are, whatever documents are on this machine."""
    text = (folder / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def load_pairs(name: str, corpus: Path = SHARED / "corpus") -> PairSet:
    """Read the pairs of a file with the texts of their passages.

    Args:
        name: ``fit`` or ``held-out``.
        corpus: folder of the official texts; pairs on texts that it lacks are left out and told.

    Raises:
        KeyError: a document that is here has no such passage.
    """
    absent: Counter[str] = Counter()
    pairs = []
    for line in read_lines(name):
        lacking = {one for one in _documents(line) if _file(one, corpus) is None}
        absent.update(lacking)
        if not lacking:
            pairs.append(_pair(line, corpus))
    return PairSet(name, tuple(pairs), tuple(_missing(absent)))


def base_of(pair_id: str) -> str:
    """Give the base of an id.

    >>> base_of("V-012-date-2")
    'V-012'
    """
    return "-".join(pair_id.split("-")[:2])


def _pair(line: dict[str, Any], corpus: Path) -> Pair:
    return Pair(
        id=line["id"],
        passages=tuple(_passage(key, corpus) for key in line["passages"]),
        lead_ins=tuple(_lead_in(key, corpus) for key in line["passages"]),
        cited=tuple(line["cited"]),
        sentence=line["sentence"],
        is_supported=line["label"] == SUPPORTED,
        kind=line["kind"],
    )


def _documents(line: dict[str, Any]) -> list[str]:
    return [key.partition("#")[0] for key in line["passages"]]


def _missing(absent: Counter[str]) -> Iterator[str]:
    for document, count in sorted(absent.items()):
        yield typographic(f"Absent de cette machine : {document}, donc {count} paires laissées.")


def _passage(key: str, corpus: Path) -> Passage:
    path = _file(key.partition("#")[0], corpus)
    if path is None:
        raise KeyError(key)
    return _passages(path)[key]


def _lead_in(key: str, corpus: Path) -> Passage | None:
    """Find what introduces a passage, as a search gives it with a point of a list."""
    path = _file(key.partition("#")[0], corpus)
    parent = _passages(path).get(key.rpartition(".")[0]) if path is not None else None
    return parent if parent is not None and parent.text.endswith(":") else None


def _file(document: str, corpus: Path) -> Path | None:
    """Find the file of a document: a notice, by its name, or an official text of the corpus."""
    official = corpus / document / OFFICIAL_FILE
    return _notices().get(document) or (official if official.is_file() else None)


@cache
def _notices() -> dict[str, Path]:
    """Map the ids of the repository's notices to their files."""
    return {load(path).id: path for path in NOTICES.rglob("*.md")}


@cache
def _passages(path: Path) -> dict[str, Passage]:
    return {passage.id: passage for passage in split(load(path))}
