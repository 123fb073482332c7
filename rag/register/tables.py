"""The register's tables, and what their rows mean in the program's own words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

from rag.citations import text_sha256
from rag.types import Document, Metadata, Page, Passage, ReferenceData, Unit

_METADATA = TypeAdapter(Metadata)
_UNITS = TypeAdapter(tuple[Unit, ...])
_PAGES = TypeAdapter(tuple[Page, ...])


class Base(DeclarativeBase):
    """Declarative base of the register's tables."""


class State(Base):
    """A named counter; ``revision`` moves with every change, so that readers notice it."""

    __tablename__ = "state"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class DocumentRow(Base):
    """A document: where it comes from and which version is current."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str]
    version: Mapped[int | None]
    removed_at: Mapped[datetime | None]
    removed_by_hand: Mapped[bool] = mapped_column(default=False)


class VersionRow(Base):
    """One dated state of a document, kept for proof."""

    __tablename__ = "versions"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    sha256: Mapped[str]
    text_sha256: Mapped[str]
    text: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime]


class PassageRow(Base):
    """A passage of a version, in reading order."""

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


class ReferenceRow(Base):
    """A file of reference data, as it was last read."""

    __tablename__ = "reference_data"
    source: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sha256: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Reference data that a file gave; ``values`` are those of its YAML."""

    kind: ReferenceData
    source: Path
    sha256: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document as the register holds it: where from, and in which state.

    ``text_sha256`` is the hash of the version's whole text, that of its citations.
    ``removed`` documents answer nothing; ``removed_by_hand`` tells those that a person took out
    from those whose file vanished.
    """

    id: str
    source: Path
    sha256: str
    version: int
    metadata: Metadata
    recorded_at: datetime
    text_sha256: str = ""
    removed: bool = False
    removed_by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage of a current version, with the number of that version."""

    passage: Passage
    version: int


def in_utc(time: datetime) -> datetime:
    """Read a time of the database, of which SQLite forgets the time zone."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """A version of a document as it was read, whatever has become of the document since.

    ``current`` is the number of the version that answers now, ``None`` where none does; ``sha256``
    is the hash of the file's state, ``text_sha256`` that of the text.
    """

    number: int
    metadata: Metadata
    text: str
    units: tuple[Unit, ...]
    pages: tuple[Page, ...]
    source: Path
    sha256: str
    text_sha256: str
    current: int | None


def to_stored_version(document: DocumentRow, version: VersionRow) -> StoredVersion:
    """Read a version of the register."""
    return StoredVersion(
        number=version.number,
        metadata=_METADATA.validate_python(version.facts["metadata"]),
        text=version.text,
        units=_UNITS.validate_python(version.facts["units"]),
        pages=_PAGES.validate_python(version.facts["pages"]),
        source=Path(document.source),
        sha256=version.sha256,
        text_sha256=version.text_sha256,
        current=None if document.removed_at else document.version,
    )


def to_reference(row: ReferenceRow) -> Reference:
    """Read reference data of the register."""
    return Reference(
        kind=ReferenceData(row.kind),
        source=Path(row.source),
        sha256=row.sha256,
        values=row.values,
    )


def to_entry(document: DocumentRow, version: VersionRow) -> Entry:
    """Read a document of the register."""
    return Entry(
        id=document.id,
        source=Path(document.source),
        sha256=document.sha256,
        version=version.number,
        metadata=_METADATA.validate_python(version.facts["metadata"]),
        recorded_at=in_utc(version.recorded_at),
        text_sha256=version.text_sha256,
        removed=document.removed_at is not None,
        removed_by_hand=document.removed_by_hand,
    )


def to_version_row(document: Document, sha256: str) -> VersionRow:
    """Make the row of a new version."""
    return VersionRow(
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


def to_passage_row(passage: Passage, *, version: int, ordinal: int) -> PassageRow:
    """Make the row of a passage."""
    return PassageRow(
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


def to_stored_passage(row: PassageRow, document: str) -> StoredPassage:
    """Read a passage of a current version."""
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
