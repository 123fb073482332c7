"""The facts of a text as values that can be looked up in another: dates, figures, references.

« 15 M€ », « quinze millions d’euros » and « 15 000 000 EUR » give one value. Everything is read
on the levelled text, so that offsets are those of the text itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

from rag.french.facts import MONTHS
from rag.french.numbers import NUMBER, read_number
from rag.references.reference import level
from rag.types import Check

Key: TypeAlias = tuple[str | float | None, ...]


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
        key: its value: a sort, then numbers; a date is year, month and day, some of them None.
        start: where it begins in the text.
        end: where it ends.
        bound: whether the text makes it a minimum or a maximum.
    """

    check: Check
    key: Key
    start: int
    end: int
    bound: Bound = Bound.NONE

    def is_borne_out_by(self, other: "Atom") -> bool:
        """Tell whether another text that states ``other`` states this: a date may say less."""
        if self.check is not other.check or len(self.key) != len(other.key):
            return False
        if {self.bound, other.bound} == {Bound.LEAST, Bound.MOST}:
            return False
        same = zip(self.key, other.key, strict=True)
        if self.check is Check.DATE:
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
    for pattern, check, read in _READERS:
        for match in pattern.finditer(levelled):
            key = read(match)
            if key is None:
                continue
            start, end = match.span()
            found.append(Atom(check, key, start, end, _bound(levelled, start, end)))
            levelled = f"{levelled[:start]}{'#' * (end - start)}{levelled[end:]}"
    return tuple(sorted(found, key=lambda atom: atom.start))


_N = NUMBER.pattern.replace("?P<figures>", "?:").replace("?P<scale>", "?:")
_N = _N.replace("?P<words>", "?:")
_MONTHS = level(MONTHS).split()
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join((*_MONTHS, *_ENGLISH_MONTHS))
_UNIT_MONTHS = {"mois": 1.0, "month": 1.0, "trimestre": 3.0, "semestre": 6.0}
_UNIT_HOURS = {
    **{"seconde": 1 / 3600, "minute": 1 / 60, "heure": 1.0, "h": 1.0, "jour": 24.0, "j": 24.0},
    **{"semaine": 168.0, "hour": 1.0, "day": 24.0, "week": 168.0, "second": 1 / 3600},
}
_ENGLISH_NUMBERS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30.0, "sixty": 60.0, "ninety": 90.0}
_ENGLISH = "|".join(_ENGLISH_NUMBERS)


def _code(match: re.Match[str]) -> Key:
    code = re.sub(r"[ .]|n°", "", match.group()).replace("/", "-").strip("-")
    return ("code", re.sub(r"^(?:normeen|iso-?iec|iec|iso)-?", "iso", code))


def _date(match: re.Match[str]) -> Key | None:
    day, month, year = match["day"], match["month"], match["year"]
    names = _MONTHS if month in _MONTHS else _ENGLISH_MONTHS
    return (
        float(year) if year else None,
        float(names.index(month) + 1),
        float(day.removesuffix("er")) if day else None,
    )


