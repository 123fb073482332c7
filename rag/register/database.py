"""The register's database: how it is opened, and its errors as those of the program."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

from rag.errors import ConfigurationError, Problem, StoreError


def open_engine(url: str) -> Engine:
    """Open a database by its SQLAlchemy address.

    Raises:
        ConfigurationError: the address is not one, or its driver is not installed.
    """
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise ConfigurationError(
            Problem.BAD_SETTING, variable="RADIACT_DATABASE_URL", value=url.partition(":")[0]
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _use_write_ahead_log)
    return engine


@contextmanager
def readable_errors() -> Iterator[None]:
    """Raise what the database raises as a ``StoreError``."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        if _is_full_disk(cause):
            raise StoreError(Problem.DISK_FULL) from error
        raise StoreError(Problem.STORE_UNUSABLE, cause=cause) from error


def _use_write_ahead_log(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers go on while one process writes; a killed writer leaves the last commit."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _is_full_disk(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(cause, OSError) and cause.errno == errno.ENOSPC
