"""How each sort of fact is written, and read as a value, in a levelled text.

The readers are tried in order, and what one has read is hidden from the next: « 15 M€ » is no
plain 15.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from rag.french.facts import MONTHS
from rag.french.numbers import NUMBER, read_number
from rag.references.reference import level
from rag.types import Check

Key: TypeAlias = tuple[str | float | None, ...]
"""A sort, then numbers; for a date its year, month and day."""

NUMBER_SORT = "number"


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to write a fact: ``read`` gives the values of what the pattern matched, or none."""

    check: Check
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Iterator[Key]]


_N = re.sub(r"\?P<\w+>", "?:", NUMBER.pattern)
_MONTHS = level(MONTHS).split()
_ENGLISH_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join((*_MONTHS, *_ENGLISH_MONTHS))
_ENGLISH_NUMBERS = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30.0, "sixty": 60.0, "ninety": 90.0}
_ENGLISH = "|".join(_ENGLISH_NUMBERS)
_NO_CLASS = r"(?! (?:haut|risque|la|une?|partir|laquelle|cette|ce|son|sa|des)\b| l')"
_CLASS = rf"\b(?:i{{1,3}}[abs]?|iv|a{_NO_CLASS}|[bcd])\b(?!')"
_UNITS = {
    **{"seconde": ("hours", 1 / 3600), "minute": ("hours", 1 / 60), "heure": ("hours", 1.0)},
    **{"h": ("hours", 1.0), "jour": ("hours", 24.0), "j": ("hours", 24.0)},
    **{"semaine": ("hours", 168.0), "mois": ("months", 1.0), "trimestre": ("months", 3.0)},
    **{"semestre": ("months", 6.0), "an": ("months", 12.0), "annee": ("months", 12.0)},
    **{"hour": ("hours", 1.0), "day": ("hours", 24.0), "week": ("hours", 168.0)},
    **{"month": ("months", 1.0), "year": ("months", 12.0)},
}
_UNIT = "|".join(unit if unit in ("mois", "h", "j") else f"{unit}s?" for unit in _UNITS)
_TERM = re.compile(
    r"(?:d'|\b(?:de|dans|sous|pendant|apres|avant|moins|plus|durant|a|delai|dure|durer) )$"
)
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "md": 1e9, "mds": 1e9}


def _code(match: re.Match[str]) -> Iterator[Key]:
    code = re.sub(r"[ .]|n°", "", match.group()).replace("/", "-").strip("-")
    yield ("code", re.sub(r"^(?:normeen|iso-?iec|iec|iso)-?", "iso", code))


def _date(match: re.Match[str]) -> Iterator[Key]:
    day, month, year = match["day"], match["month"], match["year"]
    names = _MONTHS if month in _MONTHS else _ENGLISH_MONTHS
    if month == "may" and not (day or year):
        return
    yield (
        float(year) if year else None,
        float(names.index(month) + 1),
        float(day.removesuffix("er")) if day else None,
    )


def _numeric_date(match: re.Match[str]) -> Iterator[Key]:
    day, month = float(match["day"]), float(match["month"])
    if 1 <= month <= 12 and 1 <= day <= 31:
        yield (float(match["year"]), month, day)


def _year(match: re.Match[str]) -> Iterator[Key]:
    yield (float(match["year"]), None, None)


def _amount(match: re.Match[str]) -> Iterator[Key]:
    count = read_number(match["number"])
    if count is None:
        return
    if match["half"]:
        count += 0.5 * (1e9 if count >= 1e9 else 1e6 if count >= 1e6 else 1)
    yield ("euros", count * _SHORT_SCALES.get(match["short"] or "", 1))


def _percentage(match: re.Match[str]) -> Iterator[Key]:
    for number in (match["from"], match["number"]):
        if number and (count := read_number(number)) is not None:
            yield ("percent", count)


def _in_a_hundred(match: re.Match[str]) -> Iterator[Key]:
    if (count := read_number(match["number"])) is not None:
        yield ("percent", count)