def _numeric_date(match: re.Match[str]) -> Key | None:
    day, month = float(match["day"]), float(match["month"])
    return (float(match["year"]), month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _year(match: re.Match[str]) -> Key:
    return (float(match["year"]), None, None)


def _amount(match: re.Match[str]) -> Key | None:
    count = read_number(match["number"])
    scale = {"m": 1e6, "md": 1e9, "mds": 1e9, "k": 1e3}.get(match["short"] or "", 1.0)
    return None if count is None else ("euros", count * scale)


def _percentage(match: re.Match[str]) -> Key | None:
    count = read_number(match["number"])
    return None if count is None else ("percent", count)


def _duration(match: re.Match[str]) -> Key | None:
    words, unit = match["number"], match["unit"].rstrip("s")
    count = _ENGLISH_NUMBERS.get(words)
    count = read_number(words) if count is None else count
    if count is None or match.group() in ("une seconde", "deux secondes"):
        return None
    if unit in ("an", "annee", "year"):
        return ("months", 12 * count)
    if (months := _UNIT_MONTHS.get(unit if unit != "moi" else "mois")) is not None:
        return ("months", months * count)
    return ("hours", _UNIT_HOURS[unit] * count)


def _working_days(match: re.Match[str]) -> Key | None:
    count = read_number(match["number"])
    return None if count is None else ("working days", count)


def _class(match: re.Match[str]) -> Key:
    return ("class", match["name"])


def _number(match: re.Match[str]) -> Key | None:
    count = read_number(match.group())
    return None if count is None or match.group() in ("un", "une") else ("number", count)


_READERS: tuple[tuple[re.Pattern[str], Check, Callable[[re.Match[str]], Key | None]], ...] = (
    (
        re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
        Check.DATE,
        _numeric_date,
    ),
    (
        re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b"),
        Check.DATE,
        _numeric_date,
    ),
    (
        re.compile(
            rf"(?:\b(?P<day>\d{{1,2}}(?:er)?) )?\b(?P<month>{_MONTH})\b"
            r"(?: (?P<year>(?:19|20)\d\d)\b)?"
        ),
        Check.DATE,
        _date,
    ),
    (
        re.compile(
            r"\b(?:n° ?)?\d+(?:/\d+)+\b|\b[lrd]\. ?\d+(?:-\d+)+|\b\d{3,}(?:-\d+)+\b"
            r"|\b(?:norme en|iso|iec)[ /](?:iec )?\d+(?:-\d+)*|\b3\d{4}[lr]\d{4}\b"
        ),
        Check.REFERENCE,
        _code,
    ),
    (
        re.compile(
            rf"(?P<number>{_N}) ?(?:(?P<short>md|mds|m|k) ?)?(?:d')?(?:de )?(?:euros?|eur\b|€)"
        ),
        Check.AMOUNT,
        _amount,
    ),
    (re.compile(rf"(?P<number>{_N}) ?(?:%|pour cent|p\. 100|percent)"), Check.FIGURE, _percentage),
    (
        re.compile(rf"(?P<number>{_N}) (?:jours? (?:ouvrables?|ouvres?)|working days?)\b"),
        Check.FIGURE,
        _working_days,
    ),
    (
        re.compile(
            rf"(?P<number>{_N}|\b(?:{_ENGLISH})) ?-?(?P<unit>(?:secondes?|minutes?|heures?|h|jours?"
            r"|j|semaines?|mois|ans?|annees?|trimestres?|semestres?|hours?|days?|weeks?|months?"
            r"|years?))\b"
        ),
        Check.FIGURE,
        _duration,
    ),
    (re.compile(r"\bclasses? (?P<name>i{1,3}[abs]?|iv|[abcd])\b"), Check.FIGURE, _class),
    (re.compile(r"\b(?P<year>(?:19|20)\d\d)\b(?![/-]\d)"), Check.DATE, _year),
    (NUMBER, Check.FIGURE, _number),
)

_LEAST_BEFORE = re.compile(
    r"(?:au (?:moins|minimum)|plus|minimum|superieure?s? a|excede(?:nt|r)?|depasse(?:nt|r)?)"
    r" (?:pendant |de |a |d')?$"
)
_MOST_BEFORE = re.compile(
    r"(?:au (?:plus|maximum)(?: tard)?|(?<!au )moins|jusqu'a|maximum|inferieure?s? a"
    r"|n'excede (?:pas|plus)"
    r"|(?:ne (?:peut|doit|peuvent|doivent) (?:pas )?)?(?:exceder|depasser))"
    r"(?: dans)?(?: les?)?(?: un delai)? ?(?:de |a |d')?$"
)
_LEAST_AFTER = re.compile(r" (?:au (?:moins|minimum)|minimum|ou plus)\b")
_MOST_AFTER = re.compile(r" (?:au (?:plus|maximum)|maximum|ou moins)\b")


def _bound(text: str, start: int, end: int) -> Bound:
    before = text[max(0, start - 40) : start]
    if _MOST_BEFORE.search(before) or _MOST_AFTER.match(text, end):
        return Bound.MOST
    if _LEAST_BEFORE.search(before) or _LEAST_AFTER.match(text, end):
        return Bound.LEAST
    return Bound.NONE


def without_atoms(text: str) -> Iterator[str]:
    """Yield what stands between the facts of a text."""
    end = 0
    for atom in read_atoms(text):
        yield text[end : atom.start]
        end = atom.end
    yield text[end:]
