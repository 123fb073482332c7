"""Load a Word file: headings by their style, lists and tables as lines."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from rag.errors import LoadError, Problem
from rag.loaders.builder import TextBuilder, collapse
from rag.loaders.files import Source
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, default_title, loaded
from rag.loaders.sections import Block, add_sections, document_title
from rag.types import Kind, Metadata

MAX_UNPACKED_BYTES = 300_000_000
MAX_RATIO = 200
_RATIO_FLOOR = 10_000_000
_HEADING = re.compile(r"(?:heading|titre)\s*(?P<level>[1-9])", re.IGNORECASE)
_TITLE = re.compile(r"title|titre", re.IGNORECASE)
_LIST = re.compile(r"list|liste|puce", re.IGNORECASE)
_BROKEN = (
    *(OpcError, etree.LxmlError, zipfile.BadZipFile, zlib.error),
    *(AttributeError, EOFError, KeyError, NotImplementedError, OSError, ValueError),
    *(RecursionError, TypeError),
)


def load_docx(source: Source) -> Loaded:
    """Load a ``.docx`` file.

    Raises ``LoadError``: ``ZIP_BOMB`` before anything is unpacked, ``UNREADABLE``, or
    ``WRONG_EXTENSION`` for a zip archive that holds no Word document.
    """
    _check_archive(source)
    try:
        word = docx.Document(io.BytesIO(source.data))
        blocks = list(_blocks(word))
        metadata = _metadata(word, blocks=blocks, path=source.path)
    except _BROKEN as error:
        raise LoadError(Problem.UNREADABLE, path=str(source.path), reason=str(error)) from error
    builder = TextBuilder()
    add_sections(blocks, builder=builder, language=metadata.language)
    return loaded(builder, metadata=metadata)


def _metadata(word: WordDocument, *, blocks: list[Block], path: Path) -> Metadata:
    """Read the properties of the file."""
    properties = word.core_properties
    title = collapse(properties.title or "") or document_title(blocks)
    body = " ".join(block.text for block in blocks)
    return Metadata(
        id=default_id(path),
        title=title or default_title(path),
        kind=Kind.GUIDE,
        publisher=collapse((properties.author or "").replace("python-docx", "")),
        language=detect(body, declared=properties.language or ""),
    )


def _check_archive(source: Source) -> None:
    """Refuse an archive that unpacks to far more than a document."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise LoadError(Problem.UNREADABLE, path=str(source.path), reason=str(error)) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    swollen = unpacked > _RATIO_FLOOR and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or swollen:
        raise LoadError(Problem.ZIP_BOMB, path=str(source.path), size=unpacked)
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise LoadError(Problem.WRONG_EXTENSION, path=str(source.path), suffix=source.path.suffix)


def _blocks(word: WordDocument) -> Iterator[Block]:
    for item in word.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item)
        else:
            yield from _paragraph(item)


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    style = str(paragraph.style.name) if paragraph.style else ""
    text = collapse(paragraph.text)
    heading = _HEADING.fullmatch(style)
    if heading:
        yield Block(text=text, level=int(heading["level"]) + 1)
    elif _TITLE.fullmatch(style):
        yield Block(text=text, level=1)
    elif text and (_LIST.search(style) or _is_numbered(paragraph)):
        yield Block(text=f"– {text}", tight=True)
    elif text:
        yield Block(text=text)


def _is_numbered(paragraph: Paragraph) -> bool:
    """Say whether Word puts a bullet or a number before a paragraph."""
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _rows(table: Table) -> Iterator[Block]:
    """Read the rows of a table; a merged cell counts once."""
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            if cell._tc is not previous:
                cells.append(collapse(cell.text))
            previous = cell._tc
        yield Block(text=" | ".join(filter(None, cells)), tight=number > 0)
