"""What a clause does with each of its words: deny, oblige, allow, advise, forbid, exempt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.french import Span
from rag.references.reference import level
from rag.verification.modality import (
    AT_WILL,
    CONTRARY,
    FORBIDDEN,
    FORCES,
    MAY,
    MODALITIES,
    NE,
    OFTEN,
    PAS,
    WITH_PAS,
    Modality,
)

_NEGATION = re.compile(
    r"(?<!\w)(?<!\bou )n(?:e |')(?:(?!\bqu(?:e\b|'))[^.;:,]){0,50}?"
    rf"\b(?:pas|plus|jamais|aucune?s?|rien|nul(?:le)?|guere|ni)\b(?! {OFTEN})"
    r"|\bni [^.;:]{1,80}? ni [^.;:]{1,80}?(?:\bn(?:e |')|(?= ?:))"
    rf"|{NE}(?:l'|les? |la |y |en |se |s')?{MAY}(?!{WITH_PAS})"
    rf"|\baucune?s? (?!de(?:s|) )|{FORBIDDEN}|\bdispens\w+|\bexempt\w+|\bexoner\w+"
    r"|\bechapp\w+|\bimpossib\w+|\bno\b|\bnot\b|\bexclu\w*|\brefus\w+"
    r"|\bsans (?!prejudice|doute|retard|delai|objet)|(?<!ou )\bnon\b(?! plus| seulement|-| ?[:,.])"
    r"|\bdistincte?s?\b|\bdifferente?s? d|\bau lieu d|\bfau(?:x|sse)\b|\bsupprim\w+"
    r"|\bnon plus\b|\bjamais\b|\bon ignore\b|\bperimee?s?\b|\bcaduque?s?\b"
    r"|\bhors d(?:e l'|u |es |e la )(?:articles?|annexe|obligation|champ|haut risque|reglement"
    r"|categorie|perimetre|role)|\bsort\w* (?:en principe )?d(?:u|e la|es) (?:role|champ|perimetre"
    r"|categorie|cadre)"
    r"|\b(?:personne|nul(?:le)?|rien) (?:d'autre )?n(?:e |')|\bfaute d(?:e |')"
    r"|\bl'absence d(?:e |')|\ba defaut d(?:e |')|\bpas question\b|(?:^|[:;] )pas d(?:e |')"
    r"|, (?:mais |et |donc |voire )?pas (?:de |d'|une? |les? |la |l'|a |aux? |en |pour |par |sur )"
)
_CLAUSE_END = re.compile(
    r"[;:.!?]\s|\n"
    r"|,\s(?=(?:\w+ ){0,2}(?:(?:la|les?)quel(?:le)?s?|duquel|desquel\w+|auquel|auxquel\w+)\b)"
    r"|,\s(?=(?:mais|sauf|et|ou|toutefois|sans|tandis|alors|si|lorsqu|quand|qui|que|dont"
    r"|a moins|hors|afin|pour)\b)|\s(?=(?:mais|sauf|tandis que|alors que|a moins que)\b)"
)
_PASSIVE = re.compile(
    r"\b(?:est|sont|etre|soit|soient|sera|seront|reste|restent) (?:\w+ )?(?:pas |plus )?"
    r"(?:\w+ment )?$"
)
"""Before a word that says something of a subject which stands before it."""


_CORE_WORDS = 4

_LIMIT = re.compile(
    r" (?:\w+ ){0,3}?(?:en dessous|au-dela|exceder|depasser"
    r"|(?:plus|moins|davantage) (?:d(?:e |')|que|\w+ que))"
)
"""After what denies: « ne peut valoir plus de cinq ans » is a limit, as « au plus »."""

_LIMITING_VERB = re.compile(r"exced|depass")
_ONLY = re.compile(r" qu(?:e\b|')")
_WITHOUT = re.compile(r"\bsans (?!prejudice|doute|retard|delai|objet)")
_SUBORDINATE = re.compile(
    r"\b(?:si|s'ils?|quand|lorsqu\w*|puisqu\w*|qu(?:e\b|')|qui|dont)\b"
    r"|\b(?:cas|mesure|moment|jour|date|annee|lieu|pays|la|hypothese|situation|endroit) ou\b"
    r"|^\W*(?:faute|sans|a defaut|en l'absence|une fois)\b"
)
_MAIN = re.compile(
    r", (?:l[ea]s? |l'|ils? |elles? |on |une? |ces? |cette |chaque )(?:(?! ou | et )[^,]){1,60}$"
)
"""After a subordinate clause, the subject of the main one: « si…, la Commission »."""

_LACKING = re.compile(
    r"\W*(?:sans (?!prejudice|doute|retard|delai|objet)|faute d|a defaut d|(?:en )?l'absence d)"
)
_NONE_OF = re.compile(r"[^,;:]*, pas d(?:e |')")
"""« Sans…, pas de… » says what is needed."""

_COMMA = re.compile(r",(?! ?(?:paragraphe|point|alinea|premier|deuxieme|sous|section|annexe|§|\d))")
"""What begins a clause that a comma ends, and such a comma; not that of « article 6, point 2 »."""

_BY_PARTICLE = re.compile(r"n(?:e |')|aucun|nul|personne|rien|ni ")
_BELIEF = re.compile(r"\b(?:consider|estim|conclu|juge|pense)\w* (?:\w+ )?qu(?:e |')[^,;.]*$")
_INFINITE = re.compile(r"ne pas$")
_VERB = re.compile(r" (?:est|sont|expose|exposent|a|ont|peut|peuvent|doit|doivent|constitue)\b")
_QUALITY = re.compile(r"obligatoires?|facultati\w+|volontaires?|incitati\w+")
_CONTENT = re.compile(r"[^\s']{4,}")

_QUALIFIED = re.compile(r" (?!(?:une?|l[ea]s?|des?|du|aux?|a|par|pour|sur|dans|pas)\b|[dl]')\w+")
"""After « non », the one word that it denies: « à but non lucratif »."""

_LEADS = re.compile(r":\s*\n")
_ITEM = re.compile(r"[ \t]*(?:[-–•]|\(?\w{1,3}[.)])[ \t][^\n]*(?:\n|$)")
"""What introduces a list, and an item of one."""

_NEGATIVE_VERB = re.compile(r"interdi|prohib|dispens|exempt|exoner|echapp|exclu|refus")
"""What denies by itself: « n'échappe pas » denies nothing."""

