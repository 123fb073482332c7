"""Load a PDF: an act of the Official Journal when it is one, else its outline or its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import LoadError, Problem
from rag.loaders.builder import TextBuilder
from rag.loaders.files import Source
from rag.loaders.language import detect
from rag.loaders.law import official_journal
from rag.loaders.law.act import render
from rag.loaders.law.celex import act_metadata
from rag.loaders.loaded import Loaded, loaded
from rag.loaders.pdf import pages
from rag.loaders.pdf.layout import body_lines, locate_pages, measure, paragraphs
from rag.loaders.pdf.library import PDFIUM
from rag.loaders.pdf.lines import Line, read_lines

_FEWEST_CHARACTERS = 200
_FEWEST_PER_PAGE = 20


def load_pdf(source: Source) -> Loaded:
    """Load a PDF file.

    Raises ``LoadError``: ``ENCRYPTED``, ``UNREADABLE``, or ``NO_TEXT`` for pages that are
    images (fewer than 200 characters beside an image, or 20 a page).
    """
    try:
        with _opened(source.data) as document:
            return _load(document, source=source)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
        problem = Problem.ENCRYPTED if locked else Problem.UNREADABLE
        raise LoadError(problem, path=str(source.path), reason=str(error)) from error


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF; the library is held for opening and closing only."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def _load(document: pypdfium2.PdfDocument, *, source: Source) -> Loaded:
    lines: list[Line] = []
    with PDFIUM:
        count = len(document)
    for index in range(count):
        with PDFIUM:
            page = document[index]
            lines += read_lines(page, number=index + 1)
            page.close()
    with PDFIUM:
        _check_text(document, lines=lines, source=source)
    if official_journal.is_official_journal(lines):
        return _load_act(lines, path=source.path)
    return pages.load_pages(document, lines=lines, path=source.path)


def _check_text(document: pypdfium2.PdfDocument, *, lines: list[Line], source: Source) -> None:
    characters = sum(len(line.text) for line in lines)
    sparse = characters < _FEWEST_CHARACTERS and any(map(_has_image, document))
    if sparse or characters < _FEWEST_PER_PAGE * len(document):
        raise LoadError(
            Problem.NO_TEXT, path=str(source.path), characters=characters, pages=len(document)
        )


def _has_image(page: pypdfium2.PdfPage) -> bool:
    return any(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4))


def _load_act(lines: list[Line], *, path: Path) -> Loaded:
    kept = body_lines(lines, keep=official_journal.is_title)
    ordered = official_journal.in_reading_order(kept, measure=measure(kept))
    layout = measure(ordered)
    joined = paragraphs(ordered, measure=layout, alone=official_journal.is_title)
    title = official_journal.title_lines(joined)
    language = detect(" ".join(paragraph.text for paragraph in joined[:60]))
    builder = TextBuilder()
    for line in title:
        builder.heading(line)
    parts = official_journal.divisions(joined[len(title) :], language=language)
    render(parts, builder=builder, language=language)
    published = official_journal.publication_date(lines)
    metadata = act_metadata(title, language=language, published=published, path=path)
    return loaded(builder, metadata=metadata, pages=locate_pages(builder.text, ordered))
