"""Keep the local copies of official texts: a folder each, changed by whole files only.

A file is received in a folder of its own, checked there, and only then takes the place of the
former one. The provenance comes last: a copy whose hash is not the one it tells was cut off on
the way, or touched since, and is fetched again.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from pydantic import TypeAdapter, ValidationError

from rag.errors import LoadError, Problem, SourceError, StoreError
from rag.loaders.metadata import override, read_yaml, sidecar
from rag.sources.catalogue import OfficialText
from rag.types import Metadata

RECHECKED_AFTER_DAYS = 30
"""Age from which a text found unchanged is dated anew: each date makes a version to keep."""

_RECEPTION = ".reception-"
_PROVENANCE = "provenance.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a copy comes from; ``size`` in bytes, ``fetched_at`` with its time zone."""

    address: str
    final_address: str
    fetched_at: datetime
    sha256: str
    size: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


_PROVENANCES = TypeAdapter(Provenance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A local copy; its provenance is None when it tells of another file, or cannot be read."""

    path: Path
    provenance: Provenance | None

    @property
    def is_sound(self) -> bool:
        """Whether the file is the one that was fetched."""
        return self.provenance is not None


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """The folder of one text under the folder of all: file, sidecar and provenance."""

    root: Path
    text: OfficialText

    @property
    def folder(self) -> Path:
        """Where everything of this text is."""
        return self.root / self.text.id

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.folder / self.text.file_name

    def copy(self) -> Copy | None:
        """Read the state of the local copy; None where there is none."""
        if not self.path.is_file():
            return None
        provenance = self._read_provenance()
        try:
            is_sound = provenance is not None and provenance.sha256 == sha256_of(self.path)
        except OSError:
            is_sound = False
        return Copy(path=self.path, provenance=provenance if is_sound else None)

    @contextmanager
    def receiving(self) -> Iterator[Path]:
        """Give the path of a file to write, in a folder that is gone when all is done."""
        with _readable_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            reception = Path(tempfile.mkdtemp(prefix=_RECEPTION, dir=self.folder))
            try:
                yield reception / self.text.file_name
            finally:
                shutil.rmtree(reception, ignore_errors=True)

    def install(self, received: Path, provenance: Provenance, *, checked: date) -> None:
        """Put a received file in the place of the former one; all is written before that."""
        with _readable_errors():
            _sync(received)
            notes, origin = sidecar(received), received.with_name(_PROVENANCE)
            _write(notes, self._sidecar_text(checked))
            _write(origin, _PROVENANCES.dump_json(provenance, indent=2))
            for part in (received, notes, origin):
                os.replace(part, self.folder / part.name)
            self._drop_others()

    def confirm(self, *, checked: date) -> None:
        """Note that the text is still the same, where that was last noted long ago.

        Also where the catalogue says something new of it.
        """
        if not self._is_stale(checked):
            return
        with self.receiving() as received:
            notes = sidecar(received)
            _write(notes, self._sidecar_text(checked))
            os.replace(notes, self.folder / notes.name)

    def _is_stale(self, today: date) -> bool:
        former = self._checked()
        # A day that is yet to come was written by a clock that was wrong.
        if former is None or not 0 <= (today - former).days <= RECHECKED_AFTER_DAYS:
            return True
        return sidecar(self.path).read_bytes() != self._sidecar_text(former)

    def _checked(self) -> date | None:
        path = sidecar(self.path)
        try:
            values = read_yaml(path.read_text("utf-8"), path=path)
            return override(self.text.metadata, values, path=path).checked
        except (OSError, UnicodeDecodeError, LoadError):
            return None

    def _sidecar_text(self, checked: date) -> bytes:
        values = _values(replace(self.text.metadata, checked=checked))
        return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=100).encode()

    def _read_provenance(self) -> Provenance | None:
        try:
            return _PROVENANCES.validate_json((self.folder / _PROVENANCE).read_bytes())
        except (OSError, ValidationError):
            return None

    def _drop_others(self) -> None:
        """Remove the file of a former format: two files cannot be one document."""
        kept = {self.path, sidecar(self.path), self.folder / _PROVENANCE}
        for path in self.folder.iterdir():
            if path.is_file() and path not in kept:
                path.unlink()


def sweep(root: Path) -> None:
    """Remove what a killed run was receiving; nobody else must be at work."""
    for leftover in root.glob(f"*/{_RECEPTION}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def open_for_writing(path: Path) -> BinaryIO:
    """Open a file that is to be written whole."""
    return path.open("wb")


def sha256_of(path: Path) -> str:
    """Hash the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _values(metadata: Metadata) -> dict[str, Any]:
    """Give what a sidecar says: the facts that are known, in their YAML form."""
    values: dict[str, Any] = {}
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if isinstance(value, StrEnum | date):
            values[field.name] = str(value)
        elif value:
            values[field.name] = list(value) if isinstance(value, tuple) else value
    return values


def _write(path: Path, content: bytes) -> None:
    with open_for_writing(path) as file:
        file.write(content)
    _sync(path)


def _sync(path: Path) -> None:
    """Have the system write a file down before its name changes."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(Problem.DISK_FULL) from error
        raise SourceError(Problem.SOURCE_FOLDER, cause=error.strerror or error) from error
