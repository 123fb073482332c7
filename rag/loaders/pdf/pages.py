"""Read an ordinary PDF: sections by its outline where it has one, else a unit a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pypdfium2

from rag.loaders.builder import LINE, PARAGRAPH, TextBuilder, collapse
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, default_title, loaded
from rag.loaders.pdf.layout import (
    Paragraph,
    body_lines,
    locate_pages,
    measure,
    paragraphs,
    split_notes,
)
from rag.loaders.pdf.library import PDFIUM
from rag.loaders.pdf.lines import Line
from rag.loaders.sections import Block, add_sections
from rag.types import Kind, Metadata, Page

_FILE_NAME = re.compile(r"\.(?:docx?|pdf|xml|indd|pptx?|html?)$|^(?:Microsoft|untitled|sans titre)")
_SENTENCE_END = re.compile(r"[.!?…][»”)\"’]*\s+(?=[«“(\"]?\s?[A-ZÀ-ÖØ-Þ0-9])")
_LIST_MARK = re.compile(r"^[-–—•▪►■]\s*")
_FEWEST_SECTIONS = 3


def load_pages(document: pypdfium2.PdfDocument, *, lines: list[Line], path: Path) -> Loaded:
    """Load a PDF: a section for each entry of its outline found in the text, else pages."""
    kept = body_lines(lines)
    layout = measure(kept)
    main, notes = split_notes(kept, size=layout.size)
    note_paragraphs = [
        paragraph
        for _, page_notes in groupby(notes, key=lambda line: line.page)
        for paragraph in paragraphs(list(page_notes), measure=layout)
    ]
    joined = _with_notes(paragraphs(main, measure=layout), notes=note_paragraphs)
    language = detect(" ".join(paragraph.text for paragraph in joined))
    builder = TextBuilder()
    sections = _sections(joined, outline=_outline(document))
    if sections:
        add_sections(sections, builder=builder, language=language)
        pages = locate_pages(builder.text, kept)
    else:
        pages = _add_pages(joined, builder=builder)
    metadata = _metadata(document, path=path, language=language)
    return loaded(builder, metadata=metadata, pages=pages)


def _with_notes(joined: list[Paragraph], *, notes: list[Paragraph]) -> list[Paragraph]:
    """Put the notes of a page at its end, before a paragraph that runs on to the next page."""
    merged = list(joined)
    for note in reversed(notes):
        before = [i for i, paragraph in enumerate(merged) if paragraph.page <= note.page]
        at = before[-1] + 1 if before else 0
        if before and merged[before[-1]].breaks:
            at = before[-1]
        merged.insert(at, note)
    return merged


def _metadata(document: pypdfium2.PdfDocument, *, path: Path, language: str) -> Metadata:
    """Read the properties of the file; a title that is a file's name is none."""
    with PDFIUM:
        properties = document.get_metadata_dict(skip_empty=True)
    title = collapse(properties.get("Title", ""))
    return Metadata(
        id=default_id(path),
        title=default_title(path) if not title or _FILE_NAME.search(title) else title,
        kind=Kind.GUIDE,
        publisher=collapse(properties.get("Author", "")),
        language=language,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry of the outline: its title without spaces nor case, its page, its level from 1."""

    title: str
    page: int
    level: int


def _outline(document: pypdfium2.PdfDocument) -> list[_Entry]:
    with PDFIUM:
        return list(_entries(document))


def _entries(document: pypdfium2.PdfDocument) -> Iterator[_Entry]:
    for bookmark in document.get_toc(max_depth=6):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        if page is not None:
            title = _plain(bookmark.get_title())
            yield _Entry(title=title, page=page + 1, level=bookmark.level + 1)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _sections(joined: list[Paragraph], *, outline: list[_Entry]) -> list[Block]:
    """Make headings of the paragraphs that the outline names; empty when most are not found."""
    entries = {(entry.page, entry.title): entry.level for entry in outline if entry.title}
    blocks = [
        Block(
            text=paragraph.text,
            level=entries.get((paragraph.page, _plain(paragraph.text)), 0),
            tight=bool(_LIST_MARK.match(paragraph.text)),
        )
        for paragraph in joined
    ]
    found = sum(block.level > 0 for block in blocks)
    return blocks if found >= _FEWEST_SECTIONS and found * 2 >= len(entries) else []


def _add_pages(joined: list[Paragraph], *, builder: TextBuilder) -> tuple[Page, ...]:
    """Append a unit a page; a sentence that crosses a page's end stays in the earlier one."""
    starts: dict[int, int] = {}
    current = 0
    for paragraph in joined:
        for piece in _pieces(paragraph):
            if piece.page > current:
                if current:
                    builder.close()
                current = piece.page
                builder.open(f"page-{current}", label=f"page {current}")
            start = builder.block(piece.text, separator=piece.separator)
            if start is not None:
                starts.setdefault(piece.page, start)
                starts.update({page: start + at for at, page in piece.breaks})
    if current:
        builder.close()
    return tuple(Page(number=number, start=start) for number, start in sorted(starts.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _PagePiece:
    """Text of one page's unit; ``breaks`` are the offsets in it where later pages begin."""

    page: int
    text: str
    separator: str
    breaks: tuple[tuple[int, int], ...] = ()


def _pieces(paragraph: Paragraph) -> Iterator[_PagePiece]:
    """Cut a paragraph over several pages at the first sentence that begins on each."""
    page, position = paragraph.page, 0
    separator = LINE if _LIST_MARK.match(paragraph.text) else PARAGRAPH
    breaks: list[tuple[int, int]] = []
    for at, number in paragraph.breaks:
        breaks.append((at - position, number))
        end = _SENTENCE_END.search(paragraph.text, max(position, at - 2))
        if end:
            text = paragraph.text[position : end.start() + len(end.group().rstrip())]
            yield _PagePiece(page=page, text=text, separator=separator, breaks=tuple(breaks))
            page, position, separator, breaks = number, end.end(), " ", []
    text = paragraph.text[position:]
    yield _PagePiece(page=page, text=text, separator=separator, breaks=tuple(breaks))
