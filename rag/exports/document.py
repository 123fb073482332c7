"""What an exported document is made of, whatever the format that renders it.

Texts are as they were found, whoever wrote them; each format makes them safe in its own way.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Voice(StrEnum):
    """How a run of words is to be heard."""

    PLAIN = "plain"
    STRONG = "strong"
    ASIDE = "aside"
    """What is not of the quote: the subject named before it."""
    MARK = "mark"
    """The number of a source."""


class Tone(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    QUESTION = "question"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one voice; ``target`` is the name of the heading that they lead to."""

    text: str
    voice: Voice = Voice.PLAIN
    target: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, of level 1 to 3; ``name`` is what a run may lead to, unique in the document."""

    text: str
    level: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    runs: tuple[Run, ...]
    tone: Tone = Tone.BODY

    @classmethod
    def of(cls, text: str, tone: Tone = Tone.BODY) -> "Paragraph":
        """Make a paragraph of one text."""
        return cls((Run(text),), tone)


@dataclass(frozen=True, slots=True)
class Quote:
    """The very words of a document, lines and all, in the language of this code.

    ``name`` is that of its bookmark, where a format has some; unique in the document.
    """

    text: str
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name; ``address`` is a web address that the value is a link to."""

    name: str
    value: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of facts, a row for each."""

    rows: tuple[Fact, ...]


Block: TypeAlias = Heading | Paragraph | Quote | Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document in French, with a title of its own above its blocks."""

    title: str
    author: str
    created: datetime
    blocks: tuple[Block, ...] = field(default=())
