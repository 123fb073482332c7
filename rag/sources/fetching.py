"""Bring the local copy of one text up to date, from the network or from a file saved by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from rag.errors import LoadError, Problem, SourceError
from rag.sources.content import CONTENT_TYPES, check_content, read
from rag.sources.download import Download, Received
from rag.sources.policy import Policy
from rag.sources.storage import Copy, Provenance, SourceFolder, open_for_writing
from rag.types import Document

BytesProgress: TypeAlias = Callable[[int, int], None]
"""Called with the bytes received and those announced, 0 when they are not."""

# The Publications Office names languages by three letters; other sites go by the address.
_LANGUAGES = {"fr": "fra", "en": "eng"}


class Fetched(StrEnum):
    """What became of the local copy of a text."""

    DOWNLOADED = "downloaded"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def fetch(folder: SourceFolder, *, policy: Policy, today: date, progress: BytesProgress) -> Fetched:
    """Download a text from its address, else from its fallback.

    ``today`` is the day noted as that of the check.

    Raises:
        SourceError: why the first address failed; the former copy is untouched.
        LoadError: the same, for a file that is no document of the format expected.
        StoreError: the disk is full.
    """
    failures: list[SourceError | LoadError] = []
    for address in folder.text.addresses:
        try:
            return _fetch_from(address, folder, policy=policy, today=today, progress=progress)
        except (SourceError, LoadError) as error:
            failures.append(error)
    raise failures[0]


def adopt(folder: SourceFolder, file: Path, *, today: date) -> Fetched:
    """Take a file that a person saved as the local copy of a text.

    Raises:
        SourceError: it is not the text expected; the former copy is untouched.
        LoadError: there is no such file, or it is no document of the format expected.
        StoreError: the disk is full.
    """
    content = _saved(file)
    received = Received(
        final_address=file.absolute().as_uri(),
        sha256=sha256(content).hexdigest(),
        size=len(content),
    )
    with folder.receiving() as path:
        path.write_bytes(content)
        return _keep(path, received, folder, address=folder.text.address, today=today)


def _saved(file: Path) -> bytes:
    if not file.is_file():
        raise LoadError(Problem.NOT_FOUND, path=file)
    try:
        return file.read_bytes()
    except OSError as error:
        raise LoadError(Problem.UNREADABLE, path=file) from error


def _fetch_from(
    address: str, folder: SourceFolder, *, policy: Policy, today: date, progress: BytesProgress
) -> Fetched:
    content_types = CONTENT_TYPES[folder.text.format]
    with folder.receiving() as path:
        with open_for_writing(path) as file:
            received = Download(
                address=address,
                file=file,
                content_types=content_types,
                policy=policy,
                headers=_headers(address, folder, content_types=content_types),
                progress=progress,
            ).run()
        if received is None:
            folder.confirm(checked=today)
            return Fetched.UNCHANGED
        return _keep(path, received, folder, address=address, today=today)


def _headers(
    address: str, folder: SourceFolder, *, content_types: tuple[str, ...]
) -> dict[str, str]:
    """Ask for the format and the language, and for nothing where the copy is up to date."""
    language = folder.text.metadata.language
    headers = {
        "Accept": ", ".join(content_types),
        "Accept-Language": _LANGUAGES.get(language, language),
    }
    copy = folder.copy()
    known = copy.provenance if copy else None
    if known is None or known.address != address or not _is_wanted(known, folder):
        return headers
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return headers | {name: value for name, value in conditions.items() if value}


def _is_wanted(known: Provenance, folder: SourceFolder) -> bool:
    """Tell whether a copy is the very file that the catalogue wants, where it wants one."""
    return folder.text.sha256 in ("", known.sha256)


def _keep(
    path: Path, received: Received, folder: SourceFolder, *, address: str, today: date
) -> Fetched:
    """Check a received file, and put it in the place of the former one if its text differs."""
    text, former = folder.text, folder.copy()
    if text.sha256 and text.sha256 != received.sha256:
        raise SourceError(Problem.SOURCE_HASH, expected=text.sha256, found=received.sha256)
    document = check_content(path, text)
    if former is not None and _is_unchanged(
        former, received, document, is_pinned=bool(text.sha256)
    ):
        folder.confirm(checked=today)
        return Fetched.UNCHANGED
    folder.install(path, _provenance(received, address=address), checked=today)
    return Fetched.UPDATED if former is not None and former.is_sound else Fetched.DOWNLOADED


def _is_unchanged(former: Copy, received: Received, document: Document, *, is_pinned: bool) -> bool:
    """Compare bytes, else words: pages change with each visit around a text that does not."""
    if former.provenance is None:
        return False
    if former.provenance.sha256 == received.sha256:
        return True
    return not is_pinned and _words(former.path) == document.text


def _words(path: Path) -> str:
    try:
        return read(path).text
    except LoadError:
        return ""


def _provenance(received: Received, *, address: str) -> Provenance:
    return Provenance(
        address=address,
        final_address=received.final_address,
        fetched_at=datetime.now(UTC),
        sha256=received.sha256,
        size=received.size,
        content_type=received.content_type,
        etag=received.etag,
        last_modified=received.last_modified,
    )
