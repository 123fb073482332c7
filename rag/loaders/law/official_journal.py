"""Read an act in the PDF of the Official Journal into the shape that the HTML gives.

The PDF says nothing of its structure: titles are centred lines, and points are nested by how
far their words stand from the border. Footnotes are told by their smaller type and left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rag.dates import find_date
from rag.loaders.builder import collapse
from rag.loaders.law.act import Alinea, Division, Item, Node, Title
from rag.loaders.law.legal import Rank
from rag.loaders.law.sequence import CHAPTER, Mark, Piece, assemble
from rag.loaders.pdf.layout import Measure, Paragraph
from rag.loaders.pdf.lines import NOTE, Line

_JOURNAL = re.compile(
    r"Journal officiel\s+de l[’']Union européenne"
    r"|Official Journal\s+of the European Union|JO L|OJ L"
)
_ACT = re.compile(
    r"^(?:R[ÈE]GLEMENT|REGULATION|DIRECTIVE|D[ÉE]CISION|DECISION)\b.*\b(?:19|20)[0-9]{2}\b"
)
_ARTICLE = re.compile(r"^Article\s+(?:premier|[0-9]+[a-z]?)$", re.IGNORECASE)
_ANNEX = re.compile(r"^ANNEXE?(?:\s+[IVXLC]+)?$", re.IGNORECASE)
_FINAL = re.compile(
    r"^(?:(?:Le présent|La présente) \w+ est obligatoire dans tous|Fait à \w+, le "
    r"|This \w+ shall be binding in its|Done at \w+, )"
)
_RECITAL_MARKER = re.compile(r"^(?P<marker>\([0-9]{1,3}\))\s*(?=\S)")
_POINT_MARKER = re.compile(r"^(?P<marker>\(?(?:[0-9]{1,3}[a-z]?|[a-z]{1,5})\))\s+(?=\S)")
_ANNEX_MARKER = re.compile(r"^(?P<marker>[0-9]{1,3}(?:\.[0-9]{1,3})*\.)\s+(?=\S)")
_DASH = re.compile(r"^[—–-]\s*(?=\S)")
_SMALLER = 0.95


def is_official_journal(lines: list[Line]) -> bool:
    """Say whether the first page is that of an act in the Official Journal."""
    first = [line for line in lines if line.page == 1]
    journal = any(_JOURNAL.search(line.text) for line in first) or bool(
        _JOURNAL.search(" ".join(line.text for line in first))
    )
    return journal and any(_ACT.match(line.text) for line in first)


def is_title(line: Line) -> bool:
    """Say whether a line is the number of an article, a chapter or an annex, and nothing else."""
    return any(form.match(line.text) for form in _TITLES.values())


def in_reading_order(lines: list[Line], *, measure: Measure) -> list[Line]:
    """Sort the lines of each page downwards, without footnotes nor what is above the title."""
    ordered = sorted(lines, key=lambda line: (line.page, -round(line.baseline), line.left))
    start = next((i for i, line in enumerate(ordered) if _ACT.match(line.text)), 0)
    return list(_without_notes(ordered[start:], size=_SMALLER * measure.size))


def _without_notes(lines: list[Line], *, size: float) -> Iterator[Line]:
    """Drop footnotes: from a line that begins with a mark to the next line in larger type."""
    in_note = False
    for line in lines:
        in_note = line.size < size and (in_note or line.text.startswith(NOTE))
        if not in_note:
            yield line


def publication_date(lines: list[Line]) -> date | None:
    """Read the date in the header of the first page."""
    headers = [line.text for line in lines if line.page == 1 and line.share > 0.88]
    return find_date(" ".join(headers))


def title_lines(paragraphs: list[Paragraph]) -> list[str]:
    """Give the lines of the act's title: the centred paragraphs at the top."""
    titles: list[str] = []
    for paragraph in paragraphs:
        if not paragraph.is_centred:
            break
        titles.append(collapse(paragraph.text))
    return titles


def divisions(paragraphs: list[Paragraph], *, language: str) -> tuple[Division, ...]:
    """Read the parts of the act in order."""
    return assemble(_pieces(paragraphs), language=language)


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[Piece]:
    """Tell titles from body; the body between two titles is nested as one."""
    body: list[Paragraph] = []
    last = Mark.BODY
    in_annex = False
    for paragraph in paragraphs:
        if paragraph.is_note:
            continue
        mark = _mark(paragraph, last=last, in_annex=in_annex)
        if mark is Mark.BODY:
            body.append(paragraph)
        else:
            yield from _body(body, in_annex=in_annex)
            body = [paragraph] if mark is Mark.FINAL else []
            yield from _title(paragraph, mark=mark)
        in_annex = in_annex or mark is Mark.ANNEX
        last = mark
    yield from _body(body, in_annex=in_annex)


