"""Tell what is the text of a PDF and what is set around it; join lines into paragraphs."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from rag.loaders.builder import collapse
from rag.loaders.pdf.lines import BROKEN, NOTE, Line, Speller, speller
from rag.types import Page

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[0-9]{1,4}(?:\s*(?:/|sur|of)\s*[0-9]{1,4})?", re.IGNORECASE)
_MARGIN = 0.09
_FEWEST_REPEATS = 3
_BULLET = re.compile(r"(?:[-–—•▪►■*]|\(?[a-z]{1,4}\)|\(?[0-9]{1,3}[.)])\s")
_ENDS = (".", "!", "?", ":", ";", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together, joined.

    Attributes:
        page: where it begins; ``breaks``: the offsets in its text where later pages begin.
        left: the border of its first line; ``text_left``: that of the words after its number.
        is_centred: its last line is in the middle, away from the borders.
        is_symmetric: every line is as far from one border as from the other.
        is_note: it begins with the mark of a footnote.
    """

    text: str
    page: int
    breaks: tuple[tuple[int, int], ...]
    left: float
    text_left: float
    is_centred: bool
    is_symmetric: bool
    has_one_line: bool
    is_note: bool


def split_notes(lines: list[Line], *, size: float) -> tuple[list[Line], list[Line]]:
    """Part the lines in type smaller than ``size`` at the bottom of pages from the others."""
    floor: dict[int, float] = {}
    for line in lines:
        if line.size > _NOTE_SIZE * size or line.share > _NOTE_SHARE:
            floor[line.page] = min(floor.get(line.page, 1.0), line.share)
    notes = [line for line in lines if line.share < floor.get(line.page, 0.0)]
    return [line for line in lines if line.share >= floor.get(line.page, 0.0)], notes


_NOTE_SIZE = 0.88
_NOTE_SHARE = 0.35


Test: TypeAlias = Callable[[Line], bool]


def body_lines(lines: list[Line], *, keep: Test = lambda line: False) -> list[Line]:
    """Drop page numbers, and the headers and footers that three pages or more repeat.

    ``keep`` names the titles that may stand at the top of many pages.
    """
    repeats = Counter(key for _, key in {(line.page, _running_key(line)) for line in lines} if key)
    return [line for line in lines if keep(line) or not _is_running(line, repeats)]


def _running_key(line: Line) -> str:
    """Give what a header or footer has in common from page to page; empty in the body."""
    if _MARGIN < line.share < 1 - _MARGIN:
        return ""
    side = "top" if line.share > 0.5 else "bottom"
    return f"{side} {re.sub('[0-9]+', '#', line.text)}"


