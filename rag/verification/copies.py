"""What a sentence turns round though it is made of the words of its sources.

Most of what a language model writes of a passage keeps its words. Where a sentence holds next to
nothing but the words of one sentence of its sources, each word can be put beside itself: what the
one denies, obliges or allows, the other must as well. In freer words the same is only likely: see
``rag.verification.oppositions``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.french import analyze
from rag.references.reference import level
from rag.types import Check
from rag.verification.evidence import Evidence
from rag.verification.modality import FORCES, NE, Modality, is_borne_out
from rag.verification.stance import Stances, clauses, read_stances

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
    rf"{NE}[^.;:]*?\b(?:pas|plus)\b[^.;:]*?\bqui n(?:e |')[^.;:]*?\b(?:pas|plus)\b"
)
"""« ne peut pas notifier ceux qui n'ont pas… », where « ne peut notifier que ceux qui ont… »."""

_IS_NOT = re.compile(rf"{NE}(?:est|sont|sera|seront) (?:donc )?pas\b")

_LIMIT = FORCES.index(Modality.LIMIT)

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


Pairs: TypeAlias = list[tuple[int, list[int]]]
"""Where a word stands in a sentence, and where the same stands in the one that it copies."""


def _turned(
    text: str, mine: Sequence[_Word], other: str, theirs: dict[str, list[int]]
) -> Iterator[Check]:
    said, told = read_stances(text), read_stances(other)
    pairs = [(word.place, theirs[word.stem]) for word in mine if word.stem in theirs]
    refused = said.refused | _subjects_denied(text)
    denies_the_same = _only_limits(text, told) or any(
        refused[place] and told.refused[one] for place, places in pairs for one in places
    )
    if not denies_the_same and _differ(
        pairs, said.denied, told.denied, lambda place, one: said.denied[place] == told.denied[one]
    ):
        yield Check.NEGATION
    if not _rules_agree(pairs, said, told) and _differ(
        pairs,
        said.force,
        told.force,
        lambda place, one: _agree_in_force(said.force[place], told.force[one]),
    ):
        yield Check.MODALITY


def _differ(
    pairs: Pairs,
    mine: NDArray[Any],
    theirs: NDArray[Any],
    agrees: Callable[[int, int], bool],
) -> bool:
    """Tell whether most of the words that are marked in either sentence do not agree."""
    marked = [
        any(agrees(place, one) for one in places)
        for place, places in pairs
        if mine[place] or theirs[places].any()
    ]
    return bool(marked) and marked.count(False) >= LEAST_TURNED * len(marked)


def _subjects_denied(text: str) -> NDArray[np.bool_]:
    """Tell which words « n'est pas » denies something of, as « vise l'un, et non l'autre » does."""
    levelled = level(text)
    denied = np.zeros(len(text), dtype=np.bool_)
    for match in _IS_NOT.finditer(levelled):
        for clause in clauses(text):
            if clause.start <= match.start() < clause.end:
                denied[clause.start : match.start()] = True
    return denied


def _only_limits(text: str, told: Stances) -> bool:
    """Tell whether a sentence denies twice what the other limits: « ne… que ceux qui »."""
    return bool((told.force == _LIMIT).any()) and _DENIES_TWICE.search(level(text)) is not None


def _rules_agree(pairs: Pairs, said: Stances, told: Stances) -> bool:
    """Tell whether two sentences share a rule, and differ in no other one.

    A rule is a run of words under one modality. Which of its words it bears on is read roughly
    (« des centres peuvent être créés »): the first ones are what it obliges to or allows.
    """
    runs, others = _runs(said.force), _runs(told.force)
    rules = {
        (runs[place], others[one])
        for place, places in pairs
        for one in places
        if said.governed[place] and told.governed[one] and said.force[place] == told.force[one]
    }
    mine, theirs = {rule for rule, _ in rules}, {rule for _, rule in rules}
    return bool(rules) and all(
        any(
            runs[place] in mine
            or others[one] in theirs
            or _agree_in_force(said.force[place], told.force[one])
            for one in places
        )
        for place, places in pairs
        if said.governed[place] or told.governed[places].any()
    )


def _runs(force: NDArray[np.int8]) -> list[int]:
    """Number the runs of words under one force."""
    return [int(number) for number in np.cumsum(np.diff(force, prepend=force[:1]) != 0)]


def _agree_in_force(mine: int, theirs: int) -> bool:
    said, told = FORCES[mine], FORCES[theirs]
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
