"""What a reader is told, in French, where two sources of an answer do not agree."""

from rag.dates import french_date
from rag.messages import KINDS, typographic
from rag.types import Claim, Contradiction, Kind, Settlement

_SENTENCE = "Ces sources ne concordent pas : {first} ; {second}. {settlement}"
_SETTLEMENTS = {
    Settlement.LAW: "Le texte de droit l’emporte, s’il n’a pas été modifié depuis.",
    Settlement.RECENT: "La plus récente l’emporte sans doute ; vérifiez le texte officiel.",
    Settlement.OPEN: (
        "Les textes indexés ne permettent pas de trancher ; vérifiez le texte officiel."
    ),
}


def disagreement_sentence(contradiction: Contradiction) -> str:
    """Say what each of two sources says, of which day it is, and which prevails if it is known."""
    first, second = map(_told, contradiction.claims)
    settlement = _SETTLEMENTS[contradiction.settlement]
    return typographic(_SENTENCE.format(first=first, second=second, settlement=settlement))


def _told(claim: Claim) -> str:
    return f"« {claim.metadata.title} » ({_described(claim)}) dit « {claim.words} »"


def _described(claim: Claim) -> str:
    """Describe a source by its kind and its day: « notice, vérifiée le 20 novembre 2026 »."""
    facts = claim.metadata
    kind = KINDS[facts.kind].lower()
    if claim.day is None:
        return f"{kind} sans date"
    if facts.kind is Kind.NOTICE and claim.day == facts.checked:
        return f"{kind}, vérifiée le {french_date(claim.day)}"
    is_state = facts.kind is not Kind.NEWS and claim.day == facts.version_date
    return f"{kind}, {'état du ' if is_state else ''}{french_date(claim.day)}"
