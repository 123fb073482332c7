"""The register: documents, versions and passages, through SQLAlchemy. The source of truth.

Everything else (vectors, lexical index) is derived from it. One call of ``save`` is one
transaction: a document is either wholly in its new version or wholly in the old one.
Versions are never deleted: they are the proof of what was once quoted.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, sessionmaker

from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.register.database import open_engine, readable_errors
from rag.register.feedback import FeedbackBook
from rag.register.tables import (
    Base,
    DocumentRow,
    Entry,
    PassageRow,
    Reference,
    ReferenceRow,
    State,
    StoredPassage,
    StoredVersion,
    VersionRow,
    in_utc,
    to_entry,
    to_passage_row,
    to_reference,
    to_stored_passage,
    to_stored_version,
    to_version_row,
)
from rag.types import Document, Passage

VERSION_TEXTS_IN_MEMORY = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The documents and passages that answer questions, at one revision."""

    revision: int
    entries: list[Entry]
    passages: list[StoredPassage]
    references: list[Reference]


class Register:
    """The register behind one SQLAlchemy address.

    ``written_revision`` is the last revision that this object wrote, -1 before: a reader that
    sees another one knows that another process wrote. ``feedback`` is what readers think of the
    answers, which no revision counts.
    """

    def __init__(self, url: str) -> None:
        """Open the register, creating its tables when they are missing.

        Raises:
            ConfigurationError: the address is not one, or its driver is not installed.
            StoreError: the database cannot be used.
        """
        self._engine = open_engine(url)
        with readable_errors():
            Base.metadata.create_all(self._engine)
        self._session = sessionmaker(self._engine)
        self.feedback = FeedbackBook(self._session)
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
        with self._reading() as session:
            return _entries(session, removed=removed)

    def passages(self, document: str | None = None) -> list[StoredPassage]:
        """List the passages of the current versions, in document and reading order."""
        with self._reading() as session:
            return _passages(session, document)

    def snapshot(self) -> Snapshot:
        """Read everything that answers questions, as it stood at one revision."""
        with self._reading() as session:
            return Snapshot(
                revision=_revision(session),
                entries=_entries(session),
                passages=_passages(session),
                references=_references(session),
            )

    def references(self) -> list[Reference]:
        """List the reference data, by the file that gave it."""
        with self._reading() as session:
            return _references(session)

    def version(self, document: str, number: int | None = None) -> StoredVersion:
        """Read a version of a document, the latest by default, even one that answers no more.

        Raises:
            StoreError: no such document, or no such version of it.
        """
        with self._reading() as session:
            if (row := session.get(DocumentRow, document)) is None:
                raise StoreError(Problem.UNKNOWN_DOCUMENT, id=document)
            version = session.get(VersionRow, row.version if number is None else number)
            if version is None or version.document != document:
                raise StoreError(Problem.UNKNOWN_VERSION, id=document, version=number)
            return to_stored_version(row, version)

    def passage_counts(self) -> Counter[str]:
        """Count the current passages of each document."""
        query = (
            select(DocumentRow.id, func.count())
            .join(PassageRow, PassageRow.version == DocumentRow.version)
            .group_by(DocumentRow.id)
        )
        with self._reading() as session:
            return Counter({document: count for document, count in session.execute(query)})

    def version_counts(self) -> Counter[str]:
        """Count the versions of each document, those kept for proof included."""
        query = select(VersionRow.document, func.count()).group_by(VersionRow.document)
        with self._reading() as session:
            return Counter({document: count for document, count in session.execute(query)})

    def last_change(self) -> datetime | None:
        """Give the time, in UTC, at which a document was last added, updated or removed."""
        latest = (func.max(VersionRow.recorded_at), func.max(DocumentRow.removed_at))
        with self._reading() as session:
            times = [session.scalar(select(time)) for time in latest]
        return max((in_utc(time) for time in times if time), default=None)

    def save(self, document: Document, passages: list[Passage], *, sha256: str) -> None:
        """Record a document's new state in one transaction.

        The former version and its passages stay as proof; only the new ones are current.

        Raises:
            StoreError: nothing was written (a full disk, a damaged file).
        """
        with self._writing() as session:
            row = session.get(DocumentRow, document.id) or DocumentRow(id=document.id)
            row.source, row.sha256 = str(document.source), sha256
            row.removed_at, row.removed_by_hand = None, False
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

    def remove(self, document: str, *, by_hand: bool) -> None:
        """Take a document out of the answers; its versions stay as proof.

        Args:
            document: its id.
            by_hand: a person asked for it, as opposed to a file that vanished.

        Raises:
            StoreError: no such document.
        """
        with self._writing() as session:
            row = _existing(session, document)
            row.removed_at, row.removed_by_hand = datetime.now(UTC), by_hand

    def save_reference(self, reference: Reference) -> None:
        """Record what a file of reference data says now."""
        with self._writing() as session:
            session.merge(
                ReferenceRow(
                    source=str(reference.source),
                    kind=reference.kind.value,
                    sha256=reference.sha256,
                    values=reference.values,
                )
            )

    def remove_reference(self, source: Path) -> None:
        """Forget the reference data of a file that vanished."""
        with self._writing() as session:
            if (row := session.get(ReferenceRow, str(source))) is not None:
                session.delete(row)

    def _read_version_text(self, number: int) -> str:
        with self._reading() as session:
            return session.scalars(select(VersionRow.text).filter_by(number=number)).one()

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with readable_errors(), self._session() as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with readable_errors(), self._session.begin() as session:
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


def _entries(session: Session, *, removed: bool = False) -> list[Entry]:
    query = (
        select(DocumentRow, VersionRow)
        .join(VersionRow, DocumentRow.version == VersionRow.number)
        .options(defer(VersionRow.text))
    )
    if not removed:
        query = query.where(DocumentRow.removed_at.is_(None))
    rows = session.execute(query.order_by(DocumentRow.id))
    return [to_entry(document, version) for document, version in rows]


def _passages(session: Session, document: str | None = None) -> list[StoredPassage]:
    query = (
        select(PassageRow, DocumentRow.id)
        .join(DocumentRow, DocumentRow.version == PassageRow.version)
        .where(DocumentRow.removed_at.is_(None))
        .order_by(DocumentRow.id, PassageRow.ordinal)
    )
    if document is not None:
        query = query.where(DocumentRow.id == document)
    return [to_stored_passage(row, owner) for row, owner in session.execute(query)]


def _references(session: Session) -> list[Reference]:
    rows = session.scalars(select(ReferenceRow).order_by(ReferenceRow.source))
    return [to_reference(row) for row in rows]


def _revision(session: Session) -> int:
    state = session.get(State, "revision")
    return state.value if state else 0


def _existing(session: Session, document: str) -> DocumentRow:
    row = session.get(DocumentRow, document)
    if row is None or row.removed_at is not None:
        raise StoreError(Problem.UNKNOWN_DOCUMENT, id=document)
    return row
