"""Read a file's bytes, and refuse what cannot be a document of the kind its name says."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rag.errors import LoadError, Problem

MAX_FILE_BYTES = 200_000_000


class Format(StrEnum):
    """The formats that can be loaded."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


SUFFIXES = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"OggS")
_ARCHIVES = (_ZIP, b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_BINARY = (*_PICTURES, *_ARCHIVES, _OLE, b"%PDF-", b"{\\rtf", b"\x7fELF", b"MZ\x90")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file read whole: where it lies, its bytes, the format that its name says."""

    path: Path
    data: bytes
    format: Format


def read(path: Path) -> Source:
    """Read a file and check it against its name.

    Raises ``LoadError``: ``UNSUPPORTED``, ``NOT_FOUND``, ``EMPTY``, ``TOO_LARGE``,
    ``UNREADABLE``, ``WRONG_EXTENSION`` or (a password-protected Word file) ``ENCRYPTED``.
    """
    expected = SUFFIXES.get(path.suffix.lower())
    if expected is None:
        raise LoadError(Problem.UNSUPPORTED, path=str(path), suffix=path.suffix)
    data = _bytes(path)
    if not data.strip():
        raise LoadError(Problem.EMPTY, path=str(path))
    _check_content(data, expected=expected, path=path)
    return Source(path=path, data=data, format=expected)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise LoadError(Problem.NOT_FOUND, path=str(path))
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise LoadError(Problem.TOO_LARGE, path=str(path), size=size, limit=MAX_FILE_BYTES)
        return path.read_bytes()
    except OSError as error:
        raise LoadError(Problem.UNREADABLE, path=str(path), reason=str(error)) from error


def _check_content(data: bytes, *, expected: Format, path: Path) -> None:
    if expected is Format.DOCX and data.startswith(_OLE):
        raise LoadError(_ole_problem(data), path=str(path), suffix=path.suffix)
    if expected is Format.PDF:
        wrong = b"%PDF-" not in data[:1024] and (data.startswith(_BINARY) or _is_text(data))
    elif expected is Format.DOCX:
        wrong = not data.startswith(_ZIP) and (data.startswith(_BINARY) or _is_text(data))
    else:
        wrong = _is_binary(data)
    if wrong:
        raise LoadError(Problem.WRONG_EXTENSION, path=str(path), suffix=path.suffix)


def _ole_problem(data: bytes) -> Problem:
    """Tell a Word file under a password from an older ``.doc`` renamed."""
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return Problem.ENCRYPTED if encrypted else Problem.WRONG_EXTENSION


def _is_binary(data: bytes) -> bool:
    """Say whether bytes begin like a known binary format, or hold NUL bytes as no text does."""
    if any(data.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS):
        return False
    return data.startswith(_BINARY) or b"\x00" in data[:65536]


def _is_text(data: bytes) -> bool:
    try:
        data[:65536].decode("utf-8", errors="strict")
    except UnicodeDecodeError:
        return False
    return True


def decode(source: Source, *, declared: str | None = None) -> str:
    """Decode a text: byte order mark, UTF-8, the charset it declares, then Windows-1252.

    Raises ``LoadError`` (``WRONG_EXTENSION``) when it reads as no text.
    """
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if source.data.startswith(mark)]
    for encoding in marked or ("utf-8", declared or "cp1252", "cp1252"):
        text = _try(source.data, encoding)
        if text is not None:
            return _readable(text, source=source)
    return _refuse(source)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _readable(text: str, *, source: Source) -> str:
    """Refuse bytes that decode by chance: more than 1 % of control characters."""
    sample = text[:65536]
    control = sum(ord(c) < 32 and c not in "\t\n\r\f\v\x1b" for c in sample)
    return text if control * 100 <= len(sample) else _refuse(source)


def _refuse(source: Source) -> str:
    raise LoadError(Problem.WRONG_EXTENSION, path=str(source.path), suffix=source.path.suffix)
