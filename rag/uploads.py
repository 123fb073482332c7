"""Files that are added from the page: received apart, in the folder of those that were added.

What indexes them is ``rag.pipeline``.
"""

import errno
import logging
import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from rag import loaders
from rag.config import Settings
from rag.errors import LoadError, Problem, StoreError
from rag.privacy import check

MAX_UPLOAD_BYTES = 100_000_000
MAX_NAME_BYTES = 200
WINDOWS_DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)\d)", re.IGNORECASE)

_RECEPTION = ".reception-"
_ABANDONED_AFTER_SECONDS = 86_400
_log = logging.getLogger(__name__)


class Reception:
    """A file that is being received in a folder of its own, which is gone once it is closed."""

    def __init__(self, settings: Settings, name: str, *, limit: int = MAX_UPLOAD_BYTES) -> None:
        """Prepare to receive a file.

        Args:
            settings: the data folder.
            name: the file's, from wherever it comes.
            limit: in bytes.

        Raises:
            LoadError: the name cannot be used, or is that of no format that can be read.
            PatientDataError: the name holds a patient's data.
            StoreError: the folder cannot be written.
        """
        name = safe_name(name)
        check(name, problem=Problem.PATIENT_DATA_IN_NAME)
        self._limit = limit
        self._size = 0
        with readable_errors():
            settings.uploads_dir.mkdir(parents=True, exist_ok=True)
            _sweep(settings.uploads_dir)
            self._folder = Path(tempfile.mkdtemp(prefix=_RECEPTION, dir=settings.uploads_dir))
            self.path = self._folder / name
            self._file = self.path.open("wb")

    def __enter__(self) -> Self:
        """Receive within a ``with`` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close at the end of the block."""
        self.close()

    def write(self, chunk: bytes) -> None:
        """Write what has come.

        Raises:
            LoadError: the file is larger than the limit.
            StoreError: it cannot be written.
        """
        self._size += len(chunk)
        if self._size > self._limit:
            megabytes = self._limit // 1_000_000
            raise LoadError(Problem.UPLOAD_TOO_LARGE, path=self.path.name, megabytes=megabytes)
        with readable_errors():
            self._file.write(chunk)

    def finish(self) -> Path:
        """Have the system write the file down, and give its path."""
        with readable_errors():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return self.path

    def close(self) -> None:
        """Remove what has not been moved elsewhere."""
        with suppress(OSError):
            self._file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def safe_name(name: str) -> str:
    r"""Give the name under which a file is kept: no folder, no character that a system forbids.

    >>> safe_name("..\\..\\Guide\u202e : IA.pdf")
    'Guide - IA.pdf'

    Raises:
        LoadError: no usable name is left, or its suffix is that of no format that can be read.
    """
    shown = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(one for one in shown if unicodedata.category(one)[0] != "C" or one.isspace())
    kept = kept.translate(dict.fromkeys(map(ord, '<>:"|?*'), "-"))
    path = Path(" ".join(kept.split()).lstrip(".~$ "))
    if not loaders.supported(path):
        raise LoadError(Problem.UNSUPPORTED, path=path.name, suffix=path.suffix or "sans extension")
    usable = any(map(str.isalnum, path.stem)) and not WINDOWS_DEVICES.fullmatch(path.stem)
    if not usable or len(path.name.encode()) > MAX_NAME_BYTES:
        raise LoadError(Problem.UPLOAD_NAME, path=path.name)
    return path.name


def discard(source: Path, *, folder: Path) -> None:
    """Delete a file that was added from the page; leave any other where it is."""
    if not source.is_relative_to(os.path.abspath(folder)):
        return
    try:
        source.unlink(missing_ok=True)
    except OSError as error:  # it answers nothing any more, which is what was asked
        _log.warning("%s could not be deleted: %s", source.name, error.strerror)


def _sweep(folder: Path) -> None:
    """Remove what a killed server was receiving."""
    for leftover in folder.glob(f"{_RECEPTION}*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
                shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn what the system says of the folder of added files into an error of ours."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(Problem.DISK_FULL) from error
        raise StoreError(Problem.UPLOADS_FOLDER, cause=error.strerror or error) from error
