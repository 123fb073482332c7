"""Ask a reranker of the first passages found, and rank them anew.

What it says is one more signal (``rag.ranking``), which weighs more than the others together: the
factors of authority and validity, the law of the day, the units that a question names, twins and
spread apply to the new scores as to the old.
"""

from dataclasses import replace
from itertools import islice

import numpy as np

from rag.precedence import Precedence
from rag.ranking import Found, Signal, Weights, sum_up
from rag.reranker import Reranker
from rag.twins import find_twins

RERANKED = 30
"""Passages read by the reranker: thrice the hits shown, so that one can come up from below them.

Each costs a pass through the model, at every question: on two cores, more would keep the reader
waiting.
"""

_LEAST = np.finfo(np.float32).tiny
"""A score of nought would read as « not asked »."""


def rerank(
    found: Found, question: str, precedence: Precedence, reranker: Reranker, *, weights: Weights
) -> Found:
    """Add to what a search found what a reranker says of the first passages."""
    indices = _first_passages(found, precedence) if weights.reranker else []
    if not indices:
        return found
    passages = [precedence.corpus.stored[index].passage for index in indices]
    scores = np.zeros_like(found.ranking.scores)
    read = reranker.scores(question, [passage.retrieval_text for passage in passages])
    scores[indices] = np.maximum(read, _LEAST)
    signals = {**found.ranking.signals, Signal.RERANKER: scores}
    return replace(found, ranking=sum_up(signals, weights))


def _first_passages(found: Found, precedence: Precedence) -> list[int]:
    """List the passages to read, best first: of the law of the day, those that say the same once.

    The least of few passages scores nought, and may be the right one: a word found is enough.
    """
    scores = found.ranking.scores * precedence.weights
    is_found = precedence.admitted & ((scores > 0) | (found.lexical > 0))
    order = np.argsort(-scores, kind="stable")
    order = order[is_found[order]]
    twins = find_twins(map(int, order[: 2 * RERANKED]), precedence)
    arranged = precedence.arrange(map(int, order), scores)
    return [place.index for place in islice(twins.settle(arranged), RERANKED)]