def _working_days(match: re.Match[str]) -> Iterator[Key]:
    if (count := read_number(match["number"])) is not None:
        yield ("working days", count)


def _duration(match: re.Match[str]) -> Iterator[Key]:
    unit = match["unit"] if match["unit"] in _UNITS else match["unit"].removesuffix("s")
    count = _count(match["number"])
    if count is None or match.group() in ("une seconde", "deux secondes") or _is_some_day(match):
        return
    sort, scale = _UNITS[unit]
    yield (sort, count * scale)


def _is_some_day(match: re.Match[str]) -> bool:
    """Tell « un jour » that is no term from « dans un jour »."""
    return match.group() == "un jour" and not _TERM.search(match.string[: match.start()])


def _count(words: str) -> float | None:
    """Read a number, an English one, or the rank of the day that ends a term: « vingtième »."""
    if words in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[words]
    if not words.endswith("ieme"):
        return read_number(words)
    root = words.removesuffix("ieme")
    root = {"cinqu": "cinq", "neuv": "neuf"}.get(root, root)
    ranks = (read_number(form) for form in (root, f"{root}e"))
    return next((rank for rank in ranks if rank is not None), None)


def _class(match: re.Match[str]) -> Iterator[Key]:
    for name in re.findall(_CLASS, match["names"]):
        yield ("class", name)


def _number(match: re.Match[str]) -> Iterator[Key]:
    count = read_number(match.group())
    if count is not None:
        yield (NUMBER_SORT, count)


READERS = tuple(
    Reader(check, re.compile(pattern), read)
    for check, pattern, read in (
        (
            Check.DATE,
            r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
            _numeric_date,
        ),
        (
            Check.DATE,
            r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b",
            _numeric_date,
        ),
        (
            Check.DATE,
            rf"(?:\b(?P<day>\d{{1,2}}(?:er)?) )?\b(?P<month>{_MONTH})\b"
            r"(?: (?P<year>(?:19|20)\d\d)\b)?",
            _date,
        ),
        (
            Check.REFERENCE,
            r"\b(?:n° ?)?\d+(?:/\d+)+\b|\b[lrd]\. ?\d+(?:-\d+)+|\b\d{3,}(?:-\d+)+\b"
            r"|\b(?:norme en|iso|iec)[ /](?:iec )?\d+(?:-\d+)*|\b3\d{4}[lr]\d{4}\b",
            _code,
        ),
        (
            Check.AMOUNT,
            rf"(?P<number>{_N})(?P<half> et demie?)? ?(?:(?P<short>md|mds|m|k) ?)?(?:d')?(?:de )?"
            r"(?:euros?|eur\b|€)",
            _amount,
        ),
        (
            Check.FIGURE,
            rf"(?:(?P<from>{_N}) (?:a|et|ou|-) )?(?P<number>{_N}) ?(?:%|pour cent|p\. 100|percent)",
            _percentage,
        ),
        (
            Check.FIGURE,
            rf"(?P<number>{_N}) (?:[a-z]+ ){{1,3}}sur (?:cent|100)\b",
            _in_a_hundred,
        ),
        (
            Check.FIGURE,
            rf"(?P<number>{_N}) (?:jours? (?:ouvrables?|ouvres?)|working days?)\b",
            _working_days,
        ),
        (
            Check.FIGURE,
            rf"(?P<number>{_N}|\b(?:{_ENGLISH})|\b[a-z-]+ieme) ?-?(?P<unit>{_UNIT})\b",
            _duration,
        ),
        (
            Check.FIGURE,
            rf"\bclasses? (?P<names>{_CLASS}(?:(?:, | ou | et | a |/){_CLASS})*)",
            _class,
        ),
        (Check.DATE, r"\b(?P<year>(?:19|20)\d\d)\b(?![/-]\d)", _year),
        (Check.FIGURE, NUMBER.pattern, _number),
    )
)
