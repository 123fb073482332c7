"""What two sources say where they do not agree."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.types.documents import Kind, Metadata, Passage


class Settlement(StrEnum):
    """What tells which of two sources that do not agree prevails."""

    LAW = "law"
    """The first is the law, the second explains it."""
    RECENT = "recent"
    """The first is the more recent of two that weigh the same."""
    OPEN = "open"
    """Nothing that is known tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a sentence of an answer says on a point where another source says otherwise.

    Attributes:
        sentence: place of the sentence in the answer, from 0.
        words: those of the sentence that state the fact.
        passage: the one quoted.
        metadata: of its document.
    """

    sentence: int
    words: str
    passage: Passage
    metadata: Metadata

    @property
    def day(self) -> date | None:
        """The day that dates the source: an item of news by its own, a notice by its last check."""
        facts = self.metadata
        published = self.passage.published or facts.published
        if facts.kind is Kind.NEWS:
            return published
        checked = facts.checked if facts.kind is Kind.NOTICE else None
        return checked or facts.version_date or published


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two claims that cannot both hold; the one that prevails first, where that is settled."""

    claims: tuple[Claim, Claim]
    settlement: Settlement
