"""Read the training texts: aligned French-English pairs and plain French text."""

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LAWS = "canada-laws-fr-en.jsonl.gz"
GLOSSARY = "canada-laws-glossary-en-fr.tsv"
EVERYDAY = "tatoeba-eng-fra.txt.gz"
GDPR = "gdpr-fr-en.jsonl"
WIKIPEDIA = "piaf-v1.1.json"


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A sentence and its translation."""

    french: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpora:
    """What the vocabulary and the alignment learn from; pairs are distinct, in file order."""

    laws: Sequence[Pair]
    everyday: Sequence[Pair]
    gdpr: Sequence[Pair]
    glossary: Sequence[Pair]
    wikipedia: Sequence[str]


def read_corpora(folder: Path) -> Corpora:
    """Read the files of the training data folder.

    Raises:
        FileNotFoundError: A file is missing.
    """
    return Corpora(
        laws=_distinct(_json_pairs(folder / LAWS)),
        everyday=_distinct(_tabbed_pairs(folder / EVERYDAY)),
        gdpr=_distinct(_json_pairs(folder / GDPR)),
        glossary=_distinct(_tabbed_pairs(folder / GLOSSARY)),
        wikipedia=list(_squad_texts(folder / WIKIPEDIA)),
    )


def sample_pairs(pairs: Sequence[Pair], *, count: int, seed: int) -> list[Pair]:
    """Draw up to ``count`` pairs without replacement; the same seed gives the same pairs."""
    if count >= len(pairs):
        return list(pairs)
    return random.Random(seed).sample(pairs, count)  # noqa: S311 - sampling, not cryptography


def _lines(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _json_pairs(path: Path) -> Iterator[Pair]:
    for line in _lines(path):
        record = json.loads(line)
        yield Pair(french=record["fr"], english=record["en"])


def _tabbed_pairs(path: Path) -> Iterator[Pair]:
    for line in _lines(path):
        english, french = line.split("\t")[:2]
        yield Pair(french=french, english=english)


def _squad_texts(path: Path) -> Iterator[str]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            yield paragraph["context"]
            yield from (question["question"] for question in paragraph["qas"])


def _distinct(pairs: Iterable[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))
