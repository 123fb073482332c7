"""What a query is, and what is found for it."""

from dataclasses import dataclass, field
from datetime import date

from rag.errors import RadiactError
from rag.types.documents import OFFICIAL, Kind, Metadata, Passage
from rag.types.filters import NO_FILTER, Filters
from rag.types.law import Caveat


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """How near a question is to the nearest examples of questions to decline.

    Attributes:
        reason: why such a question is declined (``rag.out_of_scope.Reason``).
        contrast: similarity of the vectors, in the unit of ``Hit.contrast``.
        tokens: the same token by token, -1 to 1; 0 where the encoder does not read tokens.
        is_told: whether a word of the question tells this reason too.
    """

    reason: str
    contrast: float
    tokens: float
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """What a question names that bears on which texts answer it.

    Attributes:
        acts: ids of the acts (``32016R0679``).
        kinds: sorts of text (« les actualités »).
        publishers: short names of those who write sources (``cnil``), where it asks what they say.
        roles: folded, in the singular (``deployeur``).
        period: first and last day of the date named.
    """

    acts: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    publishers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as understood: ``text`` is what is searched, ``question`` what was typed.

    ``understood`` is what a reader is told of it, empty where only its typography changed.
    ``resemblance`` is known once it was searched, where there are examples to compare with.
    ``failure`` is why the chat model did not write the question out: it is not asked again.
    """

    question: str
    text: str
    as_of: date
    history: tuple[str, ...] = ()
    understood: str = ""
    steering: Steering = field(default_factory=Steering)
    resemblance: Resemblance | None = None
    failure: RadiactError | None = None
    filters: Filters = NO_FILTER


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """What one way of searching adds to a score: ``value`` (0 to 1) times ``weight``.

    ``raw`` is what the way found on its own scale, which does not depend on the other passages.
    """

    signal: str
    raw: float
    value: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceNearness:
    """A sentence of a passage, at offsets in its version's text, and how near it is.

    Attributes:
        question: to the question, token by token, -1 to 1.
        explained: the same to the sentence that explains it, where one was found, else 0.
    """

    start: int
    end: int
    question: float
    explained: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A passage of another document that says the same words."""

    passage: Passage
    metadata: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a query.

    ``score`` (0 to 1 within one query) orders hits: the sum of its ``parts``, times the factors
    ``authority`` and ``validity``, unless it stands for a passage found in its place. ``dense`` is
    the cosine similarity (-1 to 1) and ``lexical`` the raw BM25 score (0 and up), 0 where that side
    did not find the passage.
    ``contrast`` is how far the similarity stands above what off-topic questions find, in standard
    deviations, and ``described`` the same for the nearest phrase that describes it, where one was
    found; ``coverage`` is the share of the question's terms, weighted by rarity, that the
    passage or its headings hold (0 to 1). ``sentences`` are those of the passage, where the encoder
    reads tokens. A list too long for one passage is cut into its points:
    ``lead_in`` is then the passage that introduces the point found, and ``items`` are the points
    that the passage found introduces. ``caveats`` tell its place in time on the day asked for;
    ``instead_of`` is the id of the passage found, of another day, that this one was brought in for,
    ``replaced_by`` that of the passage brought in for this one, and ``explained_by`` that of the
    passage found that this one is the law of. ``reference`` are the words of the question that name
    the very unit (« art. 26 §6 »), empty where none does. ``twins`` say the same words in other
    documents, and are no hits of their own.
    """

    passage: Passage
    metadata: Metadata
    version: int
    score: float
    dense: float = 0.0
    lexical: float = 0.0
    contrast: float = 0.0
    described: float | None = None
    coverage: float = 0.0
    parts: tuple[ScorePart, ...] = ()
    authority: float = 1.0
    validity: float = 1.0
    sentences: tuple[SentenceNearness, ...] = ()
    lead_in: Passage | None = None
    items: tuple[Passage, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    instead_of: str | None = None
    explained_by: str | None = None
    replaced_by: str | None = None
    reference: str = ""
    twins: tuple[Twin, ...] = ()

    @property
    def also_in(self) -> tuple[str, ...]:
        """Ids of the passages of other documents that say the same words."""
        return tuple(twin.passage.id for twin in self.twins)

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