_NEGATIVE_AFTER = re.compile(
    r" (?:donc |en principe )?(?:interdi|dispens|exempt|exoner|exclu|impossib)"
    rf"|[^.;:,]{{0,60}}? {NE}(?:echapp|est exclu|sont exclu)"
)
"""After what denies, what denies too: « n’est pas exclu », « aucun système n’échappe »."""

_DENIED_BEFORE = re.compile(
    rf"{NE}(?:l'|les? |la |y |en |se |s')?$"
    rf"|{NE}(?:est|sont|sera|seront|a|ont|soit) (?:donc |plus )?{PAS} (?:\w+ )?$"
    r"|\b(?:et|,) non (?:pas )?(?:une? |l'|d'|de )?$|\baucune? $|\bni (?:une? |d'|l')?$|\bsans $"
)
_DENIES_AFTER = re.compile(rf"\w*(?: \w+)? {PAS}")


@dataclass(frozen=True, slots=True, eq=False)
class Stances:
    """What a text does with each of its characters.

    Attributes:
        denied: whether it is in the scope of one negation, or an odd number.
        refused: whether it is among the first words of such a scope, which the negation is of.
        force: the place in ``FORCES`` of the modality that it is in the scope of.
        governed: whether it is among the first words of that scope, which the modality is of.
        marker: whether it is part of the words that deny or oblige themselves.
    """

    denied: NDArray[np.bool_]
    refused: NDArray[np.bool_]
    force: NDArray[np.int8]
    governed: NDArray[np.bool_]
    marker: NDArray[np.bool_]


@lru_cache(maxsize=8192)
def read_stances(text: str) -> Stances:
    """Read the negations and the modalities of a text, each with the words that it bears on."""
    levelled = level(text)
    stances = Stances(
        np.zeros(len(text), dtype=np.bool_),
        np.zeros(len(text), dtype=np.bool_),
        np.zeros(len(text), dtype=np.int8),
        np.zeros(len(text), dtype=np.bool_),
        np.zeros(len(text), dtype=np.bool_),
    )
    for match in _NEGATION.finditer(levelled):
        if _denies_nothing(levelled, match):
            continue
        scope = _scope(levelled, match)
        core = _core(levelled, match, scope)
        if _BY_PARTICLE.match(match.group()):
            stances.denied[scope] = True
            stances.refused[core] = _BELIEF.search(levelled[: match.start()]) is None
        else:
            stances.denied[scope] ^= True
            stances.refused[core] ^= True
        for start, end in _particles(match):
            stances.marker[start:end] = True
    hidden = levelled
    for modality, pattern in MODALITIES:
        for match in pattern.finditer(hidden):
            is_denied = _is_denied(levelled, match)
            force = CONTRARY.get(modality, modality) if is_denied else modality
            scope = _scope(levelled, match)
            stances.force[scope] = FORCES.index(force)
            stances.governed[_core(levelled, match, scope)] = True
            stances.marker[match.start() : match.end()] = True
        hidden = pattern.sub(lambda match: "#" * len(match.group()), hidden)
    for match in AT_WILL.finditer(levelled):
        clause = _clause(levelled, match.start())
        scope = slice(clause.start, clause.end)
        is_free = np.isin(stances.force[scope], (0, FORCES.index(Modality.PERMISSION)))
        stances.force[scope][is_free] = FORCES.index(Modality.EXEMPTION)
        stances.marker[match.start() : match.end()] = True
    _lead_lists(text, stances)
    return stances


