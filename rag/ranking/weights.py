"""What each part of the search weighs: every such number of the program stands here.

``python -m benchmarks.ranking`` fits them on labelled questions and prints what each is worth.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self


class Signal(StrEnum):
    """A way to tell how near a passage is to a question."""

    MEANING = "meaning"
    """Its vector and the question's."""
    WORDS = "words"
    """BM25 over its text under its headings."""
    HEADINGS = "headings"
    """BM25 over the title of its document and its headings alone."""
    TOKENS = "tokens"
    """Its tokens and the question's (``rag.late_interaction``)."""
    UNIT = "unit"
    """The same for the best passages of its article, or of its document."""
    DESCRIBED_MEANING = "described_meaning"
    """The vector of the nearest phrase that describes its unit."""
    DESCRIBED_TOKENS = "described_tokens"
    """The tokens of the nearest phrase."""
    DESCRIBED_WORDS = "described_words"
    """BM25 over the phrases."""
    COVERED = "covered"
    """How near the best passage is that explains it."""
    OFFICIAL = "official"
    """It is the law itself."""
    FACT = "fact"
    """It states a figure of the sort asked for: a date, a duration, a sum."""
    OVERVIEW = "overview"
    """It opens the article, or the text, whose title the question asks about (``rag.titles``)."""
    STEERING = "steering"
    """It is the source, or speaks of the role, that the question names."""
    RERANKER = "reranker"
    """A cross-encoder that reads it with the question, where one is set (``rag.reranking``)."""


OCCASIONAL = frozenset({Signal.FACT, Signal.OVERVIEW, Signal.STEERING, Signal.RERANKER})
"""Signals that weigh only where they are asked: the others keep their shares without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weight of each signal, 0 and up; one that weighs 0 is not computed.

    Attributes:
        usual_words: share of the question written with its usual words in the vector searched.
        expansion: weight of a term that the thesaurus adds to a question, beside its own terms.
        reranker: thrice what the others weigh together. Who sets a reranker wants its order: the
            others tell apart what it ties. A choice, not a fit: none ships to be measured.
    """

    meaning: float = 0.12
    words: float = 0.07
    headings: float = 0.08
    tokens: float = 0.14
    unit: float = 0.08
    described_meaning: float = 0.08
    described_tokens: float = 0.10
    described_words: float = 0.11
    covered: float = 0.05
    official: float = 0.08
    fact: float = 0.10
    overview: float = 0.15
    steering: float = 0.04
    reranker: float = 3.0
    usual_words: float = 0.3
    expansion: float = 0.1

    @classmethod
    def only(cls, **weights: float) -> Self:
        """Search with the parts named alone.

        >>> Weights.only(words=1).meaning
        0.0
        """
        return cls(**{field.name: weights.get(field.name, 0.0) for field in fields(cls)})

    def __getitem__(self, signal: Signal) -> float:
        return float(getattr(self, signal.value))
