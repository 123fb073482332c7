"""The passages that a language model is given: the best ones that fit, each under a number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rag.french import Span, sentence_spans
from rag.types import Hit, Passage

MOST_SOURCES = 8
LEAST_TOKENS = 60
"""A passage that would be trimmed to less is left out: what is left of it would mislead."""

CountTokens: TypeAlias = Callable[["Source"], int]
"""Estimates the tokens of a source, the marks around it included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage under its number, with what introduces it and the points that it introduces.

    Attributes:
        number: from 1, in the order of relevance.
        hits: the passage, then those of its points; spans are cited from these.
        end: how many characters of the first passage are given.
    """

    number: int
    hits: tuple[Hit, ...]
    end: int

    @property
    def name(self) -> str:
        """The title of its document and the name of its unit."""
        hit = self.hits[0]
        parts = (hit.metadata.title, hit.passage.label, *hit.passage.headings[-1:])
        return ", ".join(dict.fromkeys(part for part in parts if part))

    @property
    def text(self) -> str:
        """What the model reads."""
        first, *points = self.hits
        lead_in = [first.lead_in.text] if first.lead_in else []
        given = first.passage.text[: self.end]
        return "\n".join((*lead_in, given, *(point.passage.text for point in points)))


def choose_sources(hits: Iterable[Hit], count: CountTokens, *, most_tokens: int) -> list[Source]:
    """Choose passages, best first, as many as fit; the last is trimmed at the end of a sentence.

    Args:
        hits: what may be quoted, best first.
        count: estimates the tokens of a source.
        most_tokens: what all of them may take.
    """
    chosen: list[Source] = []
    left = most_tokens
    for hit in hits:
        if len(chosen) == MOST_SOURCES or left < LEAST_TOKENS:
            break
        source = _fitting(hit, len(chosen) + 1, count, left)
        if source is not None:
            chosen.append(source)
            left -= count(source)
    return chosen


def _fitting(hit: Hit, number: int, count: CountTokens, left: int) -> Source | None:
    """Give as much of a passage as fits: its points first go, then its last sentences."""
    for source in _ever_shorter(hit, number):
        needed = count(source)
        if needed <= left:
            whole = source.end == len(hit.passage.text)
            return source if whole or needed >= LEAST_TOKENS else None
    return None


def _ever_shorter(hit: Hit, number: int) -> Iterator[Source]:
    end = len(hit.passage.text)
    for kept in range(len(hit.items), -1, -1):
        points = (_point(hit, item) for item in hit.items[:kept])
        yield Source(number=number, hits=(hit, *points), end=end)
    for span in reversed(_sentences(hit.passage)[:-1]):
        yield Source(number=number, hits=(hit,), end=span.end)


def _point(hit: Hit, item: Passage) -> Hit:
    return replace(hit, passage=item, lead_in=None, items=())


def _sentences(passage: Passage) -> Sequence[Span]:
    return sentence_spans(passage.text)