def _mark(paragraph: Paragraph, *, last: Mark, in_annex: bool) -> Mark:
    text = paragraph.text
    if _FINAL.match(text) and not in_annex:
        return Mark.FINAL
    if last in _NAMES and _is_name(paragraph):
        return _NAMES[last]
    if in_annex and _is_numbered_title(paragraph):
        return Mark.SECTION
    if not paragraph.is_centred or not paragraph.is_symmetric:
        return Mark.BODY
    if in_annex and CHAPTER.match(text):
        return Mark.SECTION_NUMBER
    for mark, form in _TITLES.items():
        if form.match(text) and not (in_annex and mark is not Mark.ANNEX):
            return mark
    return Mark.SECTION if in_annex and _is_section(paragraph) else Mark.BODY


def _is_name(paragraph: Paragraph) -> bool:
    """Say whether the paragraph below a number names it: symmetric lines, no final stop."""
    is_body = paragraph.text.endswith((".", ":", ";", ",")) or _POINT_MARKER.match(paragraph.text)
    is_number = any(form.match(paragraph.text) for form in _TITLES.values())
    return paragraph.is_symmetric and not is_body and not is_number


def _is_numbered_title(paragraph: Paragraph) -> bool:
    """Tell « 3. Système de gestion de la qualité » from a point, which ends with a stop."""
    numbered = paragraph.has_one_line and _ANNEX_MARKER.match(paragraph.text)
    return bool(numbered) and not paragraph.text.endswith((".", ";", ":", ","))


def _is_section(paragraph: Paragraph) -> bool:
    """Tell the title of a section of an annex from a point that looks centred by chance."""
    return not _POINT_MARKER.match(paragraph.text) and not paragraph.text.endswith((".", ";"))


_TITLES = {Mark.ARTICLE: _ARTICLE, Mark.CHAPTER: CHAPTER, Mark.ANNEX: _ANNEX}
_NAMES = {
    Mark.ARTICLE: Mark.ARTICLE_NAME,
    Mark.CHAPTER: Mark.CHAPTER_NAME,
    Mark.ANNEX: Mark.ANNEX_NAME,
    Mark.SECTION_NUMBER: Mark.SECTION,
}


def _title(paragraph: Paragraph, *, mark: Mark) -> Iterator[Piece]:
    text = collapse(paragraph.text)
    if mark in (Mark.SECTION, Mark.SECTION_NUMBER):
        yield Piece(mark=Mark.BODY, node=Title(text=text))
    elif mark is not Mark.FINAL:
        yield Piece(mark=mark, text=text)


def _body(paragraphs: list[Paragraph], *, in_annex: bool) -> Iterator[Piece]:
    is_final = bool(paragraphs) and not in_annex and bool(_FINAL.match(paragraphs[0].text))
    mark = Mark.FINAL if is_final else Mark.BODY
    for node in nest(paragraphs, in_annex=in_annex):
        yield Piece(mark=mark, node=node)


@dataclass(slots=True)
class _Point:
    """A point that is open, and where its words begin."""

    marker: str
    left: float
    text_left: float
    content: list[Node] = field(default_factory=list)


def nest(paragraphs: Iterable[Paragraph], *, in_annex: bool) -> list[Node]:
    """Nest points by where their words begin; a paragraph without a number goes by its border."""
    top = _Point("", left=float("-inf"), text_left=float("-inf"))
    stack = [top]
    for paragraph in paragraphs:
        marker, text = _split_marker(paragraph.text, in_annex=in_annex)
        while _is_outside(stack[-1], paragraph, is_point=bool(marker)):
            _close(stack)
        if marker:
            stack.append(_Point(marker, left=paragraph.left, text_left=paragraph.text_left))
        stack[-1].content.append(Alinea(text=text, tight=bool(_DASH.match(text))))
    while len(stack) > 1:
        _close(stack)
    return top.content


def _is_outside(point: _Point, paragraph: Paragraph, *, is_point: bool) -> bool:
    """Say whether a paragraph stands too far to the left to lie inside a point."""
    if is_point:
        return point.text_left > paragraph.text_left - 3 or point.left > paragraph.left - 3
    return point.text_left > paragraph.left + 3


def _close(stack: list[_Point]) -> None:
    point = stack.pop()
    item = Item(rank=Rank.POINT, marker=point.marker, content=tuple(point.content))
    stack[-1].content.append(item)


def _split_marker(text: str, *, in_annex: bool) -> tuple[str, str]:
    """Part the number of a point from its words; a numbered paragraph of an article keeps it."""
    forms = [_RECITAL_MARKER, _POINT_MARKER] + ([_ANNEX_MARKER] if in_annex else [])
    for form in forms:
        if match := form.match(text):
            return match["marker"], collapse(text[match.end() :])
    return "", collapse(_DASH.sub("— ", text, count=1))
