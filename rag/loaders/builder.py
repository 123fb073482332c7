"""Build one clean text and the spans of its units, block by block."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from rag.types import Unit

_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")

PARAGRAPH = "\n\n"
LINE = "\n"


def collapse(text: str) -> str:
    r"""Make one line of ``text``: every run of spaces is one space, and none is at the ends.

    No-break spaces become spaces too, since HTML and PDF versions of a text differ in them;
    characters that cannot be seen go; words and apostrophes stay.

    >>> collapse("  6.\u00a0\u00a0 Les  déployeurs ")
    '6. Les déployeurs'
    """
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


@dataclass(slots=True)
class TextBuilder:
    """Append blocks of text inside nested units; offsets are kept as the text grows.

    A unit's span goes from the first block appended in it (a heading line does not count)
    to the last. A unit without a block is forgotten.
    """

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _after_heading: bool = False
    _units: list[Unit] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _anchors: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units closed so far that hold text, in reading order."""
        return tuple(unit for unit in self._units if unit.end > unit.start)

    def heading(self, text: str) -> None:
        """Append a heading line, which no unit starts with."""
        self._append(collapse(text), separator=PARAGRAPH)
        self._after_heading = True

    def block(self, text: str, *, separator: str = PARAGRAPH) -> int | None:
        """Append a block of text after ``separator``; return where it starts, None when empty."""
        separator = PARAGRAPH if self._after_heading else separator
        start = self._append(collapse(text), separator=separator)
        if start is not None:
            self._after_heading = False
            for index in self._open:
                if self._units[index].start < 0:
                    self._units[index] = replace(self._units[index], start=start)
        return start

    def _append(self, text: str, *, separator: str) -> int | None:
        if not text:
            return None
        joined = f"{separator}{text}" if self._length else text
        self._parts.append(joined)
        self._length += len(joined)
        return self._length - len(text)

    @contextmanager
    def unit(
        self,
        anchor: str,
        *,
        label: str,
        headings: tuple[str, ...] = (),
        published: date | None = None,
    ) -> Iterator[str]:
        """Open a unit for the blocks appended in the ``with`` body; give its (unique) anchor."""
        yield self.open(anchor, label=label, headings=headings, published=published)
        self.close()

    def open(
        self,
        anchor: str,
        *,
        label: str,
        headings: tuple[str, ...] = (),
        published: date | None = None,
    ) -> str:
        """Open a unit inside the one that is open; return its anchor, made unique."""
        unique = self._unique(anchor)
        unit = Unit(
            anchor=unique,
            label=label,
            start=-1,
            end=-1,
            headings=headings,
            parent=self._units[self._open[-1]].anchor if self._open else None,
            published=published,
        )
        self._open.append(len(self._units))
        self._units.append(unit)
        return unique

    def close(self) -> None:
        """Close the unit opened last: it ends where the text ends now."""
        index = self._open.pop()
        unit = self._units[index]
        self._units[index] = replace(unit, end=self._length if unit.start >= 0 else -1)

    def _unique(self, anchor: str) -> str:
        candidate, n = anchor, 2
        while candidate in self._anchors:
            candidate, n = f"{anchor}-{n}", n + 1
        self._anchors.add(candidate)
        return candidate
