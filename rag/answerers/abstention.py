"""Decide that nothing found is close enough to answer with, and say so in French.

The decision weighs two views of the best passages: how near their meaning is to the question's,
and how much of the question's rare words they hold. The weights are those that tell answerable
from unanswerable questions best on the development sets (``benchmarks/quality.py`` prints both).
"""

from collections.abc import Sequence

from rag.types import Hit

PASSAGES_WEIGHED = 3
MEANING_WEIGHT, COVERAGE_WEIGHT = 0.5, 0.5
THRESHOLD = 0.31

NOTHING_INDEXED = "Aucun document n’est encore indexé : lancez « radiact ingest »."
NOTHING_CLOSE = (
    "Je ne trouve pas de réponse à cette question dans les documents indexés : "
    "aucun passage n’en est assez proche. Les passages les plus proches sont indiqués à titre "
    "de repère ; reformulez la question, ou consultez le texte officiel, le délégué à la "
    "protection des données ou le service juridique de votre établissement."
)


def reason_to_abstain(hits: Sequence[Hit]) -> str | None:
    """Give the reason to abstain from answering, or nothing when the hits are close enough."""
    if not hits:
        return NOTHING_INDEXED
    if closeness(hits) < THRESHOLD:
        return NOTHING_CLOSE
    return None


def closeness(hits: Sequence[Hit]) -> float:
    """Measure how close the best passages are to the question, 0 to 1."""
    best = hits[:PASSAGES_WEIGHED]
    meaning = max((hit.dense for hit in best), default=0.0)
    coverage = max((hit.coverage for hit in best), default=0.0)
    return MEANING_WEIGHT * meaning + COVERAGE_WEIGHT * coverage
