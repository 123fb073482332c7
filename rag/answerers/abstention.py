"""Decide that nothing found is close enough to answer with, and say so in French.

A hit counts by how far its meaning stands above what off-topic questions find in the same index
(``rag.calibration``). The threshold is the one that best told answerable from unanswerable
questions on the development sets; shared words added nothing there, but for keywords alone.
"""

from collections.abc import Sequence

from rag.french import analyze, words
from rag.types import Hit, Query

HITS_WEIGHED = 3
LEAST_CONTRAST = 4.5
"""In standard deviations above the noise."""

FULL_COVERAGE = 0.99

NOTHING_INDEXED = "Aucun document n’est encore indexé : lancez « radiact ingest »."
NO_LAW_OF_THAT_DAY = (
    "Aucun des textes indexés ne donne l’état du droit à la date demandée : "
    "les passages trouvés décrivent un état plus récent ou sont périmés."
)
NOTHING_CLOSE = (
    "Je ne trouve pas de réponse à cette question dans les documents indexés : "
    "aucun passage n’en est assez proche. Reformulez la question, ou consultez le texte officiel, "
    "le délégué à la protection des données ou le service juridique de votre établissement."
)


def reason_to_abstain(query: Query, hits: Sequence[Hit]) -> str | None:
    """Give the reason to abstain from answering, or nothing when a hit is close enough."""
    if not hits:
        return NOTHING_INDEXED
    if any(_is_close(query, hit) for hit in hits[:HITS_WEIGHED]):
        return None
    return NOTHING_CLOSE


def _is_close(query: Query, hit: Hit) -> bool:
    if hit.contrast >= LEAST_CONTRAST:
        return True
    return hit.coverage >= FULL_COVERAGE and _is_keywords(query.text)


def _is_keywords(question: str) -> bool:
    """Tell whether a question is keywords only, none of them a stop word."""
    return len(analyze(question)) == len(words(question))
