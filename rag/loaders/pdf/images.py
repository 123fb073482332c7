"""A page of a PDF as an image, and where on it a quote of its text stands."""

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from rag.errors import LoadError, Problem, StoreError
from rag.loaders.pdf.library import PDFIUM
from rag.loaders.pdf.marks import find_marks
from rag.types import PageView

WIDTHS = (900, 1400, 2000)
"""Widths in pixels that a page may be drawn at."""
MOST_PIXELS = 6_000_000


def draw_page(path: Path, number: int, *, width: int) -> bytes:
    """Draw a page as a PNG, ``width`` pixels wide, or less where it would be too many pixels.

    Raises:
        LoadError: the file cannot be read.
        StoreError: it has no such page.
    """
    with _page(path, number) as (page, _count):
        page_width, page_height = _size(page)
        scale = min(width / page_width, math.sqrt(MOST_PIXELS / (page_width * page_height)))
        bitmap = page.render(scale=scale)
        try:
            image = bitmap.to_pil().convert("RGB")
        finally:
            bitmap.close()
    file = io.BytesIO()
    image.save(file, format="PNG", compress_level=3)
    return file.getvalue()


def view_page(path: Path, number: int, *, quote: str = "") -> PageView:
    """Look at a page: its ratio, how many there are, and where a quote stands on it.

    Raises:
        LoadError: the file cannot be read.
        StoreError: it has no such page.
    """
    with _page(path, number) as (page, count):
        width, height = _size(page)
        marks = find_marks(page, quote) if quote else ()
    return PageView(number=number, count=count, ratio=height / width, marks=marks)


@contextmanager
def _page(path: Path, number: int) -> Iterator[tuple[pypdfium2.PdfPage, int]]:
    """Open one page, without reading the others."""
    try:
        with PDFIUM, pypdfium2.PdfDocument(path) as document:
            count = len(document)
            if not 1 <= number <= count:
                raise StoreError(Problem.UNKNOWN_PAGE, page=number, count=count)
            page = document[number - 1]
            try:
                yield page, count
            finally:
                page.close()
    except FileNotFoundError as error:
        raise LoadError(Problem.NOT_FOUND, path=path) from error
    except (pypdfium2.PdfiumError, OSError) as error:
        raise LoadError(Problem.UNREADABLE, path=path) from error


def _size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Give the width and height in points, never nothing."""
    width, height = page.get_size()
    return max(width, 1.0), max(height, 1.0)
