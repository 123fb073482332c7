"""Compare the keys of units: versions of an act, units inside others, ranges of articles."""

import re
from collections.abc import Iterator

from rag.types import Metadata

_CONSOLIDATED = re.compile(r"0(?P<act>[0-9]{4}[A-Z][0-9]{4})(?:-[0-9]{8})?(?:-[a-z]{2})?")
_TRANSLATION = re.compile(r"(?P<act>3[0-9]{4}[A-Z][0-9]{4})-[a-z]{2}")
_RANGE = re.compile(r"(?P<act>[^#]+)#art_(?P<first>[0-9]+)\.\.art_(?P<last>[0-9]+)")
_REFERENCE = re.compile(
    r"\barticles?\s+(?P<article>[0-9]+[a-z]?)\b"
    r"(?:,\s+paragraphe\s+(?P<paragraph>[0-9]+[a-z]?)\b)?"
    r"(?:,\s+points?\s+(?P<point>[a-z])\b)?",
    re.IGNORECASE,
)


def referenced_anchors(text: str) -> Iterator[str]:
    """Yield the anchors of the articles that a French text names, as precisely as it does.

    >>> list(referenced_anchors("selon l’article 26, paragraphe 6, et l’article 113"))
    ['art_26.6', 'art_113']
    """
    for match in _REFERENCE.finditer(text):
        steps = (match["article"], match["paragraph"], match["paragraph"] and match["point"])
        yield "art_" + ".".join(step.lower() for step in steps if step)


def act_id(document: str) -> str:
    """Give the act that a document is a version of: a consolidated text, a translation.

    >>> act_id("02024R1689-20260727"), act_id("32024R1689-en"), act_id("notice-drim")
    ('32024R1689', '32024R1689', 'notice-drim')
    """
    if match := _CONSOLIDATED.fullmatch(document):
        return f"3{match['act']}"
    match = _TRANSLATION.fullmatch(document)
    return match["act"] if match else document


def acts_of(metadata: Metadata) -> frozenset[str]:
    """Give the acts that a document is a version of, or explains."""
    return frozenset((act_id(metadata.id), *(key.partition("#")[0] for key in metadata.covers)))


def overlap(one: str, other: str) -> bool:
    """Tell whether two unit keys are the same unit, or one lies under the other.

    >>> overlap("a#art_6.1", "a#art_6"), overlap("a#art_6", "a#art_61")
    (True, False)
    """
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def lies_within(unit: str, units: str) -> bool:
    """Tell whether a unit is, or lies under, a key or a range of articles.

    >>> lies_within("a#art_9.1", "a#art_8..art_15"), lies_within("a#art_90", "a#art_9")
    (True, False)
    """
    if (match := _RANGE.fullmatch(units)) is None:
        return unit == units or unit.startswith(f"{units}.")
    act, _, anchor = unit.partition("#")
    number = re.match(r"art_([0-9]+)(?![0-9a-z])", anchor)
    inside = number and int(match["first"]) <= int(number[1]) <= int(match["last"])
    return bool(inside) and act == match["act"]
