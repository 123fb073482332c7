"""One writer at a time: a lock that the system frees when its holder dies."""

import contextlib
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import Problem, StoreError


@contextmanager
def writing(lock_file: Path, *, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the right to write to a data folder.

    Raises:
        StoreError: another process still held it after ``wait_seconds``; it is named.
    """
    lock = FileLock(lock_file, timeout=wait_seconds)
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise StoreError(Problem.LOCKED, holder=_holder(lock_file)) from error
    except OSError as error:
        raise StoreError(Problem.STORE_UNUSABLE, cause=error) from error
    try:
        _sign(lock_file)
        yield
    finally:
        lock.release()


def _signature(lock_file: Path) -> Path:
    return lock_file.with_suffix(".holder.json")


def _sign(lock_file: Path) -> None:
    holder = {
        "pid": os.getpid(),
        "machine": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    with contextlib.suppress(OSError):  # a full disk: the lock holds all the same
        _signature(lock_file).write_text(json.dumps(holder), encoding="utf-8")


def _holder(lock_file: Path) -> str:
    try:
        holder = json.loads(_signature(lock_file).read_text(encoding="utf-8"))
        return f"processus {holder['pid']}, machine {holder['machine']}, depuis {holder['since']}"
    except (OSError, ValueError, KeyError):
        return "processus inconnu"