def _denies_nothing(levelled: str, match: re.Match[str]) -> bool:
    """Tell whether what looks like a denial is none.

    « n’échappe pas » and « ne … pas … sans » deny twice, « n’est plus que » restricts, « n’excède
    pas » is a limit.
    """
    words = match.group()
    if words.startswith("n") and (_NEGATIVE_VERB.search(words) or _LIMITING_VERB.search(words)):
        return True
    if _NEGATIVE_AFTER.match(levelled, match.end()) and _BY_PARTICLE.match(words):
        return True
    if _NEGATIVE_VERB.match(words) and _DENIED_BEFORE.search(levelled[: match.start()]):
        return True
    if _LIMIT.match(levelled, match.end()):
        return True
    clause = _clause(levelled, match.start())
    if _is_needed(levelled, match, clause):
        return True
    if words.startswith("sans "):
        return re.search(NE, levelled[clause.start : match.start()]) is not None
    if words.startswith("n") and words.endswith("plus") and _ONLY.match(levelled, match.end()):
        return True
    is_particle = _BY_PARTICLE.match(words) is not None or words == "pas question"
    return is_particle and _WITHOUT.search(levelled, match.end(), clause.end) is not None


def _is_needed(levelled: str, match: re.Match[str], clause: Span) -> bool:
    """Tell whether « sans…, pas de… », whose halves deny each other, holds what denies."""
    if _LACKING.match(match.group()):
        return _NONE_OF.match(levelled, match.end()) is not None
    lacking = _LACKING.match(levelled, clause.start)
    needed = _NONE_OF.match(levelled, lacking.end()) if lacking is not None else None
    return needed is not None and needed.end() >= match.end()


def _lead_lists(text: str, stances: Stances) -> None:
    """Have each list bear what introduces it: « le fabricant peut réunir : – un dossier ; »."""
    for lead in _LEADS.finditer(text):
        last, start = lead.start() - 1, lead.end()
        while item := _ITEM.match(text, start):
            scope = slice(*item.span())
            stances.force[scope] = np.where(
                stances.force[scope] == 0, stances.force[last], stances.force[scope]
            )
            stances.denied[scope] ^= stances.denied[last]
            start = item.end()


def _is_denied(levelled: str, match: re.Match[str]) -> bool:
    """Tell whether a word of modality is itself denied: « n'exonère pas », « n'est pas permis »."""
    before = _DENIED_BEFORE.search(levelled[: match.start()])
    if before is None:
        return False
    is_whole = len(before.group().split()) > 1 or not before.group().startswith("n")
    return is_whole or _DENIES_AFTER.match(levelled, match.end()) is not None


def _particles(match: re.Match[str]) -> Iterator[Span]:
    """Yield the words that deny and say nothing else: « ne » and « pas », not the verb between."""
    words = list(re.finditer(r"[^\s']+'?", match.group()))
    for word in (words[0], words[-1]):
        yield Span(match.start() + word.start(), match.start() + word.end())


def _core(levelled: str, match: re.Match[str], scope: slice) -> slice:
    """Give the first words that a negation is of, of its scope; what is before where none follow.

    « , dans un cas donné, » is not among them.
    """
    start, end = match.end(), scope.stop
    is_particle = _BY_PARTICLE.match(match.group()) is not None
    if (
        is_particle
        and levelled.startswith(",", start)
        and (comma := levelled.find(",", start + 1)) > 0
    ):
        start = comma + 1
    words = list(_CONTENT.finditer(levelled, start, end))[:_CORE_WORDS]
    if words:
        return slice(match.start(), words[-1].end())
    clause = _clause(levelled, match.start())
    within = list(_SUBORDINATE.finditer(levelled, clause.start, match.start()))
    return slice(within[-1].start() if within else clause.start, end)


def _scope(levelled: str, match: re.Match[str]) -> slice:
    """Give what a marker bears on: its clause from it on, all of it where the subject is before.

    That of a subordinate clause ends at a comma, before the main one; that of « ne pas garder », as
    a subject, before its verb.
    """
    clause = _clause(levelled, match.start())
    start, end = match.start(), max(clause.end, match.end())
    if match.group() == "non" and (word := _QUALIFIED.match(levelled, match.end())):
        return slice(start, word.end())
    before = levelled[clause.start : start]
    if _INFINITE.match(match.group()) and (verb := _VERB.search(levelled, match.end(), end)):
        end = verb.start()
    elif _is_subordinate(levelled[: clause.start], before, match) and (
        comma := _COMMA.search(levelled, match.end(), end)
    ):
        end = comma.start()
    if _PASSIVE.search(before) is None and not _QUALITY.fullmatch(match.group()):
        return slice(start, end)
    return slice(clause.start, end)


def _is_subordinate(earlier: str, before: str, match: re.Match[str]) -> bool:
    """Tell whether a marker stands in a clause that a comma ends, from the words before it."""
    if before.strip() in ("", "en"):
        begins = not earlier.strip() or earlier.rstrip(" ")[-1] in ".;:!?\n"
        return begins and _LACKING.match(match.group()) is not None
    opened = list(_SUBORDINATE.finditer(before))
    if not opened:
        return False
    is_set_off = before.startswith(",", opened[-1].end())  # « si, après examen, le juge »
    return is_set_off or _MAIN.search(before, opened[-1].end()) is None


def _clause(levelled: str, place: int) -> Span:
    found = (one for one in clauses(levelled) if one.start <= place < one.end)
    return next(found, Span(0, len(levelled)))


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
