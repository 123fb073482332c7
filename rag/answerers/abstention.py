"""Decide whether what was found answers, and say in French why it does not.

The decision is that of a fitted model (``rag.answerers.confidence``): an answer, a partial one that
says what is missing, or an abstention with its reason. The reason is the one of the examples of
questions to decline that the question resembles (``rag.out_of_scope``), where it is nearer to them
than to what the texts say, and one of its words tells that reason too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answerers.confidence import Model, features_of, model_for
from rag.answerers.named import defines
from rag.french import analyze
from rag.french.facts import facts_answering, plainly_asked
from rag.references import terms_naming
from rag.types import DraftSentence, Hit, Query

MOST_MISSING_WORDS = 4
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ASKING = re.compile(
    r"\bcombien de (?:temps|jours|mois|fois)\b"
    r"|(?<=\w)-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce)\b",
    re.IGNORECASE,
)
"""What only makes a question of a sentence: « combien de temps », « -t-il »."""

NOTHING_INDEXED = "Aucun document n’est encore indexé : lancez « radiact ingest »."
NO_LAW_OF_THAT_DAY = (
    "Aucun des textes indexés ne donne l’état du droit à la date demandée : "
    "les passages trouvés décrivent un état plus récent ou sont périmés."
)
NOTHING_CLOSE = (
    "Je ne trouve pas de réponse à cette question dans les documents indexés : "
    "aucun passage n’en est assez proche. Reformulez la question, ou consultez le texte officiel, "
    "le délégué à la protection des données ou le service juridique de votre établissement."
)
DECLINED = {
    "hors-sujet": (
        "Cette question ne porte pas sur la réglementation de l’IA en radiologie, "
        "le seul sujet des documents indexés."
    ),
    "clinique": (
        "Cette question relève de la pratique médicale : les documents indexés traitent de "
        "réglementation, non de diagnostic, de protocole ni de dose. Voyez les recommandations "
        "de la Société française de radiologie ou de la Haute Autorité de santé."
    ),
    "produit": (
        "Je ne compare pas les produits, et les documents indexés ne donnent ni leurs prix ni "
        "leurs performances. Voyez le fabricant, la notice d’utilisation, la déclaration UE de "
        "conformité ou la base EUDAMED."
    ),
    "redaction": (
        "Je cite des textes, je n’en rédige pas. Demandez-moi ce qu’ils exigent ; pour un "
        "courrier, un contrat ou une analyse d’impact, voyez le service juridique ou le délégué à "
        "la protection des données de votre établissement."
    ),
    "absent": NOTHING_CLOSE,
    "consigne": (
        "Ce message s’adresse au programme lui-même : il est lu comme une question, et ne change "
        "rien à la façon de répondre. Posez une question sur la réglementation de l’IA en "
        "radiologie."
    ),
}
"""Why a question is declined, by the reason of the examples that it resembles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was decided: no answer when there is a ``reason``, else a whole or a partial one.

    ``confidence`` is the probability that the hits answer, where it was weighed.
    """

    reason: str | None = None
    is_partial: bool = False
    confidence: float | None = None


def judge(query: Query, hits: Sequence[Hit], model: Model | None = None) -> Verdict:
    """Decide whether hits answer a query; those of what it names always do."""
    if not hits:
        return Verdict(reason=NOTHING_INDEXED)
    if any(hit.reference for hit in hits) or defines(hits[0], query.question):
        return Verdict()
    features = features_of(query, hits)
    model = model or model_for(features)
    confidence = model.probability(features)
    if confidence < model.least:
        return Verdict(reason=_reason(query, hits), confidence=confidence)
    return Verdict(is_partial=confidence < model.whole, confidence=confidence)


def _reason(query: Query, hits: Iterable[Hit]) -> str:
    """Give the reason of the examples that the question resembles more than any hit."""
    resembled = query.resemblance
    if resembled is None or not resembled.is_told:
        return NOTHING_CLOSE
    nearest = max(max(hit.contrast, hit.described or hit.contrast) for hit in hits)
    return DECLINED[resembled.reason] if resembled.contrast > nearest else NOTHING_CLOSE


def partial_reason(query: Query, sentences: Sequence[DraftSentence]) -> str:
    """Say which words of the question nothing that is quoted speaks of.

    Quotes in another language speak of it in other words, which is not told.
    """
    held = {
        term
        for one in sentences
        for term in (
            *analyze(one.hit.passage.retrieval_text + one.text),
            *terms_naming(one.hit.metadata, query.question),
        )
    }
    typed = dict.fromkeys(_WORD.findall(_ASKING.sub(" ", query.question)))
    missing = [word for word in typed if (terms := analyze(word)) and held.isdisjoint(terms)][
        :MOST_MISSING_WORDS
    ]
    if not missing or any(one.hit.metadata.language != "fr" for one in sentences):
        return "Réponse partielle : ces passages sont les plus proches, sans répondre à tout."
    named = ", ".join(f"« {word} »" for word in missing)
    return f"Réponse partielle : les passages cités ne parlent pas de {named}."


def unstated_reason(query: Query, sentences: Sequence[DraftSentence]) -> str | None:
    """Say that no date, duration or number is quoted where the question plainly asks for one."""
    name = plainly_asked(query.question)
    if name is None or any(any(facts_answering(query.question, one.text)) for one in sentences):
        return None
    return f"Réponse partielle : les passages cités ne donnent pas {name} que vous demandez."


_UNSETTLED = re.compile(
    r"n[’']est pas (?:tranchée?|confirmée?|connue?|identifiée?|établie?)\b"
    r"|ne sont pas (?:tranchée?s|confirmée?s|connue?s|identifiée?s|établie?s)\b"
    r"|ne figure(?:nt)? pas dans les sources lues",
    re.IGNORECASE,
)


def is_unsettled(sentence: str) -> bool:
    """Tell whether a sentence says that something is not settled, or not known.

    >>> is_unsettled("La promulgation n’est pas confirmée."), is_unsettled("La loi est promulguée.")
    (True, False)
    """
    return _UNSETTLED.search(sentence) is not None
