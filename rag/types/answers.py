"""What a citation, a draft and an answer are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from threading import Event
from typing import Protocol, TypeAlias

from rag.errors import RadiactError
from rag.types.contradictions import Contradiction
from rag.types.filters import NO_FILTER, Filters
from rag.types.search import Hit, Query
from rag.types.verification import Finding

EXTRACTIVE = "extractive"
"""Mode of an answer made of quotes."""

WRITTEN = "llm"
"""Mode of an answer that a language model wrote."""


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
    """A sentence of an answer with the numbers of the citations that support it.

    ``context`` names its subject, to be shown in brackets before it; ``emphasis`` are the offsets
    in ``text`` of the words that the question asks for. ``finding`` is what was checked of a
    sentence that a language model wrote; a quote, which is checked to the character, has none.
    ``starts_paragraph`` is whether such a sentence begins a paragraph.
    """

    text: str
    citations: tuple[int, ...]
    verified: bool = False
    context: str = ""
    emphasis: tuple[tuple[int, int], ...] = ()
    finding: Finding | None = None
    starts_paragraph: bool = False

    @property
    def is_left_out(self) -> bool:
        """Whether a language model wrote it and no passage bears it out."""
        return self.finding is not None and not self.verified


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSentence:
    """What an answerer proposes: a sentence, and the span of a hit that supports it.

    ``context`` and ``emphasis`` are those of ``Sentence``.
    """

    text: str
    hit: Hit
    start: int
    end: int
    context: str = ""
    emphasis: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """A span of a hit, at offsets in its version's text, that says what a sentence says."""

    hit: Hit
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """A sentence that a language model wrote, and what came of checking it.

    ``supports`` are the spans that say the same, none where the sentence could not be verified;
    ``starts_paragraph`` is whether the model went to a new line before it.
    """

    text: str
    finding: Finding
    supports: tuple[Support, ...] = ()
    starts_paragraph: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answerer's proposal, not yet verified.

    No sentence means an abstention, with its ``reason``; beside sentences, it says what is missing.
    ``written`` are the sentences of a language model, in place of the quotes in ``sentences``.
    ``confidence`` is the probability that the hits answer, where it was weighed;
    ``contradictions`` are what the sentences do not agree on. ``mode`` names who made it, and
    ``failure`` is why it is not the language model that was asked to.
    """

    sentences: tuple[DraftSentence, ...] = ()
    written: tuple[WrittenSentence, ...] = ()
    reason: str | None = None
    confidence: float | None = None
    contradictions: tuple[Contradiction, ...] = ()
    mode: str = EXTRACTIVE
    failure: RadiactError | None = None


TellDraft: TypeAlias = Callable[[Draft], None]
"""Takes a draft as far as it is written, each time that a sentence comes."""


class Answerer(Protocol):
    """Turns a query and its hits into a draft."""

    def draft(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        tell: TellDraft | None = None,
        stop: Event | None = None,
    ) -> Draft:
        """Propose sentences with the spans that support them, or a reason to abstain.

        Args:
            query: the question.
            hits: what was found, best first.
            tell: is told of the draft as it is written, where that takes time.
            stop: ends the writing once it is set.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the reader gets. ``markdown`` carries ``[1]`` marks; ``reason`` says why it abstains.

    ``confidence`` is the probability, 0 to 1, that the documents answer the question, where the
    answerer gives one; ``understood`` is the question as it was completed or mended, if it was;
    ``failure`` is why the language model that was asked for did not write it;
    ``contradictions`` are what its sources do not agree on; ``suggestions`` are questions that the
    documents answer near this one, best first.
    """

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
    confidence: float | None = None
    understood: str = ""
    filters: Filters = NO_FILTER
    contradictions: tuple[Contradiction, ...] = ()
    suggestions: tuple[str, ...] = ()
    failure: RadiactError | None = None

    @property
    def is_written(self) -> bool:
        """Whether a language model wrote it."""
        return self.mode == WRITTEN

    @property
    def count_verified(self) -> int:
        """How many of its sentences were verified."""
        return sum(sentence.verified for sentence in self.sentences)

    @property
    def left_out(self) -> tuple[Sentence, ...]:
        """The sentences that a language model wrote and no passage bears out."""
        return tuple(sentence for sentence in self.sentences if sentence.is_left_out)

    @property
    def share_verified(self) -> float:
        """The share of its sentences that were verified, 0 to 1; 1 where it has none."""
        return self.count_verified / len(self.sentences) if self.sentences else 1.0

    def sources(self, contradiction: Contradiction) -> tuple[int, ...]:
        """Give the numbers of the citations that a contradiction is between, in order."""
        said = (self.sentences[claim.sentence] for claim in contradiction.claims)
        return tuple(sorted({number for sentence in said for number in sentence.citations}))


TellAnswer: TypeAlias = Callable[[Answer], None]
"""Takes an answer as far as it is written and verified."""
