"""The formats of an export, the names of its files, and how one is written."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from rag.errors import ConfigurationError, Problem
from rag.exports.composition import Provenance, compose
from rag.exports.document import Document
from rag.exports.markdown import to_markdown
from rag.types import Answer


class ExportFormat(StrEnum):
    """A format; the value ends the names of its files."""

    DOCX = "docx"
    PDF = "pdf"
    MARKDOWN = "md"

    @property
    def media_type(self) -> str:
        """What a browser is told of it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.PDF: "application/pdf",
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8",
}


def export(answers: Sequence[Answer], *, to: ExportFormat, provenance: Provenance) -> bytes:
    """Write one answer, or those of a conversation in order, as a file of this format."""
    return _renderer(to)(compose(answers, provenance))


def write_export(answer: Answer, path: Path, *, provenance: Provenance) -> None:
    """Write an answer to a file, in the format that its name ends with.

    Raises:
        ConfigurationError: the format is unknown, or the file cannot be written.
    """
    content = export([answer], to=format_of(path), provenance=provenance)
    try:
        path.write_bytes(content)
    except OSError as error:
        cause = error.strerror or str(error)
        raise ConfigurationError(Problem.EXPORT_FILE, path=path, cause=cause) from error


def format_of(path: Path) -> ExportFormat:
    """Tell the format of a file by the end of its name.

    >>> format_of(Path("réponse.PDF")).value
    'pdf'

    Raises:
        ConfigurationError: it is none of ours.
    """
    try:
        return ExportFormat(path.suffix.lower().removeprefix("."))
    except ValueError as error:
        raise ConfigurationError(Problem.EXPORT_FORMAT, suffix=path.suffix or path.name) from error


def file_name(count: int, day: date, *, to: ExportFormat) -> str:
    """Name the file of an export of so many answers, with nothing of what was asked in it.

    >>> file_name(1, date(2026, 11, 28), to=ExportFormat.DOCX)
    'radiact-2026-11-28-reponse.docx'
    """
    return f"radiact-{day.isoformat()}-{'reponse' if count == 1 else 'conversation'}.{to.value}"


def _renderer(to: ExportFormat) -> Callable[[Document], bytes]:
    """Give what renders a format; the libraries of Word and PDF are loaded when they are used."""
    if to is ExportFormat.DOCX:
        from rag.exports.word import to_docx

        return to_docx
    if to is ExportFormat.PDF:
        from rag.exports.pdf import to_pdf

        return to_pdf
    return to_markdown
