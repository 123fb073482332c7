"""What a sentence does with what it says: oblige, allow, advise, forbid, exempt, deny, except.

French law obliges in the plain indicative (« le déployeur conserve »): where a passage has no word
of modality, it may be told with « doit ». The other way round nothing is free: what may be done is
not what must be.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from rag.french import analyze
from rag.references.reference import level


class Modality(StrEnum):
    """The force of a rule."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    ADVICE = "advice"
    PROHIBITION = "prohibition"
    EXEMPTION = "exemption"


_NOT = r"n(?:e |')"
_FORBIDS = (
    rf"{_NOT}(?:doi(?:t|vent)|devr\w+|peu(?:t|vent)|saurai(?:t|ent)) (?:\w+ )?(?:pas|jamais|plus|en"
    r" aucun cas)\b|\binterdi\w+|\bprohib\w+|\bdefendu|\bshall not\b|\bmust not\b"
)
_EXEMPTS = (
    rf"{_NOT}(?:est|sont|sera|a|ont|impose|exige|faut)(?:nt)? (?:donc |plus )?(?:pas|plus|aucune?)"
    r" (?:\w+ )?(?:tenue?s?|obligat\w+|exige\w*|requis\w*|necessaires?|a |de |d'|besoin|une?)"
    r"|\bdispens\w+|\bexempt\w+|\bfacultati\w+|\bpas (?:\w+ )?obligatoires?|\bsans (?:obligation|"
    r"etre tenue?s?)|\bn'est pas tenue?"
)
_ADVISES = (
    r"\bdevrai(?:t|ent)\b|\brecommand\w+|\bconseill\w+|\bil convient|\bsouhaitable"
    r"|\binvite(?:nt)?\b|\bencourag\w+|\bpreconis\w+|\bshould\b|\brecommend\w+"
    r"|\bbonnes? pratiques?"
)
_OBLIGES = (
    r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\btenue?s? (?:de|d'|a|au)\b|\bobligat\w+|\boblig(?:e|ent)"
    r"|\bobligee?s?\b|\bexig\w+|\bimpos\w+|\bil faut\b|\bfaut\b|\brequi\w+|\bnecessaires?\b"
    r"|\bsont soumis|\best soumis|\bshall\b|\bmust\b|\bnecessairement\b|\bimperati\w+"
)
_ALLOWS = (
    r"\bpeu(?:t|vent)\b|\bpourr(?:a|ont|ait|aient)\b|\bautoris\w+|\bfaculte\b|\bpossib\w+|\bpermi\w+"
    r"|\bpermet\w*|\bdroit (?:de|d')|\blibres? de|\bmay\b|\bcan\b|\beventuellement|\bsusceptib\w+"
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
    r"\bsauf\b|\ba moins (?:que|d')|\ba l'exception|\bexcepte|\bhormis\b|\bhors\b|\bsans prejudice"
    r"|\bpar derogation|\bderog\w+|\bexception\w*|\bunless\b|\bexcept\b|\bexclu\w*"
    r"|\bne .{0,60}\bque\b|\bseulement si\b|\buniquement\b|\bsauf si\b"
)
_NEGATION = re.compile(
    rf"\b{_NOT}[^.;:,]{{0,60}}?\b(?P<adverb>pas|plus|jamais|aucune?s?|ni|rien|nul(?:le)?|guere)\b"
    r"|\baucune?s?\b|\bsans\b|\bnon\b|\bni\b|\binterdi\w+|\bjamais\b|\bhors de\b|\bn'est\b"
    r"|\bexclu\w*|\bechapp\w+|\bdispens\w+|\bexempt\w+|\bno\b|\bnot\b|\bimpossib\w+|\bnul(?:le)?s?\b|\brefus\w+"
)
_SCOPE_WORDS = 5
"""Words of meaning after a negation that it may bear on."""


@lru_cache(maxsize=4096)
def modalities(text: str) -> frozenset[Modality]:
    """List the modalities of a text; none where it only states.

    >>> sorted(modalities("Le déployeur peut garder les journaux ; il doit les protéger."))
    [<Modality.OBLIGATION: 'obligation'>, <Modality.PERMISSION: 'permission'>]
    """
    levelled, found = level(text), set[Modality]()
    for modality, pattern in _MODALITIES:
        if pattern.search(levelled):
            found.add(modality)
            levelled = pattern.sub(" # ", levelled)
    return frozenset(found)


@lru_cache(maxsize=4096)
def has_exception(text: str) -> bool:
    """Tell whether a text sets cases apart: « sauf », « à moins que », « uniquement »."""
    return _EXCEPTION.search(level(text)) is not None


@lru_cache(maxsize=4096)
def is_negative(text: str) -> bool:
    """Tell whether a text denies something."""
    return _NEGATION.search(level(text)) is not None


@lru_cache(maxsize=4096)
def denied(text: str) -> frozenset[str]:
    """List the stems of the words that a text denies."""
    return frozenset(stem for scope in _scopes(level(text)) for stem in analyze(scope))


@lru_cache(maxsize=4096)
def affirmed(text: str) -> frozenset[str]:
    """List the stems of the words that a text says without denying them."""
    levelled = level(text)
    for scope in _scopes(levelled):
        levelled = levelled.replace(scope, " ")
    return frozenset(analyze(levelled))


def _scopes(levelled: str) -> Iterator[str]:
    """Yield the words that negations bear on: a few, up to the end of the clause."""
    for match in _NEGATION.finditer(levelled):
        clause = re.split(r"[.;:,()]| mais | et ", levelled[match.start() :], maxsplit=1)[0]
        yield " ".join(clause.split()[: _SCOPE_WORDS + 4])
