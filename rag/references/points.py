"""Find a point of a list inside the passage that holds it.

A list short enough is one passage; a reference to one of its points is met by that point alone.
Points are told by the markers that open their lines, and nested by which marker follows which.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.types import Passage

_MARKER = re.compile(
    r"\n+(?P<printed>\(?(?P<name>[0-9]{1,3}[a-z]?|[a-z]{1,5})\)|(?P<number>[0-9]{1,3})\.)\s"
)
_FIRST = re.compile(r"(?:\(?[0-9]{1,3}[.)]\s)?(?P<printed>\(?a\))\s")
"""The first point where it opens what holds it: « 1. a) Règlement… »."""

_NEW_BLOCK = re.compile(r"\n\n(?!\(?(?:[0-9]{1,3}[a-z]?|[a-z]{1,5})\)\s|[0-9]{1,3}\.\s)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()
_ENDS_WITH_POINT = re.compile(r"point [^,]+$|, [a-z0-9]+\)$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that opens a point: where, its marker as printed and as anchors name it."""

    start: int
    printed: str
    name: str


@dataclass(slots=True)
class _Point:
    """A point: its path in the passage, its span, its marker as printed."""

    path: tuple[str, ...]
    start: int
    end: int
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointPassage:
    """A point as a passage of its own, and the words that introduce it, where there are some."""

    passage: Passage
    lead_in: Passage | None


def point_in(passage: Passage, steps: Sequence[str]) -> PointPassage | None:
    """Find the point that ``steps`` lead to inside a passage, None where it holds none."""
    found = _points(passage.text, is_list=not passage.anchor.endswith(".a"))
    path = tuple(step.lower() for step in steps)
    point = next((point for point in found if point.path == path), None)
    if point is None:
        return None
    anchor = ".".join((passage.anchor, *point.path))
    part = replace(
        passage,
        id=f"{passage.document}#{anchor}",
        anchor=anchor,
        label=_label(passage.label, point.printed),
        start=passage.start + point.start,
        end=passage.start + point.end,
        text=passage.text[point.start : point.end],
    )
    return PointPassage(part, _lead_in(passage, found))


def _lead_in(passage: Passage, points: Sequence[_Point]) -> Passage | None:
    """Give what stands before the first point of a passage, where it introduces the list."""
    text = passage.text[: points[0].start].rstrip()
    if not text.endswith(":"):
        return None
    return replace(passage, text=text, end=passage.start + len(text))


def _label(label: str, printed: Sequence[str]) -> str:
    """Cite a point as the loaders do: « annexe III, point 5, d) »."""
    for marker in printed:
        joint = ", " if _ENDS_WITH_POINT.search(label) else ", point "
        label = f"{label}{joint}{marker}"
    return label


def _points(text: str, *, is_list: bool) -> list[_Point]:
    """List the points of a text in order; its first line opens one only where it is a list."""
    first = _FIRST.match(text) if is_list else None
    lines = [_Line(0, first["printed"], "a")] if first else []
    lines += [
        _Line(
            match.start("printed"), match["printed"].rstrip("."), match["name"] or match["number"]
        )
        for match in _MARKER.finditer(text)
    ]
    opened: list[_Point] = []
    points: list[_Point] = []
    for place, line in enumerate(lines):
        following = lines[place + 1].name if place + 1 < len(lines) else ""
        depth = _depth([point.path[-1] for point in opened], line.name, following)
        for point in opened[depth:]:
            point.end = len(text[: line.start].rstrip())
        above = opened[depth - 1] if depth else _Point((), 0, 0, ())
        point = _Point(
            (*above.path, line.name), line.start, len(text), (*above.printed, line.printed)
        )
        opened = [*opened[:depth], point]
        points.append(point)
    if opened and (block := _NEW_BLOCK.search(text, opened[-1].start)):
        for point in opened:  # what stands after the list is in none of its points
            point.end = block.start()
    return points


def _depth(path: Sequence[str], name: str, following: str) -> int:
    """Tell how deep a marker lies below those that are open: 0 beside the outermost."""
    if name == "i" and following == "ii":
        return len(path)
    for depth in reversed(range(len(path))):
        if _follows(path[depth], name):
            return depth
    return len(path) if name in ("1", "a", "i") else max(len(path) - 1, 0)


def _follows(before: str, name: str) -> bool:
    """Tell whether a marker comes right after another: 2 after 1, b after a, ii after i."""
    if before.isdecimal() and name.isdecimal():
        return int(name) == int(before) + 1
    if before in _ROMANS[:-1] and _ROMANS[_ROMANS.index(before) + 1] == name:
        return True
    return len(before) == len(name) == 1 and ord(name) == ord(before) + 1
