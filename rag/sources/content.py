"""Make sure that a file received is the text that the catalogue speaks of.

Sites answer with captchas, error pages and home pages as if all were well: what counts is that
the loader reads the file, that it holds the words expected, and that an act is the right one.
"""

import logging
import re
from pathlib import Path

from rag import loaders
from rag.errors import LoadError, Problem, RadiactError, SourceError
from rag.french import fold
from rag.loaders.files import Format
from rag.sources.catalogue import OfficialText
from rag.types import Document
from rag.validity import act_id

# In the order in which they are asked for. Binary formats are recognised by their first bytes.
CONTENT_TYPES = {
    Format.HTML: ("text/html", "application/xhtml+xml"),
    Format.PDF: ("application/pdf", "application/octet-stream"),
    Format.DOCX: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/octet-stream",
    ),
    Format.TEXT: ("text/plain",),
}
_ACT = re.compile(r"3[0-9]{4}[A-Z][0-9]{4}")
_log = logging.getLogger(__name__)


def check_content(path: Path, text: OfficialText) -> Document:
    """Load a file, without a sidecar, as the text expected.

    Raises:
        LoadError: it is no document, or not of the format expected.
        SourceError: ``SOURCE_CONTENT`` where the words expected are missing, ``SOURCE_OTHER``
            where it is another act, or no act at all.
    """
    document = read(path)
    if _plain(text.contains) not in _plain(f"{document.metadata.title} {document.text}"):
        raise SourceError(Problem.SOURCE_CONTENT, contains=text.contains)
    expected = act_id(text.id)
    if _ACT.fullmatch(expected) and not _is_act(document, expected):
        raise SourceError(Problem.SOURCE_OTHER, expected=expected, found=document.id)
    return document


def _is_act(document: Document, expected: str) -> bool:
    """Tell whether a document is an act: by its number, else by having articles at least."""
    found = act_id(document.id)
    if _ACT.fullmatch(found):
        return found == expected
    return any(unit.anchor.startswith("art_1") for unit in document.units)


def read(path: Path) -> Document:
    """Load a file that comes from the network: whatever a parser makes of it is a named failure.

    Raises:
        LoadError: it is no document.
    """
    try:
        return loaders.load(path)
    except RadiactError:
        raise
    except Exception as error:
        _log.error("loader failed on %s: %s", path.name, type(error).__name__)
        raise LoadError(Problem.UNREADABLE, path=path) from error


def _plain(text: str) -> str:
    return " ".join(fold(text).split())
