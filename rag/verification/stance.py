"""What a clause does with what it says: oblige, allow, advise, forbid, exempt, deny, except.

French law obliges in the plain indicative (« le déployeur conserve »): where a passage has no word
of modality, it may be told with « doit ». The other way round nothing is free: what may be done is
not what must be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.french import Span
from rag.references.reference import level


class Modality(StrEnum):
    """The force of a rule."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    ADVICE = "advice"
    PROHIBITION = "prohibition"
    EXEMPTION = "exemption"


_NE = r"(?<!\w)n(?:e |')"
_PAS = r"(?:pas|plus|jamais|en aucun cas|aucune?)\b"
_FORBIDS = (
    rf"{_NE}(?:l'|les? |la |y |en |se |s')?(?:doi(?:t|vent)|devr\w+|peu(?:t|vent)|pourr\w+"
    rf"|saurai(?:t|ent)) (?:\w+ )?{_PAS}|\binterdi\w+|\bprohib\w+|\bdefendu\w*|\bproscri\w+"
    rf"|{_NE}(?:l'|en )?(?:est|sont|sera|seront|a|ont) (?:donc |plus )?{_PAS}"
    r" (?:permis\w*|autoris\w+|possibles?|le droit)"
    r"|\bshall not\b|\bmust not\b|\bmay not\b"
)
_EXEMPTS = (
    rf"{_NE}(?:l'|les? |la |y |en )?(?:est|sont|sera|a|ont|impose|imposent|exige|exigent|faut"
    rf"|oblige|obligent|requiert|demande|demandent) (?:donc |plus )?{_PAS} (?:\w+ )?"
    r"(?:tenue?s?|obligat\w+|obligee?s?|exige\w*|requis\w*|necessaires?|soumis\w*"
    r"|besoin|d'obligation|de |d'|a |que )"
    r"|\bdispens\w+|\bexempt\w+|\bexoner\w+|\bfacultati\w+|\bpas (?:\w+ )?obligatoires?"
    r"|\bsans (?:obligation|etre tenue?s?)"
)
_ADVISES = (
    r"\bdevrai(?:t|ent)\b|\brecommand\w+|\bconseill\w+|\bil convient|\bsouhait\w+|\binvite(?:nt)?\b"
    r"|\bencourag\w+|\bpreconis\w+|\bs'efforce\w*|\bshould\b|\brecommend\w+|\bincit\w+"
)
_OBLIGES = (
    r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\btenue?s? (?:de|d'|a|au)\b|\bobligat\w+"
    r"|\boblig(?:e|ent)\b|\bobligee?s?\b|\bexig\w+|\bimpos\w+|\bfaut\b|\brequi\w+|\bnecessaires?\b|\bsoumis\w*\b"
    r"|\bshall\b|\bmust\b|\bimperati\w+|\bincombe\w*"
)
_ALLOWS = (
    r"\bpeu(?:t|vent)\b|\bpourr(?:a|ont|ait|aient)\b|\bautoris\w+|\bfaculte\b|\bpossib\w+|\bpermi\w+"
    r"|\bpermet\w*|\ble droit (?:de|d')|\blibres? de|\bmay\b|\bcan\b|\beventuellement|\bloisible"
)
_MODALITIES = (
    (Modality.PROHIBITION, re.compile(_FORBIDS)),
    (Modality.EXEMPTION, re.compile(_EXEMPTS)),
    (Modality.ADVICE, re.compile(_ADVISES)),
    (Modality.OBLIGATION, re.compile(_OBLIGES)),
    (Modality.PERMISSION, re.compile(_ALLOWS)),
)
"""In this order: what is found is hidden from the next."""

_EXCEPTION = re.compile(
    r"\bsauf\b|\ba moins (?:que|d')|\ba l'exception|\bexcept\w*|\bhormis\b|\bsans prejudice"
    r"|\bpar derogation|\bderog\w+|\bunless\b|\btoutefois\b|\bn(?:e |')[^.;]{1,60}\bqu(?:e\b|')"
    r"|\bexclu\w*|\bhors\b|\bseule?s?\b|\bseulement\b|\buniquement\b|\bne s'appliqu\w+ pas"
    r"|\ba condition\b|\bsous reserve\b|\bpour autant\b|\bdans la mesure\b|\bsi possible\b"
    r"|\bautant que possible\b|\bdisposition\w* contraires?\b"
)
_SETS_APART = re.compile(
    r"\bsauf\b|\ba moins (?:que|d')|\ba l'exception|\bexcepte\w*|\bhormis\b|\bpar derogation"
)
_NO_EXCEPTION = re.compile(
    r"\bsans (?:aucune )?exception|\bmeme (?:si|s'|en cas|quand|lorsqu)|\bdans tous les cas"
    r"|\bquelles? que soi(?:en)?t|\ben toutes? circonstances?"
)
_NEGATION = re.compile(
    rf"{_NE}(?:(?!\bqu(?:e\b|'))[^.;:,]){{1,50}}?\b(?:pas|plus|jamais|aucune?s?|rien|nul(?:le)?|guere)\b"
    r"|\baucune?s? (?!de(?:s|) )|\binterdi\w+|\bprohib\w+|\bdispens\w+|\bexempt\w+|\bexoner\w+"
    r"|\bfacultati\w+|\bechapp\w+|\bproscri\w+|\bimpossib\w+|\bno\b|\bnot\b|\bexclu\w*|\brefus\w+"
    r"|\bsans (?!prejudice|doute|retard|delai|objet)|\bnon (?:pas )?(?:une?|les?|la|des|du) "
    r"|\bdistincte?s?\b|\bdifferente?s? d|\bau lieu d|\bfau(?:x|sse)\b|\bsupprim\w+"
    r"|\bnon (?:plus |obligat|requis|necess|soumis|applic)|\bjamais\b"
    r"|\b(?:personne|nul(?:le)?|rien) (?:d'autre )?n(?:e |')|\bfaute d(?:e |')"
    r"|\bl'absence d(?:e |')|\ba defaut d(?:e |')|\bpas question\b"
    r"|, (?:mais |et )?pas (?:de |d'|une? |les? |la |l'|a |en )"
)
_CLAUSE_END = re.compile(
    r"[;:.!?]\s|\n|,\s(?=(?:mais|sauf|et|ou|toutefois|sans|tandis|alors|si|lorsqu|quand|qui|que|dont"
    r"|a moins|hors|afin|pour)\b)|\s(?=(?:mais|sauf|tandis que|alors que|a moins que)\b)"
)
_PASSIVE = re.compile(
    r"\b(?:est|sont|etre|soit|soient|sera|seront|reste|restent) (?:\w+ )?(?:pas |plus )?"
    r"(?:\w+ment )?$"
)
"""Before a word that says something of a subject which stands before it."""


_CORE_WORDS = 4

_NEGATIVE_VERB = re.compile(r"interdi|prohib|dispens|exempt|exoner|echapp|exclu|refus")
"""What denies by itself: « n'échappe pas » denies nothing."""

_DENIED_BEFORE = re.compile(
    rf"{_NE}(?:l'|les? |la |y |en |se |s')?$"
    rf"|{_NE}(?:est|sont|sera|seront|a|ont|soit) (?:donc |plus )?{_PAS} (?:\w+ )?$"
)
_DENIES_AFTER = re.compile(rf"\w*(?: \w+)? {_PAS}")


@dataclass(frozen=True, slots=True, eq=False)
class Stances:
    """What a text does with each of its characters.

    Attributes:
        denied: whether it is in the scope of one negation, or an odd number.
        refused: whether it is among the first words of such a scope, which the negation is of.
        force: the place in ``FORCES`` of the modality that it is in the scope of.
        marker: whether it is part of the words that deny or oblige themselves.
    """

    denied: NDArray[np.bool_]
    refused: NDArray[np.bool_]
    force: NDArray[np.int8]
    marker: NDArray[np.bool_]


FORCES: tuple[Modality | None, ...] = (None, *Modality)

_BORNE_OUT_BY: dict[Modality | None, frozenset[Modality | None]] = {
    Modality.OBLIGATION: frozenset({Modality.OBLIGATION, None}),
    Modality.PERMISSION: frozenset({Modality.PERMISSION, Modality.EXEMPTION}),
    Modality.ADVICE: frozenset({Modality.ADVICE}),
    Modality.PROHIBITION: frozenset({Modality.PROHIBITION, None}),
    Modality.EXEMPTION: frozenset({Modality.EXEMPTION, Modality.PERMISSION}),
}
"""What a rule may be told from; None is a clause without any word of modality."""


_CONTRARY = {
    Modality.EXEMPTION: Modality.OBLIGATION,
    Modality.PROHIBITION: Modality.PERMISSION,
    Modality.OBLIGATION: Modality.EXEMPTION,
    Modality.PERMISSION: Modality.PROHIBITION,
}
"""What a rule is where its word is denied."""


def is_borne_out(said: Modality | None, told: Modality | None) -> bool:
    """Tell whether a rule of one force may be told from a clause of another, or of none.

    French law obliges in the plain indicative: « conserve » may be told as « doit conserver ».
    """
    return said is None or told in _BORNE_OUT_BY[said]


@lru_cache(maxsize=8192)
def read_stances(text: str) -> Stances:
    """Read the negations and the modalities of a text, each with the words that it bears on."""
    levelled = level(text)
    stances = Stances(
        np.zeros(len(text), dtype=np.bool_),
        np.zeros(len(text), dtype=np.bool_),
        np.zeros(len(text), dtype=np.int8),
        np.zeros(len(text), dtype=np.bool_),
    )
    for match in _NEGATION.finditer(levelled):
        if match.group().startswith("n") and _NEGATIVE_VERB.search(match.group()):
            continue
        scope = _scope(levelled, match)
        stances.denied[scope] ^= True
        stances.refused[match.start() : _few_words(levelled, match.end())] ^= True
        for start, end in _particles(match):
            stances.marker[start:end] = True
    hidden = levelled
    for modality, pattern in _MODALITIES:
        for match in pattern.finditer(hidden):
            scope = _scope(levelled, match)
            is_denied = _is_denied(levelled, match)
            stances.force[scope] = FORCES.index(
                _CONTRARY.get(modality, modality) if is_denied else modality
            )
            stances.marker[match.start() : match.end()] = True
        hidden = pattern.sub(lambda match: "#" * len(match.group()), hidden)
    return stances


def _is_denied(levelled: str, match: re.Match[str]) -> bool:
    """Tell whether a word of modality is itself denied: « n'exonère pas », « n'est pas permis »."""
    before = _DENIED_BEFORE.search(levelled[: match.start()])
    if before is None:
        return False
    is_whole = len(before.group().split()) > 1
    return is_whole or _DENIES_AFTER.match(levelled, match.end()) is not None


def _particles(match: re.Match[str]) -> Iterator[Span]:
    """Yield the words that deny and say nothing else: « ne » and « pas », not the verb between."""
    words = list(re.finditer(r"[^\s']+'?", match.group()))
    for word in (words[0], words[-1]):
        yield Span(match.start() + word.start(), match.start() + word.end())


def _few_words(levelled: str, start: int) -> int:
    """Give where the few words after a place end, within its clause."""
    clause = next((one for one in clauses(levelled) if one.start <= start < one.end), None)
    end = clause.end if clause else len(levelled)
    words = list(re.finditer(r"\S+", levelled[start:end]))[:_CORE_WORDS]
    return start + words[-1].end() if words else start


def _scope(levelled: str, match: re.Match[str]) -> slice:
    """Give what a marker bears on: its clause from it on, all of it where the subject is before."""
    clause = next(
        (one for one in clauses(levelled) if one.start <= match.start() < one.end),
        Span(0, len(levelled)),
    )
    is_passive = _PASSIVE.search(levelled[clause.start : match.start()]) is not None
    return slice(clause.start if is_passive else match.start(), max(clause.end, match.end()))


@lru_cache(maxsize=8192)
def has_exception(text: str) -> bool:
    """Tell whether a text knows of cases apart, in whatever words."""
    return _EXCEPTION.search(level(text)) is not None


@lru_cache(maxsize=8192)
def sets_apart(text: str) -> bool:
    """Tell whether a text sets cases apart: « sauf », « à moins que »."""
    return _SETS_APART.search(level(text)) is not None


@lru_cache(maxsize=8192)
def knows_none(text: str) -> bool:
    """Tell whether a text says that there is no exception: « sans exception », « même si »."""
    return _NO_EXCEPTION.search(level(text)) is not None


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Span, ...]:
    """Cut a text into clauses, roughly: at strong marks, and before words that turn the sense."""
    levelled = level(text)
    spans, start = [], 0
    for match in _CLAUSE_END.finditer(levelled):
        if text[start : match.end()].strip():
            spans.append(Span(start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append(Span(start, len(text)))
    return tuple(spans)
