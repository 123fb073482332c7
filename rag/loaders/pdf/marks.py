"""Find a quote on a page of a PDF, whose lines, hyphens and ligatures the text no longer has."""

import ctypes
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypdfium2
import pypdfium2.raw as pdfium

from rag.types import Mark

SCALE = 10_000
"""Places on a page are in ten-thousandths of its width and height."""
MOST_CHARACTERS = 4_000
"""Of a quote that is looked for piece by piece."""
SHORTEST_PIECE = 8
LEAST_SHARE = 0.75
"""Of its letters, for a quote that is on the page in pieces: notes and rows come between them."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top: int
    right: int
    bottom: int


def find_marks(page: pypdfium2.PdfPage, quote: str) -> tuple[Mark, ...]:
    """Give a rectangle for each line of a quote; none where the quote is not on the page."""
    text_page = page.get_textpage()
    try:
        letters, indices = _letters_of(text_page)
        spans = find_spans(letters, letters_only(quote))
        boxes = [
            box
            for start, end in spans
            for index in indices[start:end]
            if (box := _box(page, text_page, index))
        ]
    finally:
        text_page.close()
    return tuple(
        Mark(left=box.left, top=box.top, width=box.right - box.left, height=box.bottom - box.top)
        for box in _rows(boxes)
    )


def letters_only(text: str) -> str:
    """Keep the letters and digits, without accents, case nor ligatures.

    >>> letters_only("L’ef\N{LATIN SMALL LIGATURE FI}cacité, « prou- vée » n° 2²")
    'lefficaciteprouveeno22'
    """
    return "".join(map(_plain, text))


def find_spans(page: str, quote: str) -> list[tuple[int, int]]:
    """Find a quote in a page, both of letters only: whole, or in pieces that make most of it."""
    if not quote:
        return []
    if (start := page.find(quote)) >= 0:
        return [(start, start + len(quote))]
    quote = quote[:MOST_CHARACTERS]
    matcher = SequenceMatcher(None, page, quote, autojunk=False)
    pieces = [piece for piece in matcher.get_matching_blocks() if piece.size >= SHORTEST_PIECE]
    if sum(piece.size for piece in pieces) < LEAST_SHARE * len(quote):
        return []
    return [(piece.a, piece.a + piece.size) for piece in pieces]


def _plain(character: str) -> str:
    if character == "°":  # as the raised letter of a number is read (« n° »)
        return "o"
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(letter for letter in decomposed if letter.isalnum())


def _letters_of(text_page: pypdfium2.PdfTextPage) -> tuple[str, list[int]]:
    """Give the letters of a page, and for each the index of the character it comes from."""
    letters: list[str] = []
    indices: list[int] = []
    for index in range(text_page.count_chars()):
        plain = _plain(chr(pdfium.FPDFText_GetUnicode(text_page, index)))
        letters.append(plain)
        indices += [index] * len(plain)
    return "".join(letters), indices


def _box(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, index: int) -> _Box | None:
    """Give the box of a character as it is drawn, whatever the page's rotation and crop."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(text_page, index, box):
        return None
    corners = [_drawn(page, x, y) for x, y in ((box.left, box.top), (box.right, box.bottom))]
    (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
    return _Box(left, top, right, bottom)


def _drawn(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, SCALE, SCALE, 0, x, y, across, down)
    return _inside(across.value), _inside(down.value)


def _inside(value: int) -> int:
    return min(max(value, 0), SCALE)


def _rows(boxes: list[_Box]) -> list[_Box]:
    """Join the boxes of characters that follow each other on one row."""
    rows: list[_Box] = []
    for box in boxes:
        last = rows[-1] if rows else None
        if last and _same_row(last, box):
            rows[-1] = _Box(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            rows.append(box)
    return rows


def _same_row(row: _Box, box: _Box) -> bool:
    overlap = min(row.bottom, box.bottom) - max(row.top, box.top)
    lower = min(row.bottom - row.top, box.bottom - box.top)
    return overlap > lower / 2 and -SCALE / 50 < box.left - row.right < SCALE / 10
