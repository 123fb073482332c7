"""Cut a document into passages: by named unit first, by size second.

A passage never crosses a unit that has a name of its own. A paragraph of law is one passage; one
that is too long gives a passage per point, each read by the retriever with the sentence that
introduces it, and a text without points is cut at sentence ends. Offsets always refer to the
document's text, so that every passage is a verbatim part of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.french import Span, is_list_item, sentence_spans
from rag.types import Document, Passage, Unit

MAX_CHARACTERS = 1200
"""Longest passage, in characters, before a unit is cut: about 200 French words."""

HEADINGS_READ = 3
MAX_CONTEXT_CHARACTERS = 300
INTRODUCTION_CHARACTERS = 200
WHOLE_TEXT = "texte"


def split(document: Document, *, max_characters: int = MAX_CHARACTERS) -> list[Passage]:
    """Cut a document into passages, in reading order.

    Args:
        document: a loaded document; text outside its units (headings, cover) gives no passage.
        max_characters: longest passage; only a single longer sentence exceeds it.

    Returns:
        Passages with ids unique in the document.
    """
    tree = _UnitTree(document)
    passages = [
        _passage(document, piece)
        for unit in tree.children(None)
        for piece in _pieces(tree, unit, introduction="", limit=max_characters)
    ]
    return _number(passages)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span of a unit that becomes a passage, and the words that introduce it."""

    unit: Unit
    span: Span
    introduction: str


class _UnitTree:
    """The units of a document by parent; a document without units is one unit."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._children: dict[str | None, list[Unit]] = defaultdict(list)
        for unit in document.units or (_whole(document),):
            self._children[unit.parent].append(unit)

    def children(self, anchor: str | None) -> list[Unit]:
        return self._children.get(anchor, [])

    def is_point(self, unit: Unit) -> bool:
        return is_list_item(self.text[unit.start : unit.end])


def _whole(document: Document) -> Unit:
    return Unit(anchor=WHOLE_TEXT, label="texte", start=0, end=len(document.text))


def _pieces(tree: _UnitTree, unit: Unit, *, introduction: str, limit: int) -> Iterator[_Piece]:
    children = tree.children(unit.anchor)
    fits = unit.end - unit.start <= limit
    if not children or (fits and all(map(tree.is_point, children))):
        yield from _cut(tree, unit, Span(unit.start, unit.end), introduction, limit)
        return
    own = _introduction(
        tree.text[unit.start : _end_before_headings(tree.text, unit.start, children[0])]
    )
    position = unit.start
    for child in children:
        gap = Span(position, _end_before_headings(tree.text, position, child))
        yield from _cut(tree, unit, gap, introduction, limit)
        yield from _pieces(tree, child, introduction=own or introduction, limit=limit)
        position = child.end
    yield from _cut(tree, unit, Span(position, unit.end), introduction, limit)


def _end_before_headings(text: str, start: int, child: Unit) -> int:
    """Leave out the heading lines of a child, which stand between it and what comes before."""
    end = child.start
    while (line := text[start:end].rstrip().rpartition("\n")[2].strip()) in child.headings:
        end = text.rindex(line, start, end)
    return end


def _introduction(text: str) -> str:
    """Keep the end of a lead-in (« …lorsque les conditions suivantes sont remplies: »)."""
    text = " ".join(text.split())
    if len(text) <= INTRODUCTION_CHARACTERS:
        return text
    return "…" + text[-INTRODUCTION_CHARACTERS:].partition(" ")[2]


def _cut(
    tree: _UnitTree, unit: Unit, span: Span, introduction: str, limit: int
) -> Iterator[_Piece]:
    """Cut a span at sentence ends into pieces of about equal length, none over the limit."""
    sentences = sentence_spans(tree.text, start=span.start, end=span.end)
    if not sentences:
        return
    total = sentences[-1].end - sentences[0].start
    target = total / -(-total // limit)
    first = sentences[0].start
    for current, following in zip(sentences, [*sentences[1:], None], strict=True):
        if following is None or following.end - first > limit or current.end - first >= target:
            yield _Piece(unit, Span(first, current.end), introduction)
            first = following.start if following else current.end


def _passage(document: Document, piece: _Piece) -> Passage:
    unit, (start, end) = piece.unit, piece.span
    return Passage(
        id=f"{document.id}#{unit.anchor}",
        document=document.id,
        anchor=unit.anchor,
        label=unit.label,
        headings=unit.headings,
        start=start,
        end=end,
        text=document.text[start:end],
        context=_context(document, piece),
        page=_page(document, start),
        published=unit.published,
    )


def _context(document: Document, piece: _Piece) -> str:
    """Join the heading path and the lead-in: what the passage is about, innermost last."""
    path = piece.unit.headings or (document.metadata.title,)
    context = " — ".join(path[-HEADINGS_READ:])[-MAX_CONTEXT_CHARACTERS:]
    return f"{context}\n{piece.introduction}" if piece.introduction else context


def _page(document: Document, start: int) -> int | None:
    numbers = [page.number for page in document.pages if page.start <= start]
    return numbers[-1] if numbers else None


def _number(passages: list[Passage]) -> list[Passage]:
    """Tell apart the passages of one unit: ``x``, ``x~2`` and so on."""
    seen: dict[str, int] = defaultdict(int)
    numbered = []
    for passage in passages:
        seen[passage.id] += 1
        count = seen[passage.id]
        numbered.append(replace(passage, id=f"{passage.id}~{count}") if count > 1 else passage)
    return numbered
