"""Turn a file into a document: text, units, pages and metadata."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from rag.errors import LoadError, Problem
from rag.loaders.docx import load_docx
from rag.loaders.files import MAX_FILE_BYTES, SUFFIXES, Format, Source, read
from rag.loaders.html import load_html
from rag.loaders.loaded import Loaded
from rag.loaders.markdown import load_markdown
from rag.loaders.metadata import override, read_yaml, sidecar
from rag.loaders.pdf.loader import load_pdf
from rag.loaders.text import load_text
from rag.types import Document

__all__ = ["MAX_FILE_BYTES", "load", "supported"]

_LOADERS: dict[Format, Callable[[Source], Loaded]] = {
    Format.MARKDOWN: load_markdown,
    Format.TEXT: load_text,
    Format.HTML: load_html,
    Format.PDF: load_pdf,
    Format.DOCX: load_docx,
}


def supported(path: Path) -> bool:
    """Say whether a file's name has the suffix of a format that can be loaded."""
    return path.suffix.lower() in SUFFIXES


def load(path: Path) -> Document:
    """Load a file as a document, with the metadata of its sidecar ``<file>.yaml`` if any.

    Raises ``LoadError`` with the reason and the path: ``NOT_FOUND``, ``UNSUPPORTED``,
    ``EMPTY``, ``TOO_LARGE``, ``WRONG_EXTENSION``, ``ENCRYPTED``, ``UNREADABLE``,
    ``ZIP_BOMB``, ``NO_TEXT`` or ``BAD_METADATA``.
    """
    source = read(path)
    loaded = _LOADERS[source.format](source)
    if not any(character.isalnum() for character in loaded.text) or not loaded.units:
        raise LoadError(Problem.NO_TEXT, path=str(path), characters=len(loaded.text))
    notes = _sidecar_bytes(source)
    metadata = loaded.metadata
    if notes:
        values = read_yaml(notes.decode("utf-8", errors="replace"), path=sidecar(path))
        metadata = override(metadata, values, path=sidecar(path))
    return Document(
        metadata=metadata,
        text=loaded.text,
        units=loaded.units,
        source=path,
        sha256=hashlib.sha256(source.data + notes).hexdigest(),
        pages=loaded.pages,
    )


def _sidecar_bytes(source: Source) -> bytes:
    path = sidecar(source.path)
    if source.format is Format.MARKDOWN or not path.is_file():
        return b""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError(Problem.UNREADABLE, path=str(path), reason=str(error)) from error
