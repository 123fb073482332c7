"""Cut a text into places: what one reads at once, and goes to from a table of contents.

A place is a unit that no other holds (an article, a section, a page). One too long for that is cut
into the units it holds, and a unit that holds none at the ends of its paragraphs. Together, with
what leads to each, they are the whole text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rag.types import Line, Place, Unit

MOST_CHARACTERS = 20_000
"""In a place: the longest article of the AI Act, its definitions, has 18,900."""


def places(text: str, units: Sequence[Unit], *, most: int = MOST_CHARACTERS) -> tuple[Place, ...]:
    """List the places of a text in reading order."""
    children: dict[str | None, list[Unit]] = defaultdict(list)
    anchors = {unit.anchor for unit in units}
    for unit in units:
        children[unit.parent if unit.parent in anchors else None].append(unit)
    found: list[Place] = []
    for place in _cut(text, children, within=None, level=0, most=most):
        lead = found[-1].end if found else 0
        if place.end > lead:
            found.append(replace(place, lead=lead, start=max(place.start, lead)))
    if not found:
        whole = Place(anchor="", label="", headings=(), level=0, lead=0, start=0, end=len(text))
        return tuple(_paragraph_wise(text, whole, most=most))
    if text[found[-1].end :].strip():
        found[-1] = replace(found[-1], end=len(text))
    return tuple(found)


def place_at(found: Sequence[Place], offset: int) -> Place:
    """Give the place that an offset is in; what leads to a place is read with it."""
    return next((place for place in found if offset < place.end), found[-1])


def lines(text: str, place: Place, units: Iterable[Unit]) -> tuple[Line, ...]:
    """Cut a place into its paragraphs and points, each with how deep it is in the place."""
    inside = [
        unit for unit in units if place.start <= unit.start < place.end and unit.end <= place.end
    ]
    return tuple(
        Line(
            start=start,
            end=end,
            text=text[start:end],
            depth=max(sum(unit.start <= start < unit.end for unit in inside) - 1, 0),
            is_heading=end <= place.start,
        )
        for start, end in _line_spans(text, place.lead, place.end)
    )


def innermost(units: Iterable[Unit], start: int, end: int) -> Unit | None:
    """Give the shortest unit that holds a span; of equal ones, that which the others hold."""
    around = [unit for unit in units if unit.start <= start and end <= unit.end]
    return min(reversed(around), key=lambda unit: unit.end - unit.start, default=None)


def _cut(
    text: str,
    children: Mapping[str | None, Sequence[Unit]],
    *,
    within: str | None,
    level: int,
    most: int,
) -> Iterator[Place]:
    for unit in children.get(within, ()):
        place = Place(
            anchor=unit.anchor,
            label=unit.label,
            headings=unit.headings,
            level=level,
            lead=unit.start,
            start=unit.start,
            end=unit.end,
        )
        parts = children.get(unit.anchor, ())
        if unit.end - unit.start <= most:
            yield place
        elif not parts:
            yield from _paragraph_wise(text, place, most=most)
        else:
            if text[unit.start : parts[0].start].strip():
                yield replace(place, end=parts[0].start)
            yield from _cut(text, children, within=unit.anchor, level=level + 1, most=most)


def _paragraph_wise(text: str, place: Place, *, most: int) -> Iterator[Place]:
    """Cut a place at the ends of lines; a line longer than ``most`` is cut where it must be."""
    start, label = place.start, place.label
    while place.end - start > most:
        newline = text.rfind("\n", start + 1, start + most)
        cut = newline + 1 if newline > start else start + most
        yield replace(place, label=label, lead=start, start=start, end=cut)
        start, label = cut, f"{place.label} (suite)".lstrip()
    yield replace(place, label=label, lead=start, start=start)


def _line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans of the lines that say something, without the spaces around them."""
    for line in text[start:end].splitlines(keepends=True):
        said = line.strip()
        if said:
            first = start + line.index(said)
            yield first, first + len(said)
        start += len(line)
