"""Score passages, and the sentences in them, for a question."""

from rag.ranking.scoring import CANDIDATES, Ranking, Signals, normalise, sum_up
from rag.ranking.search import NEAREST, Found, Search
from rag.ranking.sentences import near_sentences, nearest_sentence
from rag.ranking.weights import Signal, Weights

__all__ = [
    "CANDIDATES",
    "NEAREST",
    "Found",
    "Ranking",
    "Search",
    "Signal",
    "Signals",
    "Weights",
    "near_sentences",
    "nearest_sentence",
    "normalise",
    "sum_up",
]
