"""What a document, a unit and a passage are.

Every offset is a character offset into ``Document.text`` (Python string indices,
``start`` included, ``end`` excluded), so that ``text[start:end]`` is always the exact quote.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from rag.types.law import Amendment


class Kind(StrEnum):
    """What sort of text a document is, from the most to the least authoritative."""

    REGULATION = "reglement"
    LAW = "loi"
    GUIDELINES = "lignes-directrices"
    RECOMMENDATION = "recommandation"
    GUIDE = "guide"
    NEWS = "actualite"
    NOTICE = "notice"


OFFICIAL = frozenset({Kind.REGULATION, Kind.LAW})


class Status(StrEnum):
    """Where a document stands in law."""

    IN_FORCE = "en-vigueur"
    AMENDED = "modifie"
    DRAFT = "projet"
    NON_BINDING = "non-contraignant"
    OUTDATED = "perime"


class ReferenceData(StrEnum):
    """Data that users edit beside the documents, by the name of its file."""

    AMENDMENTS = "amendments.yaml"
    THESAURUS = "thesaurus.yaml"
    DESCRIPTIONS = "descriptions.yaml"
    OUT_OF_SCOPE = "hors-champ.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document besides its text.

    ``checked`` is the day a person last verified the text; ``covers`` lists the keys
    (``<document>#<anchor>`` or a document id) of the official units that the text explains.
    """

    id: str
    title: str
    kind: Kind
    publisher: str = ""
    language: str = "fr"
    url: str = ""
    licence: str = ""
    status: Status | None = None
    published: date | None = None
    version_date: date | None = None
    checked: date | None = None
    applies_from: date | None = None
    in_force: date | None = None
    amended_by: tuple[Amendment, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a document that one would cite by name.

    Units nest: ``parent`` is the anchor of the enclosing unit, whose span contains this one's.

    Attributes:
        anchor: the unit's id in its document, e.g. ``art_26.6`` or a heading's slug.
        label: how the unit is cited, e.g. ``article 26, paragraphe 6``.
        headings: titles above and of the unit, outermost first, as shown to a reader.
        published: the unit's own date where it has one (an item of news).
    """

    anchor: str
    label: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    parent: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where a page of a paginated document begins in its text; ``number`` starts at 1."""

    number: int
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One dated text: its words, its units in reading order and its metadata.

    ``sha256`` is the hash of the source file's bytes, and of its sidecar's where it has one.
    """

    metadata: Metadata
    text: str
    units: tuple[Unit, ...]
    source: Path
    sha256: str
    pages: tuple[Page, ...] = ()

    @property
    def id(self) -> str:
        """The document's identity."""
        return self.metadata.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The piece of a document that is embedded and retrieved.

    Attributes:
        id: ``<document>#<anchor>``, plus ``~2``, ``~3``… where a unit needs several passages.
        text: exactly ``Document.text[start:end]``.
        context: words that only the retriever reads, before the text: the headings, or the title
            where there is none, and what introduces a point.
    """

    id: str
    document: str
    anchor: str
    label: str
    headings: tuple[str, ...]
    start: int
    end: int
    text: str
    context: str = ""
    page: int | None = None
    published: date | None = None

    @property
    def retrieval_text(self) -> str:
        """What the encoder and the lexical index read."""
        return f"{self.context}\n{self.text}" if self.context else self.text
