"""Decide that nothing found is close enough to answer with, and say so in French.

A hit counts by how far its meaning stands above what off-topic questions find in the same index
(``rag.calibration``), and by the share of the question's terms that it holds. On the labelled
questions (262 answerable, 28 not) the two together refuse 16 % of the former and answer 39 % of
the latter, where meaning alone at its best threshold refuses 28 % and answers 29 %; most of the
latter are near misses, which closeness does not tell.
"""

import re
from collections.abc import Sequence

from rag.french import analyze, words
from rag.types import Hit, Query

HITS_WEIGHED = 3
COVERAGE_WEIGHT = 3.0
LEAST_CLOSENESS = 4.7
"""In standard deviations above the noise; all of the question's terms count for three."""

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
    if hit.contrast + COVERAGE_WEIGHT * hit.coverage >= LEAST_CLOSENESS:
        return True
    return hit.coverage >= FULL_COVERAGE and _is_keywords(query.text)


def _is_keywords(question: str) -> bool:
    """Tell whether a question is keywords only, none of them a stop word."""
    return len(analyze(question)) == len(words(question))


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
