"""Sentences that a passage bears out, each beside one like it that it does not, written by hand.

``training/judged/edited.jsonl``: a ``sentence``, its ``label`` on a ``passage`` (« supported »,
« contradicted », « unsaid ») and the ``edits`` of the passage, old words and new, that turn the
label round. ``training/judged/twins.jsonl``: a ``passage``, a sentence that it bears out (``true``)
and its twin with one thing changed (``false``). Passages are named, and read where they are.
``training/judged/crossed.jsonl``: two ``premises`` of made-up law, guidance or news and two
``sentences``, each borne out by the premise of its place and not by the other.

The law that answers are measured on is not among them, nor a passage of the labelled pairs.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embeddings import Encoder
from rag.french import sentence_spans
from rag.loaders import load
from rag.splitter import split
from rag.verification.evidence import LONGEST_NEAREST, MOST_NEAREST
from training.data.corpora import read_articles, read_sections

FOLDER = Path(__file__).parents[1] / "judged"
NOTICES = Path(__file__).parents[2] / "documents"
EDITED, TWINS, CROSSED = "edited.jsonl", "twins.jsonl", "crossed.jsonl"
SUPPORTED, UNSAID, CONTRADICTED = range(3)
LABELS = {"supported": SUPPORTED, "unsaid": UNSAID, "contradicted": CONTRADICTED}
SECTION, PARAGRAPH = "canada", "piaf"
"""What the names of passages of the training data begin with."""

OFFICIAL = (
    "32016R0679/fr.html",
    "loi-78-17/loi-78-17.md",
    "cnil/guide-securite-2023.pdf",
    "cnil/six-etapes.pdf",
    "cnil/cnil-en-bref-2023.pdf",
)
"""The official texts that passages are of."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence to judge on a premise: a few sentences of a passage."""

    premise: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two cases that one thing tells apart: the one is supported, the other is not.

    Attributes:
        label: of the one that is not, ``UNSAID`` or ``CONTRADICTED``.
    """

    supported: Case
    other: Case
    label: int


def read_sentences() -> list[str]:
    """Read every sentence, whatever its label."""
    edited = [line["sentence"] for line in _lines(EDITED)]
    twins = [line[which] for line in _lines(TWINS) for which in ("true", "false")]
    return edited + twins + [one for line in _lines(CROSSED) for one in line["sentences"]]


@dataclass(frozen=True, slots=True)
class Crossed:
    """Two premises alike, and two sentences: each follows from the premise of its place alone."""

    premises: tuple[str, str]
    sentences: tuple[str, str]

    @property
    def contrasts(self) -> tuple[Contrast, ...]:
        """Its four contrasts, of four cases, two of which are supported."""
        (one, other), (of_one, of_other) = self.premises, self.sentences
        supported = (Case(one, of_one), Case(other, of_other))
        others = (Case(one, of_other), Case(other, of_one))
        return tuple(
            Contrast(supported=right, other=wrong, label=CONTRADICTED)
            for right in supported
            for wrong in others
        )


def read_crossed() -> list[Crossed]:
    """Read the crossed pairs."""
    return [Crossed(tuple(line["premises"]), tuple(line["sentences"])) for line in _lines(CROSSED)]


def read_contrasts(data: Path, corpus: Path, encoder: Encoder) -> list[Contrast]:
    """Read the contrasts, their premises cut to the sentences that are nearest.

    Args:
        data: folder of the training data.
        corpus: folder of the official texts.
        encoder: tells which sentences are near.

    Raises:
        KeyError: a passage is not on this machine, or is another than when it was written.
    """
    texts = _Passages(data, corpus)
    edited = [(line, texts[line["passage"]]) for line in _lines(EDITED) if line["edits"]]
    twins = [(line, texts[line["passage"]]) for line in _lines(TWINS)]
    changed = [_edit(text, line["edits"]) for line, text in edited]
    nearest = _Nearest(encoder, [text for _, text in (*edited, *twins)] + changed, read_sentences())
    return [
        *(
            _edited(line, nearest, text, new)
            for (line, text), new in zip(edited, changed, strict=True)
        ),
        *(_twins(line, nearest, text) for line, text in twins),
    ]


def _edited(line: dict[str, Any], nearest: "_Nearest", text: str, new: str) -> Contrast:
    sentence = line["sentence"]
    before, after = set(sentences_of(text)), set(sentences_of(new))
    first = Case(nearest(text, sentence, before - after), sentence)
    second = Case(nearest(new, sentence, after - before), sentence)
    label = LABELS[line["label"]]
    if label == SUPPORTED:
        return Contrast(supported=first, other=second, label=CONTRADICTED)
    return Contrast(supported=second, other=first, label=label)


def _twins(line: dict[str, Any], nearest: "_Nearest", text: str) -> Contrast:
    premise = nearest(text, line["true"], ())
    return Contrast(
        supported=Case(premise, line["true"]),
        other=Case(premise, line["false"]),
        label=CONTRADICTED,
    )


def sentences_of(text: str) -> list[str]:
    """Cut a passage into sentences."""
    found = (text[start:end].strip() for start, end in sentence_spans(text))
    return [sentence for sentence in found if sentence]


class _Nearest:
    """Cuts passages to the sentences that are nearest to one, all read once."""

    def __init__(self, encoder: Encoder, texts: Iterable[str], sentences: Iterable[str]) -> None:
        every = {sentence for text in texts for sentence in sentences_of(text)}
        self._places = {text: place for place, text in enumerate(sorted(every | set(sentences)))}
        self._vectors: NDArray[np.float32] = encoder.encode(list(self._places))

    def __call__(self, text: str, sentence: str, needed: Iterable[str]) -> str:
        """Keep the sentences that are needed, then the nearest while they are not too long."""
        parts = sentences_of(text)
        said = self._vectors[self._places[sentence]]
        nearness = [float(self._vectors[self._places[part]] @ said) for part in parts]
        kept = {place for place, part in enumerate(parts) if part in set(needed)}
        length = sum(len(parts[place]) for place in kept)
        order = sorted(range(len(parts)), key=lambda place: -nearness[place])
        for rank, place in enumerate(order[:MOST_NEAREST]):
            is_short = length + len(parts[place]) <= LONGEST_NEAREST
            if place not in kept and (is_short or not rank):
                kept.add(place)
                length += len(parts[place])
        return "\n".join(parts[place] for place in sorted(kept))


class _Passages:
    """The texts of passages by name, on one line."""

    def __init__(self, data: Path, corpus: Path) -> None:
        self._data, self._corpus = data, corpus

    def __getitem__(self, name: str) -> str:
        kind, _, rest = name.partition(":")
        if kind == SECTION:
            return _on_a_line(_sections(self._data)[int(rest)])
        if kind == PARAGRAPH:
            title, _, number = rest.rpartition(":")
            return _on_a_line(_paragraphs(self._data)[title][int(number)])
        return _on_a_line(_documents(self._corpus)[name])


def _on_a_line(text: str) -> str:
    return " ".join(text.strip().split("\n"))


def _edit(text: str, edits: Sequence[tuple[str, str]]) -> str:
    for old, new in edits:
        if text.count(old) != 1:
            raise KeyError(old)
        text = text.replace(old, new)
    return re.sub(r" {2,}", " ", text)


def _lines(name: str) -> Iterator[dict[str, Any]]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return map(json.loads, text.splitlines())


@cache
def _sections(data: Path) -> list[str]:
    return [section.text for section in read_sections(data)]


@cache
def _paragraphs(data: Path) -> dict[str, list[str]]:
    return dict(read_articles(data))


@cache
def _documents(corpus: Path) -> dict[str, str]:
    """Read every passage of the repository's documents and of the official texts."""
    return _documents_of([*sorted(NOTICES.rglob("*.md")), *(corpus / name for name in OFFICIAL)])


def _documents_of(files: Iterable[Path]) -> dict[str, str]:
    return {passage.id: passage.text for path in files for passage in split(load(path))}
