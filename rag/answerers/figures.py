"""Read the facts of a sentence as values that can be compared: dates, durations, sums, classes.

Only a sentence that states one fact of a sort is read for that sort: where there are several, each
is of something else, and which of what is not known.
"""

import calendar
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.french import fold
from rag.french.facts import CLASS, DATE, DURATION, MONTHS, NUMBER, SUM, YEAR, form
from rag.french.numbers import read_number

_HOURS = {"seconde": 1 / 3600, "minute": 1 / 60, "heure": 1, "jour": 24, "semaine": 168}
_CLASSES = ("i", "iia", "iib", "iii")

Value = tuple[str, float, float]
"""A sort of fact, its least and its greatest value."""


class Bound(StrEnum):
    """What a figure limits."""

    EXACT = "exact"
    LEAST = "least"
    MOST = "most"
    START = "start"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a sentence.

    Attributes:
        sort: what may be compared with it.
        low: its least value: a day's number, hours, months, euros, a share.
        high: its greatest one: « en 2027 » spans a year.
        bound: whether it is a minimum, a maximum, the first day.
        start: where it begins in the sentence, the words of its bound included.
        end: where it ends.
    """

    sort: str
    low: float
    high: float
    bound: Bound
    start: int
    end: int


def differ(one: Fact, other: Fact) -> bool:
    """Tell whether two facts of one sort cannot both hold.

    A minimum and what is above it can; two different minimums cannot, nor two first days.
    """
    bounds = {one.bound, other.bound}
    if bounds == {Bound.START, Bound.MOST}:  # what begins on a day, and what ends on one
        return False
    if len(bounds) == 1 or Bound.START in bounds:
        return one.high < other.low or other.high < one.low
    return _most(one) < _least(other) or _most(other) < _least(one)


def read_facts(text: str) -> dict[str, Fact]:
    """Read the facts of a sentence that are the only ones of their sort, by sort.

    >>> {sort: fact.low for sort, fact in read_facts("Au moins dix-huit mois, ou 3 %.").items()}
    {'months': 18.0, 'percentage': 3.0}
    """
    found: dict[str, list[Fact]] = {}
    for fact in _all_facts(text):
        found.setdefault(fact.sort, []).append(fact)
    return {sort: facts[0] for sort, facts in found.items() if len(facts) == 1}


def without_facts(text: str) -> str:
    """Blank out the facts of a sentence, which say nothing of its subject."""
    for fact in _all_facts(text):
        text = text[: fact.start] + " " * (fact.end - fact.start) + text[fact.end :]
    return YEAR.sub(" ", DATE.sub(" ", text))


def _all_facts(text: str) -> Iterator[Fact]:
    """Yield every fact; the second end of a range twice, as it is not the only one."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            before = text[: match.start()]
            value = read(match.group())
            if value is None or (pattern is DATE and _NAMING.search(before)):
                continue
            bound, start, end = _bounds(text, *match.span())
            fact = Fact(*value, bound=bound, start=start, end=end)
            yield fact
            if _RANGE.search(before):
                yield fact


def _bounds(text: str, start: int, end: int) -> tuple[Bound, int, int]:
    """Read the words around a fact that make it a limit, and where the whole begins and ends."""
    for bound, pattern in _BEFORE:
        if match := pattern.search(text[:start]):
            return bound, match.start(), end
    for bound, pattern in _AFTER:
        if match := pattern.match(text, end):
            return bound, start, match.end()
    article = _THE.match(text, start)
    return Bound.EXACT, article.end() if article else start, end


def _date(words: str) -> Value | None:
    *days, year = map(int, re.findall(r"\d+", words))
    named = [place for place, name in enumerate(MONTHS.split(), start=1) if name in words.lower()]
    month = named[0] if named else None
    first, last = (days[0], days[0]) if days else (1, 31)
    try:
        if month and not days:
            last = calendar.monthrange(year, month)[1]
        first_day = date(year, month or 1, first)
        last_day = date(year, month or 12, last)
    except ValueError:
        return None
    return "date", first_day.toordinal(), last_day.toordinal()


def _duration(words: str) -> Value | None:
    count, unit = _quantity(words)
    if count is None or unit == "seconde":  # « une seconde amende »
        return None
    if "ouvrable" in unit:
        return "working days", count, count
    if unit == "mois" or unit.startswith("an"):
        months = count if unit == "mois" else 12 * count
        return "months", months, months
    hours = count * _HOURS[unit.rstrip("s")]
    return "hours", hours, hours


def _sum(words: str) -> Value | None:
    count, unit = _quantity(words)
    if count is None:
        return None
    if unit == "%":
        return "percentage", count, count
    scale = 1e6 if "million" in unit else 1e9 if "milliard" in unit else 1
    return "sum", count * scale, count * scale


def _quantity(words: str) -> tuple[float | None, str]:
    """Read a number and its unit, folded; no number where it cannot be read."""
    match = _QUANTITY.match(words)
    return (read_number(match["number"]), fold(match["unit"])) if match else (None, "")


def _class(words: str) -> Value | None:
    name = fold(words).split()[-1]
    if name not in _CLASSES:
        return None
    place = _CLASSES.index(name)
    return "class", place, place


def _least(fact: Fact) -> float:
    return -math.inf if fact.bound is Bound.MOST else fact.low


def _most(fact: Fact) -> float:
    return math.inf if fact.bound is Bound.LEAST else fact.high


_QUANTITY = re.compile(rf"(?P<number>{NUMBER})(?![\w-])\s*(?P<unit>.+)", re.IGNORECASE)
_NAMING = form(r"(?<!partir\s)(?<!compter\s)(?<!lieu\s)\bdu_$")
"""Before a date that names a text (« le guide du 5 mars 2026 »), and states nothing."""

_RANGE = form(
    rf"{NUMBER}_(?:(?:%|€|euros?|millions?|mois|ans|années|jours|heures|semaines|minutes)_)?"
    r"(?:à|ou|et|-|–)_$"
)
_THE = form(r"le_")
_BEFORE = (
    (Bound.LEAST, form(r"\b(?:au_(?:moins|minimum)_(?:de_|à_|d[’'])?|plus_(?:de_|d[’']))$")),
    (
        Bound.MOST,
        form(
            r"\b(?:au_(?:plus|maximum)_(?:tard_)?(?:de_|à_|d[’'])?|moins_(?:de_|d[’'])"
            r"|jusqu[’'](?:à_|au_|en_)|avant_|sous_|dans_(?:les_|un_délai_de_|un_délai_d[’']))$"
        ),
    ),
    (Bound.START, form(r"\b(?:à_(?:partir|compter)_(?:du_|de_|d[’'])|dès_|depuis_)$")),
)
_AFTER = (
    (Bound.LEAST, form(r"_(?:au_(?:moins|minimum)|minimum|ou_(?:plus|supérieure))\b")),
    (Bound.MOST, form(r"_(?:au_(?:plus|maximum)|maximum|ou_(?:moins|inférieure))\b")),
)
_READERS: tuple[tuple[re.Pattern[str], Callable[[str], Value | None]], ...] = (
    (DATE, _date),
    (YEAR, _date),
    (DURATION, _duration),
    (SUM, _sum),
    (CLASS, _class),
)
