"""Keep lists as lists: a point with its lead-in, a lead-in with its points.

A lead-in is a sentence that ends with a colon; its points are the lines that follow it in the
passage, or, where the list was too long for one passage, the passages of its points.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, takewhile

from rag.french import is_list_item, sentence_spans
from rag.types import DraftSentence, Hit, Passage

MAX_ITEMS = 8
MAX_LIST_CHARACTERS = 1500
SHORT_LEAD_IN_WORDS = 3
_ROMAN = re.compile(r"[ivx]+")


def with_lists(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """Add to each sentence the lead-in or the points without which it says too little."""
    for sentence in sentences:
        if sentence.text.endswith(":"):
            yield from _before(sentence)
            yield sentence
            yield from _points(sentence)
        elif is_list_item(sentence.text):
            yield from _lead_in(sentence)
            yield sentence
        else:
            yield sentence


def _points(sentence: DraftSentence) -> list[DraftSentence]:
    lines = [line for line in _lines(sentence.hit) if line.start >= sentence.end]
    inside = list(takewhile(lambda line: is_list_item(line.text), lines))
    points = inside or [_whole(sentence.hit, item) for item in sentence.hit.items]
    lengths = accumulate(len(point.text) for point in points)
    fitting = sum(length <= MAX_LIST_CHARACTERS for length in lengths)
    return points[: min(MAX_ITEMS, max(1, fitting))]


def _lead_in(point: DraftSentence) -> list[DraftSentence]:
    """Find the words that introduce a point: never those of a neighbour of its own level."""
    before = [line for line in _lines(point.hit) if line.end <= point.start]
    level = _marker_form(point.text)
    inside = [
        line for line in before if line.text.endswith(":") and _marker_form(line.text) != level
    ]
    if inside:
        return [*_before(inside[-1]), inside[-1]]
    outside = point.hit.lead_in
    return [_whole(point.hit, outside)] if outside else []


def _before(lead_in: DraftSentence) -> list[DraftSentence]:
    """Give the sentence without which a short lead-in (« Toutefois: ») says nothing."""
    if len(lead_in.text.split()) > SHORT_LEAD_IN_WORDS:
        return []
    return [line for line in _lines(lead_in.hit) if line.end <= lead_in.start][-1:]


def _marker_form(text: str) -> str:
    """Give the form of a list item's marker: a figure, a letter, a Roman numeral, a dash."""
    if not is_list_item(text):
        return "none"
    marker = text.partition(" ")[0].strip("()")
    if marker.isdigit():
        return "figure"
    if not marker.isalpha():
        return "dash"
    return "roman" if _ROMAN.fullmatch(marker) else "letter"


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
