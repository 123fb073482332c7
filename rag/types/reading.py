"""What one reads of a document: a unit in its place, and a page as an image.

Offsets are character offsets into the text of the version read.
"""

from dataclasses import dataclass
from enum import StrEnum

from rag.types.documents import Metadata


class VersionState(StrEnum):
    """What has become of a version since it was recorded."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    """Another version of the document answers now."""
    REMOVED = "removed"
    """The document answers no more."""


class FileState(StrEnum):
    """What has become of the paginated file that a version was read from."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is read at once: a unit that no other holds, or a part of one that is too long.

    Attributes:
        lead: where its headings and what else stands before it in no unit begin.
        level: how many units it is in, from 0.
    """

    anchor: str
    label: str
    headings: tuple[str, ...]
    level: int
    lead: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph or a point of a list, as it stands in the text.

    ``depth`` is how many units below the place it is in; ``is_heading`` tells that it is in none.
    """

    start: int
    end: int
    text: str
    depth: int = 0
    is_heading: bool = False

    def holds(self, offset: int) -> bool:
        """Tell whether an offset of the text is in this line."""
        return self.start <= offset < self.end

    def runs(self, quote: tuple[int, int] | None) -> tuple[tuple[str, bool], ...]:
        """Cut the text into runs, each with whether it is quoted; joined, they are the text."""
        first, last = quote or (self.start, self.start)
        start = min(max(first - self.start, 0), len(self.text))
        end = min(max(last - self.start, start), len(self.text))
        cut = ((self.text[:start], False), (self.text[start:end], True), (self.text[end:], False))
        return tuple((run, is_quoted) for run, is_quoted in cut if run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A place of a version of a document, and what is around it.

    Attributes:
        version: its number in the register.
        sha256: hash of the version's whole text (UTF-8), as citations have it.
        state: whether it still answers.
        current: number of the version that answers now; ``None`` where none does.
        anchor: the unit asked for, or the innermost around the quote.
        at: the offset asked for: of the quote, else of the unit, else of the place.
        quote: start and end of the words to highlight.
        address: of the unit in the official text; empty where the document has none.
        page: where the quote, or else the place, begins; ``None`` in a text without pages.
        file: what has become of the file of a text with pages.
        contents: every place of the document, in reading order.
    """

    metadata: Metadata
    version: int
    sha256: str
    state: VersionState
    current: int | None
    place: Place
    anchor: str
    at: int
    lines: tuple[Line, ...]
    quote: tuple[int, int] | None
    quoted: str
    address: str
    page: int | None
    file: FileState | None
    previous: Place | None
    following: Place | None
    contents: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rectangle of a page, in ten-thousandths of its width and height from its top left."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page of a file: its number from 1, its ratio of height to width, and what is quoted on it.

    ``quote_pages`` are the pages that the quote is on, as far as the text tells.
    """

    number: int
    count: int
    ratio: float
    marks: tuple[Mark, ...] = ()
    quote_pages: tuple[int, ...] = ()
