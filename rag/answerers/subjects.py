"""Tell whether two sentences speak of the same thing, so that what they state may be compared.

A false « these sources disagree » costs more than one left out: whatever could make two sentences
speak of different cases (another actor, article, name, event, a condition that one alone sets)
makes them speak of different things.
"""

import re

from rag.answerers.figures import without_facts
from rag.french import analyze, fold
from rag.french.facts import ACTOR, NUMBER, REFERENCE, form

LEAST_CONTAINED = 0.75
"""Least share of the words of the shorter sentence that the other has."""

_ROOT = 7
"""Letters of a stem that are compared: « appliquent » is stemmed to itself, not to « appliqu »."""

_GENERIC = frozenset(
    term[:_ROOT] for term in analyze("IA système règlement article UE européen texte")
)
"""Words that any two sentences on this law share."""

_CONDITION = form(
    r"\b(?:si_|s[’']ils?_|lorsqu(?:e_|[’'])|quand_|en_cas_d(?:e_|[’'])|dans_(?:les?|ces?)_cas_"
    r"|sauf_|à_moins_|hors_|hormis_|excepté_|à_l[’']exception_|par_dérogation_|dont_|qui_|sans_"
    r"|pour_(?:les?|la|une?|des|ceux|celles|tout|toute|chaque)_|pour_l[’']"
    r"|destinée?s?_(?:à|aux?)_|chez_|parmi_|(?:en|aux?)_(?=(?-i:[A-ZÉ])))(?P<words>[^,;:.()]*)"
)
_PARTIAL = form(
    r"\b(?:nouve(?:au|aux|lle|lles|l)|d[’']origine|anciens?|anciennes?|premi[eè]re?s?|seconde?s?"
    r"|derni[eè]re?s?|seule?s?|principa(?:l|le|les|ux)|initia(?:l|le|les|ux)|graves?|mineure?s?"
    r"|majeure?s?|générale?s?|généraux|provisoires?|complète?s?|complets?)\b"
)
"""Words that make a sentence speak of a part of its subject."""

_HEDGED = re.compile(
    r"\b(?:au lieu d|et non\b|initialement|auparavant|jusqu'alors|autrefois|repouss|propos|projet"
    r"|pourrai|serai[te]|devrai|envisag|prevoyai|etai(?:t|ent)\b|avai(?:t|ent)\b|exemple|environ\b"
    r"|en moyenne|selon les cas|en principe|generalement|souvent|parfois|pas toujours|certains\b"
    r"|certaines\b|peu(?:t|vent) etre|autre|abrog|remplac)"
)
_MEASURED = re.compile(
    r"\b(?:sensibilite|specificite|exactitude|performance|etude|essai|lecteur|enquete|sondage"
    r"|marche\b|patients|hopitaux|examens|radiologues|erreurs?\b)"
)
_EVENTS = (
    "publi", "adopt", "sign", "entr[a-z]+ en vigueur|en vigueur", "appliqu|applicable|application",
    "transpos", "consult", "revis", "a jour", "cloture|cloturer|cloturait", "candidat", "depos",
    "lanc", "valid", "vers", "verifi", "presta", "sold", "enregistr", "designat|designe",
)  # fmt: skip
_OF_ITSELF = re.compile(r"\bpresente?s? (?:act|reglement|directive|loi|code|decret|arret|article)")
"""What each document says of itself: « le présent règlement »."""

_NAME = re.compile(r"(?<=[\w,)’'»]\s)[A-ZÉÈÀ][\w-]+|(?<=[dlDL][’'])[A-ZÉÈÀ][\w-]+")
_COUNT = form(rf"(?P<count>{NUMBER})_[^\W\d]{{4,}}")
_COMMON_NAMES = frozenset({"ia", "ue", "union", "europe"})


def is_plain(text: str) -> bool:
    """Tell whether a sentence states the law for all cases and days, as far as its words show.

    >>> is_plain("Le délai est de six mois."), is_plain("Le délai serait de six mois.")
    (True, False)
    """
    return not text.rstrip().endswith((":", "?")) and _HEDGED.search(fold(text)) is None


def same_subject(one: str, other: str, *, least_words: int, least_shared: float) -> bool:
    """Tell whether two sentences speak of the same thing.

    Args:
        one: a sentence, without the words of the fact compared.
        other: the same.
        least_words: words of meaning that the two have in common, at least.
        least_shared: their share among the words of both, at least.
    """
    first, second = _words(one), _words(other)
    shared = first & second
    if len(shared - _GENERIC) < least_words:
        return False
    if len(shared) < LEAST_CONTAINED * min(len(first), len(second)):
        return False
    if len(shared) < least_shared * len(first | second):
        return False
    return not _on_other_cases(one, other)


def same_event(one: str, other: str) -> bool:
    """Tell whether two sentences date the same event: what was adopted applies another day."""
    return _events(one) == _events(other)


def is_measured(text: str) -> bool:
    """Tell whether the share that a sentence gives was measured: another study finds another."""
    return _MEASURED.search(fold(text)) is not None


def _on_other_cases(one: str, other: str) -> bool:
    if not (_conditions(one) <= _stems(other) and _conditions(other) <= _stems(one)):
        return True
    if _OF_ITSELF.search(fold(one)) and _OF_ITSELF.search(fold(other)):
        return True
    return any(
        first and second and not (first <= second or second <= first)
        for named in (_actors, _references, _names, _counts)
        for first, second in [(named(one), named(other))]
    )


def _words(text: str) -> set[str]:
    return _stems(without_facts(text))


def _stems(text: str) -> set[str]:
    """List the words of a text, cut where French verbs and nouns of one root part."""
    return {term[:_ROOT] for term in analyze(text)}


def _conditions(text: str) -> set[str]:
    """List the words of the cases that a sentence limits itself to."""
    limits = " ".join(match["words"] for match in _CONDITION.finditer(text))
    return _words(limits) | _stems(" ".join(_PARTIAL.findall(text)))


def _actors(text: str) -> set[str]:
    return {word for match in ACTOR.finditer(text) for word in analyze(match.group())}


def _references(text: str) -> set[str]:
    return {" ".join(fold(match.group()).split()) for match in REFERENCE.finditer(text)}


def _names(text: str) -> set[str]:
    names = _NAME.finditer(REFERENCE.sub(" ", without_facts(text)))
    return {fold(match.group()) for match in names} - _COMMON_NAMES


def _counts(text: str) -> set[str]:
    """List how many things a sentence speaks of: « les huit interdictions »."""
    counted = _COUNT.finditer(REFERENCE.sub(" ", without_facts(text)))
    return {fold(match["count"]) for match in counted} - {"un", "une"}


def _events(text: str) -> set[int]:
    folded = fold(text)
    return {place for place, stems in enumerate(_EVENTS) if re.search(rf"\b(?:{stems})", folded)}
