"""What a reader thinks of an answer, as it is kept on this machine."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_CHARACTERS = 1000
"""In a reader's comment."""


class Verdict(StrEnum):
    """What a reader may say of an answer, besides a comment."""

    USEFUL = "utile"
    INACCURATE = "inexact"
    UNSUITABLE_SOURCE = "source-inadaptee"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedSource:
    """What an answer quoted: enough to find the very words again in the register."""

    document: str
    anchor: str
    version: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A verdict on an answer, with what it was given on.

    Attributes:
        key: that of the answer (``rag.ui.kept``); another verdict on it replaces this one.
        given_at: when, in UTC.
        as_of: the day whose law was answered.
        abstained: whether the answer was an abstention.
        comment: the reader's own words; may be empty.
        program: version of the program that answered.
    """

    key: str
    given_at: datetime
    question: str
    as_of: date
    abstained: bool
    verdict: Verdict
    comment: str
    citations: tuple[QuotedSource, ...]
    program: str
