"""The facts of a text as values that can be looked up in another: dates, figures, amounts, codes.

« 15 M€ », « quinze millions d’euros » and « 15 000 000 EUR » give one value. Everything is read
on the levelled text, so that offsets are those of the text itself.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag.french import analyze
from rag.french.numbers import NUMBER, read_number
from rag.references.reference import level
from rag.types import Check
from rag.verification.readers import NUMBER_SORT, READERS, Key


class Bound(StrEnum):
    """What a figure limits."""

    LEAST = "least"
    MOST = "most"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Atom:
    """A fact of a text.

    Attributes:
        check: the sort of check that it belongs to.
        key: its value: a sort, then numbers; a date is year, month and day, some of them None. A
            plain number is of the sort ``NUMBER_SORT``.
        start: where it begins in the text.
        end: where it ends.
        bound: whether the text makes it a minimum or a maximum.
        counted: the stem of what a plain number counts; empty where it counts nothing named.
        count: the number itself, whatever its unit.
    """

    check: Check
    key: Key
    start: int
    end: int
    bound: Bound = Bound.NONE
    counted: str = ""
    count: float | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is a number without a unit."""
        return self.key[0] == NUMBER_SORT

    @property
    def is_article(self) -> bool:
        """Whether it may be « un » as in « un texte », which states no number by itself."""
        return self.is_number and self.key[1] == 1

    def is_borne_out_by(self, other: "Atom") -> bool:
        """Tell whether another text that states ``other`` states this: a date may say less."""
        if self.is_number:
            return self.key[1] == other.count
        if self.check is not other.check or len(self.key) != len(other.key):
            return False
        if {self.bound, other.bound} == {Bound.LEAST, Bound.MOST}:
            return False
        if self.check is Check.DATE:
            same = zip(self.key, other.key, strict=True)
            return all(mine is None or mine == its for mine, its in same)
        return self.key == other.key


@lru_cache(maxsize=4096)
def read_atoms(text: str) -> tuple[Atom, ...]:
    """Read the dates, amounts, percentages, durations, codes and other numbers of a text.

    Units of law (« article 26 ») are not read: see ``rag.verification.references``.

    >>> [atom.key for atom in read_atoms("15 M€ ou 3 %, six mois, le 2 août 2026")]
    [('euros', 15000000.0), ('percent', 3.0), ('months', 6.0), (2026.0, 8.0, 2.0)]
    """
    levelled = level(text)
    found: list[Atom] = []
    for reader in READERS:
        for match in reader.pattern.finditer(levelled):
            start, end = match.span()
            keys = list(reader.read(match))
            found.extend(_atom(reader.check, key, levelled, start, end) for key in keys)
            if keys:
                levelled = f"{levelled[:start]}{'#' * (end - start)}{levelled[end:]}"
    return tuple(sorted(found, key=lambda atom: atom.start))


_COUNTED = re.compile(r" (?:grande?s? |autres |premiere?s? |nouve\w+ )?(?P<noun>[a-z]{4,})")


def _atom(check: Check, key: Key, text: str, start: int, end: int) -> Atom:
    """Make an atom of what was read, with the words around it."""
    noun = _COUNTED.match(text, end) if key[0] == NUMBER_SORT else None
    stems = analyze(noun["noun"]) if noun else ()
    number = NUMBER.search(text[start:end]) if check is not Check.DATE else None
    return Atom(
        check,
        key,
        start,
        end,
        bound=_side(text, start) if check is Check.DATE else _bound(text, start, end),
        counted=stems[0] if stems else "",
        count=read_number(number.group()) if number else None,
    )


_AROUND = 60
_CERTAIN = re.compile(r"au (?:plus|moins|maximum|minimum)\b")
_LEAST_BEFORE = re.compile(
    r"(?:au (?:moins|minimum)|plus|minimum|superieure?s? a|excede(?:nt|r)?|depasse(?:nt|r)?)"
    r" (?:pendant |de |a |d')?$"
)
_MOST_BEFORE = re.compile(
    r"(?:au (?:plus|maximum)(?: tard)?|(?<!au )moins|jusqu'a|maximum|inferieure?s? a)"
    r"(?: dans)?(?: les?)?(?: un delai)? ?(?:de |a |d')?$"
)
_LEAST_AFTER = re.compile(r" (?:au (?:moins|minimum)|minimum|ou plus)\b")
_MOST_AFTER = re.compile(r" (?:au (?:plus|maximum)|maximum|ou moins)\b")
_FROM = re.compile(r"(?:a partir|a compter|des|depuis) (?:du |le |de |d'|en )?$")
_UNTIL = re.compile(r"(?:avant|jusqu'(?:au|en|a)|au plus tard)(?: le| au| en)? $|jusqu'au $")
_DENIED = re.compile(r"\b(?:ne |n'|jamais |pas )(?:[\w']+ ){0,3}$")


def _side(text: str, start: int) -> Bound:
    """Read which side of a date is meant: what begins on it, or what ends before it."""
    before = text[max(0, start - _AROUND) : start]
    if _FROM.search(before):
        return Bound.LEAST
    return Bound.MOST if _UNTIL.search(before) else Bound.NONE


def _bound(text: str, start: int, end: int) -> Bound:
    """Read whether a figure is a limit; « jamais moins de » is a minimum."""
    if _LEAST_AFTER.match(text, end):
        return Bound.LEAST
    if _MOST_AFTER.match(text, end):
        return Bound.MOST
    before = text[max(0, start - _AROUND) : start]
    for pattern, bound, contrary in (
        (_MOST_BEFORE, Bound.MOST, Bound.LEAST),
        (_LEAST_BEFORE, Bound.LEAST, Bound.MOST),
    ):
        if match := pattern.search(before):
            is_denied = not _CERTAIN.match(match.group()) and _DENIED.search(
                before[: match.start()]
            )
            return contrary if is_denied else bound
    return Bound.NONE
