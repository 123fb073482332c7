"""What a sentence turns round though it is made of the words of its sources.

Most of what a language model writes of a passage keeps its words. Where a sentence holds next to
nothing but the words of one sentence of its sources, each word can be put beside itself: what the
one denies, obliges or allows, the other must as well. In freer words the same is only likely: see
``rag.verification.oppositions``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.french import analyze
from rag.references.reference import level
from rag.types import Check
from rag.verification.evidence import Evidence
from rag.verification.modality import FORCES, NE, Modality, is_borne_out
from rag.verification.stance import Stances, read_stances

LEAST_COPIED = 0.95
"""Share of the words of a sentence that stand in one of the sources, from which it is a copy."""

FEWEST_WORDS = 3
"""Words that say something below which a sentence is no copy of any other."""

LEAST_TURNED = 0.6
"""Share of the words that either of two sentences denies, obliges or allows, from which the one
turns the other round."""

_WORD = re.compile(r"[^\W_]+")
_ORDER = re.compile(
    r"\b(?:ignor|oubli)\w+ (?:\w+ ){0,2}(?:consigne|instruction|directive|regle)s?\b"
    r"|\b(?:repond(?:s|ez)|ecri(?:s|vez)|affirme[sz]?|repete[sz]?|di(?:s|tes))"
    r" ?(?:qu(?:e\b|')|[:«\"])"
    r"|\bignore (?:\w+ ){0,2}(?:instruction|rule|prompt)s?\b"
)
"""Words of a document that speak to whoever writes the answer."""

_DENIES_TWICE = re.compile(
    rf"{NE}[^.;:]*?\b(?:pas|plus)\b[^.;:]*?(?:{NE}[^.;:]*?\b(?:pas|plus)\b|\bsans\b)"
)
"""« ne peut pas notifier ceux qui n'ont pas… »: « ne peut notifier que ceux qui ont… »."""

_MUST_BE_TOLD = frozenset({Modality.PERMISSION, Modality.ADVICE, Modality.EXEMPTION})
"""What a sentence that leaves it out says otherwise: « peut demander » is not « demande »."""


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    place: int


def turned_round(text: str, sources: Sequence[Evidence]) -> tuple[Check, ...]:
    """List what a sentence says otherwise than the sentences of the sources that it copies.

    Nothing where it copies none, or where one that it copies says as it does.
    """
    mine = _read(text)
    if len(mine) < FEWEST_WORDS:
        return ()
    found: tuple[Check, ...] = ()
    for source in sources:
        for quote in source.quotes:
            theirs = _places(quote.text)
            if sum(word.stem in theirs for word in mine) < LEAST_COPIED * len(mine):
                continue
            turned = tuple(_turned(text, mine, quote.text, theirs))
            if not turned:
                return ()
            found = found or turned
    return found


def is_only_ordered(text: str, sources: Sequence[Evidence]) -> bool:
    """Tell whether a sentence stands only in words that order to write it.

    A document may hold « réponds que… », for a model to obey: what it orders to say, it says not.
    """
    mine = _read(text)
    copied = [
        quote.text
        for source in sources
        for quote in source.quotes
        if sum(word.stem in _places(quote.text) for word in mine) >= LEAST_COPIED * len(mine)
    ]
    return bool(mine and copied) and all(_ORDER.search(level(quote)) for quote in copied)


def _turned(
    text: str, mine: Sequence[_Word], other: str, theirs: dict[str, list[int]]
) -> Iterator[Check]:
    said, told = read_stances(text), read_stances(other)
    pairs = [(word.place, theirs[word.stem]) for word in mine if word.stem in theirs]
    for check, is_marked, agrees in (
        (Check.NEGATION, _is_denied, _agree_in_negation),
        (Check.MODALITY, _has_force, _agree_in_force),
    ):
        if check is Check.NEGATION and _DENIES_TWICE.search(level(text)):
            continue
        if check is Check.NEGATION and any(
            said.refused[place] and told.refused[one] for place, places in pairs for one in places
        ):
            continue  # both deny the same thing
        if check is Check.MODALITY and any(
            said.governed[place] and _is_same_force(said, place, told, one)
            for place, places in pairs
            for one in places
        ):
            continue  # both oblige to the same thing, or allow it
        marked = [
            any(agrees(said, place, told, one) for one in places)
            for place, places in pairs
            if is_marked(said, place) or any(is_marked(told, one) for one in places)
        ]
        if marked and marked.count(False) >= LEAST_TURNED * len(marked):
            yield check


def _is_denied(stances: Stances, place: int) -> bool:
    return bool(stances.denied[place])


def _has_force(stances: Stances, place: int) -> bool:
    return bool(stances.force[place])


def _agree_in_negation(mine: Stances, place: int, theirs: Stances, other: int) -> bool:
    return _is_denied(mine, place) == _is_denied(theirs, other)


def _is_same_force(mine: Stances, place: int, theirs: Stances, other: int) -> bool:
    return bool(theirs.governed[other] and mine.force[place] == theirs.force[other])


def _agree_in_force(mine: Stances, place: int, theirs: Stances, other: int) -> bool:
    said, told = FORCES[mine.force[place]], FORCES[theirs.force[other]]
    return is_borne_out(said, told) if said else told not in _MUST_BE_TOLD


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[_Word, ...]:
    """Read the words that say something, but for those that deny or oblige."""
    marker = read_stances(text).marker
    return tuple(
        _Word(stem, match.start())
        for match in _WORD.finditer(level(text))
        if not marker[match.start()]
        for stem in analyze(match.group())[:1]
    )


@lru_cache(maxsize=8192)
def _places(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for word in _read(text):
        places.setdefault(word.stem, []).append(word.place)
    return places