def _is_running(line: Line, repeats: Counter[str]) -> bool:
    key = _running_key(line)
    is_number = bool(key) and bool(_PAGE_NUMBER.fullmatch(line.text))
    return is_number or repeats[key] >= _FEWEST_REPEATS


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a document is set: the borders of its text, its line spacing, its body size."""

    left: float
    right: float
    leading: float
    size: float


def measure(lines: list[Line]) -> Measure:
    """Measure a document: its most frequent size and spacing, its outermost frequent borders."""
    sizes: Counter[float] = Counter()
    lefts: Counter[float] = Counter()
    rights: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
        lefts[round(line.left)] += 1
        rights[round(line.right)] += 1
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    return Measure(
        left=min(_frequent(lefts), default=0.0),
        right=max(_frequent(rights), default=0.0),
        leading=min(_frequent(_gaps(lines), share=0.15), default=size),
        size=size,
    )


def _gaps(lines: list[Line]) -> Counter[float]:
    """Count the distances from line to line, to half a point."""
    return Counter(
        round(2 * (before.baseline - line.baseline)) / 2
        for before, line in pairwise(lines)
        if before.page == line.page
        and 0.9 * line.size < before.baseline - line.baseline < 3 * line.size
    )


def _frequent(counts: Counter[float], *, share: float = 0.05) -> list[float]:
    """Give the values that at least this share of the lines has."""
    return [value for value, count in counts.items() if count >= share * counts.total()]


def paragraphs(
    lines: list[Line], *, measure: Measure, alone: Test = lambda line: False
) -> list[Paragraph]:
    """Join lines into paragraphs, over the ends of pages and columns too.

    ``alone`` names the lines that are each a paragraph of their own.
    """
    groups: list[list[Line]] = []
    for line in lines:
        apart = alone(line) or (groups and alone(groups[-1][0]))
        if groups and not apart and not _begins(line, group=groups[-1], measure=measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    spelling = speller(lines)
    return [_paragraph(group, measure=measure, speller=spelling) for group in groups]


def _begins(line: Line, *, group: list[Line], measure: Measure) -> bool:
    """Say whether a line begins a paragraph after those of ``group``."""
    before = group[-1]
    if abs(line.size - before.size) > 0.12 * before.size:
        return True
    gap = before.baseline - line.baseline
    if before.page == line.page and gap > -0.5 * line.size:
        wide = 1.25 * measure.leading * max(1.0, line.size / (measure.size or line.size))
        listed = bool(_BULLET.match(line.text)) and before.text.endswith((".", ";", ":"))
        return gap > wide or listed
    return _begins_after_break(line, group=group, measure=measure)


def _begins_after_break(line: Line, *, group: list[Line], measure: Measure) -> bool:
    """Say whether the first line of a page or column begins a paragraph."""
    before = group[-1]
    if is_centred(line, measure=measure) != is_centred(before, measure=measure):
        return True
    if _BULLET.match(line.text) and line.left < before.left - 3:
        return True
    if before.text.endswith(_ENDS):
        return not line.text[:1].islower() or bool(_BULLET.match(line.text))
    if before.text.endswith((",", " et", " ou", " and", " or")) and _BULLET.match(line.text):
        return line.left < group[0].text_left - 1
    widest = max(measure.right if len(group) == 1 else 0, *(each.right for each in group))
    is_short = before.right < widest - 2 * before.size
    return is_short and not line.text[:1].islower()


def is_centred(line: Line, *, measure: Measure) -> bool:
    """Say whether a line stands in the middle, away from both borders."""
    away = line.left - measure.left > 3 and measure.right - line.right > 3
    return away and _is_symmetric(line, measure=measure)


def _is_symmetric(line: Line, *, measure: Measure) -> bool:
    return abs((line.left - measure.left) - (measure.right - line.right)) < 8


def _paragraph(group: list[Line], *, measure: Measure, speller: Speller) -> Paragraph:
    first, last = group[0], group[-1]
    text, breaks = first.text.replace(NOTE, ""), []
    for before, line in pairwise(group):
        joined = speller.join(text, line.text.replace(NOTE, ""))
        if line.page != before.page:
            breaks.append((len(joined) - len(line.text.replace(NOTE, "")), line.page))
        text = joined
    return Paragraph(
        text=text.replace(BROKEN, "-"),
        page=first.page,
        breaks=tuple(breaks),
        left=first.left,
        text_left=first.text_left,
        is_centred=is_centred(last, measure=measure),
        is_symmetric=all(_is_symmetric(line, measure=measure) for line in group),
        has_one_line=len(group) == 1,
        is_note=first.text.startswith(NOTE),
    )


def locate_pages(text: str, lines: Iterable[Line]) -> tuple[Page, ...]:
    """Find where each page begins in the text: at the first of its lines found after the last.

    A page all of whose lines were left out (a cover, notes) has no entry.
    """
    pages: list[Page] = []
    position = 0
    for line in lines:
        if pages and pages[-1].number == line.page:
            continue
        found = text.find(_snippet(line.text), position)
        if _snippet(line.text) and 0 <= found < position + _PAGE_REACH:
            pages.append(Page(number=line.page, start=_block_start(text, found)))
            position = found + 1
    return tuple(pages)


_PAGE_REACH = 20_000


def _snippet(text: str) -> str:
    """Give the words of a line that the text must hold, without its number or notes."""
    words = _BULLET.sub("", re.sub(r"^\([0-9]+\)", "", text), count=1)
    longest = max(re.split(rf"{NOTE}|{BROKEN}", words), key=len)
    return collapse(longest) if len(collapse(longest)) > 3 else ""


def _block_start(text: str, found: int) -> int:
    """Go back over the number that stands before the words found."""
    start = text.rfind("\n", 0, found) + 1
    return start if found - start <= 8 else found
