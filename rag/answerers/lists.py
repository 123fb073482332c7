"""Keep lists as lists: a point with its lead-in, a lead-in with its points.

A lead-in is a sentence that ends with a colon; its points are the lines that follow it in the
passage, or, where the list was too long for one passage, the passages of its points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from rag.french import is_list_item, sentence_spans
from rag.types import DraftSentence, Hit, Passage

MAX_ITEMS = 8
MAX_LIST_CHARACTERS = 1500


def with_lists(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """Add to each sentence the lead-in or the points without which it says too little."""
    for sentence in sentences:
        if sentence.text.endswith(":"):
            yield sentence
            yield from _points(sentence)
        elif is_list_item(sentence.text):
            yield from _lead_in(sentence)
            yield sentence
        else:
            yield sentence


def _points(sentence: DraftSentence) -> list[DraftSentence]:
    following = [line for line in _lines(sentence.hit) if line.start >= sentence.end]
    points = following or [_whole(sentence.hit, item) for item in sentence.hit.items]
    lengths = accumulate(len(point.text) for point in points)
    fitting = sum(length <= MAX_LIST_CHARACTERS for length in lengths)
    return points[: min(MAX_ITEMS, max(1, fitting))]


def _lead_in(sentence: DraftSentence) -> list[DraftSentence]:
    before = [line for line in _lines(sentence.hit) if line.end <= sentence.start]
    inside = [line for line in before if line.text.endswith(":")]
    if inside:
        return inside[-1:]
    outside = sentence.hit.lead_in
    return [_whole(sentence.hit, outside)] if outside else []


def _lines(hit: Hit) -> list[DraftSentence]:
    passage = hit.passage
    return [
        DraftSentence(
            text=passage.text[start:end],
            hit=hit,
            start=passage.start + start,
            end=passage.start + end,
        )
        for start, end in sentence_spans(passage.text)
    ]


def _whole(hit: Hit, passage: Passage) -> DraftSentence:
    """Quote another passage of the same version, whole."""
    return DraftSentence(
        text=passage.text,
        hit=replace(hit, passage=passage),
        start=passage.start,
        end=passage.end,
    )
