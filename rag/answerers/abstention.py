"""Decide that nothing found is close enough to answer with, and say so in French.

A hit counts by how far its meaning stands above what off-topic questions find in the same index
(``rag.calibration``), and by the share of the question's terms that it holds. Of the labelled
questions (279 answerable, 32 not), the two together find something close enough to 38 % of the
latter and refuse 4 % of the former, where meaning alone refuses 6 %
(``python -m benchmarks.abstention``, which prints other values of both numbers too). Most of
those that get through are near misses, which closeness does not tell: some are unsettled points,
and the answer says so; a question that asks for a sum of money is only answered by a passage that
states one.
"""

import re
from collections.abc import Sequence

from rag.french import analyze, fold, words
from rag.types import Hit, Query

HITS_WEIGHED = 3
COVERAGE_WEIGHT = 4.5
LEAST_CLOSENESS = 5.75
"""In standard deviations above the noise; all of the question's terms count for four and a half."""

FULL_COVERAGE = 0.99
LEAST_COVERAGE_OF_A_SUM = 0.5

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
    if any(hit.reference for hit in hits):
        return None
    if not any(_is_close(query, hit) for hit in hits[:HITS_WEIGHED]):
        return NOTHING_CLOSE
    if _asks_for_a_sum(query.text) and not any(_states_the_sum(hit) for hit in hits):
        return NOTHING_CLOSE
    return None


def _is_close(query: Query, hit: Hit) -> bool:
    if hit.contrast + COVERAGE_WEIGHT * hit.coverage >= LEAST_CLOSENESS:
        return True
    return hit.coverage >= FULL_COVERAGE and _is_keywords(query.text)


def _is_keywords(question: str) -> bool:
    """Tell whether a question is keywords only, none of them a stop word."""
    return len(analyze(question)) == len(words(question))


_ASKS_FOR_A_SUM = re.compile(
    r"\bcombien (?:ca |cela )?(?:coute|vaut|valent|gagne)"
    r"|\b(?:quel(?:le)?s?(?: est| sont)?(?: l[ea]s?)?|a quel) "
    r"(?:prix|tarifs?|couts?|chiffres? affaires|cours (?:de )?action|budget|salaire)\b"
)
_SUM = re.compile(r"€|\b(?:euros?|dollars?)\b", re.IGNORECASE)


def _asks_for_a_sum(question: str) -> bool:
    """Tell whether only a sum of money can answer: where no hit states one, none answers.

    >>> _asks_for_a_sum("Combien coûte un audit ?"), _asks_for_a_sum("Qui paie l’audit ?")
    (True, False)
    """
    return _ASKS_FOR_A_SUM.search(" ".join(words(fold(question)))) is not None


def _states_the_sum(hit: Hit) -> bool:
    """Tell whether a passage states a sum, and speaks of what is asked."""
    return hit.coverage >= LEAST_COVERAGE_OF_A_SUM and _SUM.search(hit.passage.text) is not None


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
