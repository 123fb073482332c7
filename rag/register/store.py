"""The register: documents, versions and passages, through SQLAlchemy. The source of truth.

Everything else (vectors, lexical index) is derived from it. One call of ``save`` is one
transaction: a document is either wholly in its new version or wholly in the old one.
Versions are never deleted: they are the proof of what was once quoted.
"""

import errno
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import create_engine, delete, event, func, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.register.tables import (
    Base,
    DocumentRow,
    Entry,
    PassageRow,
    State,
    StoredPassage,
    VersionRow,
    to_entry,
    to_passage_row,
    to_stored_passage,
    to_version_row,
)
from rag.types import Document, Passage

VERSION_TEXTS_IN_MEMORY = 64


class Register:
    """The register behind one SQLAlchemy address.

    ``written_revision`` is the last revision that this object wrote, -1 before: a reader that
    sees another one knows that another process wrote.
    """

    def __init__(self, url: str) -> None:
        """Open the register, creating its tables when they are missing.

        Raises:
            StoreError: the address or the file cannot be used.
        """
        with _readable_errors():
            self._engine = create_engine(url)
            if self._engine.dialect.name == "sqlite":
                event.listen(self._engine, "connect", _use_write_ahead_log)
            Base.metadata.create_all(self._engine)
        self._session = sessionmaker(self._engine)
        self.written_revision = -1
        self.version_text = lru_cache(VERSION_TEXTS_IN_MEMORY)(self._read_version_text)

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    def revision(self) -> int:
        """Give the number of changes so far; it differs whenever the content does."""
        with self._reading() as session:
            return _revision(session)

    def entries(self, *, removed: bool = False) -> list[Entry]:
        """List the documents by id; with ``removed``, also those taken out of the answers."""
        query = select(DocumentRow, VersionRow).join(
            VersionRow, DocumentRow.version == VersionRow.number
        )
        if not removed:
            query = query.where(DocumentRow.removed_at.is_(None))
        with self._reading() as session:
            rows = session.execute(query.order_by(DocumentRow.id)).all()
            return [to_entry(document, version) for document, version in rows]

    def passages(self, document: str | None = None) -> list[StoredPassage]:
        """List the passages of the current versions, in document and reading order."""
        query = (
            select(PassageRow, DocumentRow.id)
            .join(DocumentRow, DocumentRow.version == PassageRow.version)
            .where(DocumentRow.removed_at.is_(None))
            .order_by(DocumentRow.id, PassageRow.ordinal)
        )
        if document is not None:
            query = query.where(DocumentRow.id == document)
        with self._reading() as session:
            return [to_stored_passage(row, owner) for row, owner in session.execute(query)]

    def passage_counts(self) -> Counter[str]:
        """Count the current passages of each document."""
        query = (
            select(DocumentRow.id, func.count())
            .join(PassageRow, PassageRow.version == DocumentRow.version)
            .group_by(DocumentRow.id)
        )
        with self._reading() as session:
            return Counter({document: count for document, count in session.execute(query)})

    def save(self, document: Document, passages: list[Passage], *, sha256: str) -> None:
        """Record a document's new state in one transaction.

        The former version and its passages stay as proof; only the new ones are current.

        Raises:
            StoreError: nothing was written (a full disk, a damaged file).
        """
        with self._writing() as session:
            row = session.get(DocumentRow, document.id) or DocumentRow(id=document.id)
            row.source, row.sha256, row.removed_at = str(document.source), sha256, None
            session.add(row)
            session.flush()
            version = to_version_row(document, sha256)
            session.add(version)
            session.flush()
            row.version = version.number
            session.add_all(
                to_passage_row(passage, version=version.number, ordinal=ordinal)
                for ordinal, passage in enumerate(passages)
            )

    def move(self, document: str, source: Path) -> None:
        """Record that a document's file is now elsewhere."""
        with self._writing() as session:
            _existing(session, document).source = str(source)

    def remove(self, document: str) -> None:
        """Take a document out of the answers; its versions stay as proof.

        Raises:
            StoreError: no such document.
        """
        with self._writing() as session:
            _existing(session, document).removed_at = datetime.now(UTC)

    def clear(self) -> None:
        """Forget everything, versions included."""
        with self._writing() as session:
            for table in (PassageRow, VersionRow, DocumentRow):
                session.execute(delete(table))

    def _read_version_text(self, number: int) -> str:
        with self._reading() as session:
            return session.scalars(select(VersionRow.text).filter_by(number=number)).one()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with _readable_errors(), self._session() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with _readable_errors(), self._session.begin() as session:
            yield session
            revision = _revision(session) + 1
            session.merge(State(name="revision", value=revision))
        self.written_revision = revision


def open_register(settings: Settings) -> Register:
    """Open the register that the settings name, making its folder when missing.

    Raises:
        StoreError: the data folder or the register cannot be used.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(Problem.STORE_UNUSABLE, cause=error) from error
    return Register(settings.register_url)


def _use_write_ahead_log(connection: sqlite3.Connection, _record: object) -> None:
    """Let readers go on while one process writes; a killed writer leaves the last commit."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        if _is_full_disk(cause):
            raise StoreError(Problem.DISK_FULL) from error
        raise StoreError(Problem.STORE_UNUSABLE, cause=cause) from error


def _is_full_disk(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(cause, OSError) and cause.errno == errno.ENOSPC


def _revision(session: Session) -> int:
    state = session.get(State, "revision")
    return state.value if state else 0


def _existing(session: Session, document: str) -> DocumentRow:
    row = session.get(DocumentRow, document)
    if row is None or row.removed_at is not None:
        raise StoreError(Problem.UNKNOWN_DOCUMENT, id=document)
    return row
