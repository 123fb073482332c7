"""The vocabulary of the program: what a document, a unit, a passage, a hit and an answer are.

Every offset is a character offset into ``Document.text`` (Python string indices,
``start`` included, ``end`` excluded), so that ``text[start:end]`` is always the exact quote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeAlias

from rag.errors import RadiactError

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a label in French, the number of steps done and the total (0 when unknown)."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A unit that another act changed.

    Attributes:
        unit: anchor of the unit in its document, or its key (``32024R1689#art_113``).
        by: id of the amending act.
        effective: first day of the new wording.
        note: what changes, in a line.
        see: id of the document that gives the present state.
        formerly: words that only the former state says (« 2 août 2027 »).
        now: words that only the new state says (« 2 août 2028 »).
    """

    unit: str
    by: str
    effective: date | None = None
    note: str = ""
    see: str = ""
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


class CaveatKind(StrEnum):
    """Why a passage does not simply state the law of the day asked for."""

    AMENDED = "amended"
    """It states what was true before an amendment."""
    TOO_RECENT = "too_recent"
    """It states what became true after the day asked for."""
    AMENDED_LATER = "amended_later"
    """It states the law of the day, which is amended later."""
    PREDATES = "predates"
    """Its document is older than an amendment of the act it speaks of."""
    NOT_APPLICABLE = "not_applicable"
    """It is in force, but does not apply yet."""
    OUTDATED = "outdated"
    """Its document is out of date as a whole."""
    DRAFT = "draft"
    """Its document is a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What a reader must know of a passage's place in time; ``rag.messages`` says it in French.

    Attributes:
        by: name of the amending act, where there is one.
        since: first day of what the caveat speaks of: the amendment, or the application.
        note: what changed or will apply, in a line.
        see: title of the document that gives the state of the day, where one is indexed.
    """

    kind: CaveatKind
    by: str = ""
    since: date | None = None
    note: str = ""
    see: str = ""

    @property
    def is_superseded(self) -> bool:
        """Whether the passage must not answer for the day asked for."""
        return self.kind in _SUPERSEDING

    @property
    def is_too_recent(self) -> bool:
        """Whether the passage did not exist yet on the day asked for."""
        return self.kind is CaveatKind.TOO_RECENT


_SUPERSEDING = {CaveatKind.AMENDED, CaveatKind.TOO_RECENT, CaveatKind.OUTDATED}


class ReferenceData(StrEnum):
    """Data that users edit beside the documents, by the name of its file."""

    AMENDMENTS = "amendments.yaml"
    THESAURUS = "thesaurus.yaml"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as understood: ``text`` is what is searched, ``question`` what was typed."""

    question: str
    text: str
    as_of: date
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a query.

    ``score`` (0 to 1 within one query) orders hits; ``dense`` is the cosine similarity (-1 to 1)
    and ``lexical`` the raw BM25 score (0 and up), 0 where that side did not find the passage.
    ``contrast`` is how far the similarity stands above what off-topic questions find, in standard
    deviations; ``coverage`` is the share of the question's terms, weighted by rarity, that the
    passage or its headings hold (0 to 1). A list too long for one passage is cut into its points:
    ``lead_in`` is then the passage that introduces the point found, and ``items`` are the points
    that the passage found introduces. ``caveats`` tell its place in time on the day asked for;
    ``instead_of`` is the id of the passage found, of another day, that this one was brought in for,
    ``replaced_by`` that of the passage brought in for this one, and ``explained_by`` that of the
    passage found that this one is the law of.
    """

    passage: Passage
    metadata: Metadata
    version: int
    score: float
    dense: float = 0.0
    lexical: float = 0.0
    contrast: float = 0.0
    coverage: float = 0.0
    lead_in: Passage | None = None
    items: tuple[Passage, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    instead_of: str | None = None
    explained_by: str | None = None
    replaced_by: str | None = None

    @property
    def is_superseded(self) -> bool:
        """Whether the passage states another law than that of the day asked for."""
        return any(caveat.is_superseded for caveat in self.caveats)

    @property
    def is_quotable(self) -> bool:
        """Whether the passage may answer: it states the law of the day, or nothing else does."""
        is_too_recent = any(caveat.is_too_recent for caveat in self.caveats)
        return not is_too_recent and not (self.is_superseded and self.replaced_by)

    @property
    def is_official(self) -> bool:
        """Whether the passage is the law itself, not a text about it."""
        return self.metadata.kind in OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quote: ``quote == version text[start:end]``.

    ``sha256`` is the hash of the whole text of the version quoted (UTF-8), so that the
    offsets can be checked later against the very same text.
    """

    n: int
    hit: Hit
    quote: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an answer with the numbers of the citations that support it."""

    text: str
    citations: tuple[int, ...]
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """What an answerer proposes: a sentence, and the span of a hit that supports it."""

    text: str
    hit: Hit
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answerer's proposal, not yet verified. No sentence means an abstention, with a reason."""

    sentences: tuple[DraftSentence, ...] = ()
    reason: str | None = None


class Answerer(Protocol):
    """Turns a query and its hits into a draft; ``mode`` names it in the answer."""

    mode: str

    def draft(self, query: Query, hits: tuple[Hit, ...]) -> Draft:
        """Propose sentences with the spans that support them, or a reason to abstain."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the reader gets. ``markdown`` carries ``[1]`` marks; ``reason`` says why it abstains."""

    question: str
    markdown: str
    as_of: date
    mode: str
    abstained: bool = False
    reason: str | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


class Outcome(StrEnum):
    """What ``ingest`` did with a file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


class PullOutcome(StrEnum):
    """What ``pull_sources`` did with a text."""

    DOWNLOADED = "downloaded"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    MANUAL = "manual"
    """Only a person with a browser can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """The outcome for one file; ``error`` is set for a failure."""

    outcome: Outcome
    path: str
    document: str | None = None
    passages: int = 0
    error: RadiactError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """The outcome of one ``ingest``, a line per file."""

    files: tuple[FileReport, ...]

    def count(self, outcome: Outcome) -> int:
        """Count the files with this outcome."""
        return sum(report.outcome is outcome for report in self.files)
