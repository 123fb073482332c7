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
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ForeignKey, create_engine, delete, event, func, select
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import JSON

from rag.citations import text_sha256
from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.types import Document, Metadata, Page, Passage, Unit

VERSION_TEXTS_IN_MEMORY = 64
_METADATA = TypeAdapter(Metadata)
_UNITS = TypeAdapter(tuple[Unit, ...])
_PAGES = TypeAdapter(tuple[Page, ...])


class _Base(DeclarativeBase):
    """Declarative base of the register's tables."""


class _State(_Base):
    """A named counter; ``revision`` moves with every change, so that readers notice it."""

    __tablename__ = "state"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class _DocumentRow(_Base):
    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    version: Mapped[int | None]
    removed_at: Mapped[datetime | None]


class _VersionRow(_Base):
    __tablename__ = "versions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    sha256: Mapped[str]
    text_sha256: Mapped[str]
    text: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime]


class _PassageRow(_Base):
    __tablename__ = "passages"
    version: Mapped[int] = mapped_column(ForeignKey("versions.number"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(index=True)
    anchor: Mapped[str]
    label: Mapped[str]
    headings: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]
    context: Mapped[str]
    page: Mapped[int | None]
    published: Mapped[date | None]
    sha256: Mapped[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as the register holds it: where from, in which state, how many passages."""

    id: str
    source: Path
    sha256: str
    version: int
    metadata: Metadata
    recorded_at: datetime
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage of a current version, with the number of that version."""

    passage: Passage
    version: int


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
            _Base.metadata.create_all(self._engine)
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
        query = select(_DocumentRow, _VersionRow).join(
            _VersionRow, _DocumentRow.version == _VersionRow.number
        )
        if not removed:
            query = query.where(_DocumentRow.removed_at.is_(None))
        with self._reading() as session:
            rows = session.execute(query.order_by(_DocumentRow.id)).all()
            return [_entry(document, version) for document, version in rows]

    def passages(self, document: str | None = None) -> list[StoredPassage]:
        """List the passages of the current versions, in document and reading order."""
        query = (
            select(_PassageRow, _DocumentRow.id)
            .join(_DocumentRow, _DocumentRow.version == _PassageRow.version)
            .where(_DocumentRow.removed_at.is_(None))
            .order_by(_DocumentRow.id, _PassageRow.ordinal)
        )
        if document is not None:
            query = query.where(_DocumentRow.id == document)
        with self._reading() as session:
            return [_stored(row, owner) for row, owner in session.execute(query)]

    def passage_counts(self) -> Counter[str]:
        """Count the current passages of each document."""
        query = (
            select(_DocumentRow.id, func.count())
            .join(_PassageRow, _PassageRow.version == _DocumentRow.version)
            .group_by(_DocumentRow.id)
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
            row = session.get(_DocumentRow, document.id) or _DocumentRow(id=document.id)
            row.source, row.sha256, row.removed_at = str(document.source), sha256, None
            session.add(row)
            session.flush()
            version = _version_row(document, sha256)
            session.add(version)
            session.flush()
            row.version = version.number
            session.add_all(
                _passage_row(passage, version=version.number, ordinal=ordinal)
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
            for table in (_PassageRow, _VersionRow, _DocumentRow):
                session.execute(delete(table))

    def _read_version_text(self, number: int) -> str:
        with self._reading() as session:
            return session.scalars(select(_VersionRow.text).filter_by(number=number)).one()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with _readable_errors(), self._session() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with _readable_errors(), self._session.begin() as session:
            yield session
            revision = _revision(session) + 1
            session.merge(_State(name="revision", value=revision))
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
    state = session.get(_State, "revision")
    return state.value if state else 0


def _existing(session: Session, document: str) -> _DocumentRow:
    row = session.get(_DocumentRow, document)
    if row is None or row.removed_at is not None:
        raise StoreError(Problem.UNKNOWN_DOCUMENT, id=document)
    return row


def _entry(document: _DocumentRow, version: _VersionRow) -> Entry:
    return Entry(
        id=document.id,
        source=Path(document.source),
        sha256=document.sha256,
        version=version.number,
        metadata=_METADATA.validate_python(version.facts["metadata"]),
        recorded_at=version.recorded_at,
        removed=document.removed_at is not None,
    )


def _version_row(document: Document, sha256: str) -> _VersionRow:
    return _VersionRow(
        document=document.id,
        sha256=sha256,
        text_sha256=text_sha256(document.text),
        text=document.text,
        facts={
            "metadata": _METADATA.dump_python(document.metadata, mode="json"),
            "units": _UNITS.dump_python(document.units, mode="json"),
            "pages": _PAGES.dump_python(document.pages, mode="json"),
        },
        recorded_at=datetime.now(UTC),
    )


def _passage_row(passage: Passage, *, version: int, ordinal: int) -> _PassageRow:
    return _PassageRow(
        version=version,
        ordinal=ordinal,
        id=passage.id,
        anchor=passage.anchor,
        label=passage.label,
        headings=list(passage.headings),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        context=passage.context,
        page=passage.page,
        published=passage.published,
        sha256=text_sha256(passage.text),
    )


def _stored(row: _PassageRow, document: str) -> StoredPassage:
    passage = Passage(
        id=row.id,
        document=document,
        anchor=row.anchor,
        label=row.label,
        headings=tuple(row.headings),
        start=row.start,
        end=row.end,
        text=row.text,
        context=row.context,
        page=row.page,
        published=row.published,
    )
    return StoredPassage(passage=passage, version=row.version)
