"""Read the training texts: aligned French-English pairs and plain French text."""

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAWS = "canada-laws-fr-en.jsonl.gz"
SECTIONS = "canada-laws-note-section-fr.jsonl.gz"
GLOSSARY = "canada-laws-glossary-en-fr.tsv"
EVERYDAY = "tatoeba-eng-fra.txt.gz"
GDPR = "gdpr-fr-en.jsonl"
WIKIPEDIA = "piaf-v1.1.json"
OPTIONAL = {SECTIONS, GLOSSARY, GDPR, WIKIPEDIA}
"""Files without which training goes on with the others."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """A sentence and its translation."""

    french: str
    english: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """A sentence (``kind`` « text ») or a marginal note (« note ») of an act, in file order."""

    act: str
    kind: str
    pair: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelCorpora:
    """The aligned texts as the files give them, for distillation."""

    law: Sequence[LawText]
    everyday: Sequence[Pair]
    gdpr: Sequence[Pair]
    glossary: Sequence[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A marginal note and the section of law it stands beside, in French."""

    act: str
    note: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question by a person, the paragraph that answers it and the title it stands under."""

    question: str
    paragraph: str
    title: str = ""


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
        FileNotFoundError: one that is not ``OPTIONAL`` is missing.
    """
    return Corpora(
        laws=_distinct(_json_pairs(folder / LAWS)),
        everyday=_distinct(_tabbed_pairs(folder / EVERYDAY)),
        gdpr=_distinct(_json_pairs(folder / GDPR)),
        glossary=_distinct(_tabbed_pairs(folder / GLOSSARY)),
        wikipedia=list(_squad_texts(folder / WIKIPEDIA)),
    )


def read_parallel(folder: Path) -> ParallelCorpora:
    """Read the aligned texts of the training data folder.

    Raises:
        FileNotFoundError: one that is not ``OPTIONAL`` is missing.
    """
    return ParallelCorpora(
        law=[
            LawText(act=record["doc"], kind=record["kind"], pair=Pair(record["fr"], record["en"]))
            for record in _json_records(folder / LAWS)
        ],
        everyday=list(_tabbed_pairs(folder / EVERYDAY)),
        gdpr=list(_json_pairs(folder / GDPR)),
        glossary=list(_tabbed_pairs(folder / GLOSSARY)),
    )


def read_sections(folder: Path) -> list[Section]:
    """Read the sections of law with their marginal notes, if there are any."""
    return [
        Section(act=record.get("loi", ""), note=record["note"], text=record["texte"])
        for record in _json_records(folder / SECTIONS)
    ]


def read_questions(folder: Path) -> list[Answered]:
    """Read the questions and the paragraphs that answer them, if there are any."""
    return [
        Answered(
            question=question["question"],
            paragraph=paragraph["context"],
            title=article.get("title", ""),
        )
        for article in _articles(folder / WIKIPEDIA)
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]


def read_articles(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the paragraphs of each article, under its title."""
    for article in _articles(folder / WIKIPEDIA):
        yield article.get("title", ""), [one["context"] for one in article["paragraphs"]]


def sample_pairs(pairs: Sequence[Pair], *, count: int, seed: int) -> list[Pair]:
    """Draw up to ``count`` pairs without replacement; the same seed gives the same pairs."""
    if count >= len(pairs):
        return list(pairs)
    return random.Random(seed).sample(pairs, count)


def _lines(path: Path) -> Iterator[str]:
    if path.name in OPTIONAL and not path.exists():
        return
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def _json_records(path: Path) -> Iterator[dict[str, str]]:
    for line in _lines(path):
        yield json.loads(line)


def _json_pairs(path: Path) -> Iterator[Pair]:
    for record in _json_records(path):
        yield Pair(french=record["fr"], english=record["en"])


def _tabbed_pairs(path: Path) -> Iterator[Pair]:
    for line in _lines(path):
        english, french = line.split("\t")[:2]
        yield Pair(french=french, english=english)


def _articles(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return articles


def _squad_texts(path: Path) -> Iterator[str]:
    for article in _articles(path):
        for paragraph in article["paragraphs"]:
            yield paragraph["context"]
            yield from (question["question"] for question in paragraph["qas"])


def _distinct(pairs: Iterable[Pair]) -> list[Pair]:
    return list(dict.fromkeys(pairs))
