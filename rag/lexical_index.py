"""BM25 over French terms (Robertson and Zaragoza 2009; Lucene's variant, by bm25s).

Held in memory, built from the register's passages when they change, never per query.
"""

import logging
import math
from collections import Counter
from collections.abc import Container, Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from rag.french import analyze, is_content_word, words

K1, B = 1.5, 0.75

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it announces each index at DEBUG


class LexicalIndex:
    """BM25 scores, and the rarity of terms, over a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        tokens = [analyze(text) for text in texts]
        self._terms = [frozenset(terms) for terms in tokens]
        self._frequency = Counter(term for terms in self._terms for term in terms)
        self._bm25 = bm25s.BM25(k1=K1, b=B)
        if self._frequency:
            self._bm25.index(tokens, show_progress=False)

    @property
    def size(self) -> int:
        """The number of texts."""
        return len(self._terms)

    def scores(self, question: str) -> NDArray[np.float32]:
        """Score every text for a question: an array of shape ``(len(texts),)``, 0 and up."""
        return self.term_scores(analyze(question))

    def term_scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Score every text for terms: an array of shape ``(len(texts),)``, 0 and up."""
        known = [term for term in terms if term in self._frequency]
        if not known:
            return np.zeros(len(self._terms), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def coverage(self, question: str, index: int, *, besides: Container[str] = ()) -> float:
        """Give the share of the question's terms that a text holds, weighted by rarity, 0 to 1.

        Those that it is known to speak of ``besides``, in other words, count as well.
        """
        weights = {term: self.rarity(term) for term in analyze(question)}
        held = sum(
            weight
            for term, weight in weights.items()
            if term in self._terms[index] or term in besides
        )
        return held / total if (total := sum(weights.values())) else 0.0

    def holds(self, name: str, index: int) -> bool:
        """Tell whether a text holds every term of a name, in the singular or in the plural."""
        plural = " ".join(f"{word}s" for word in words(name) if is_content_word(word))
        pairs = zip(analyze(name), analyze(plural), strict=True)
        return all(not self._terms[index].isdisjoint(pair) for pair in pairs)

    def share(self, term: str) -> float:
        """Give the share of the texts that hold a term, above 0 and up to 1 (half a text more)."""
        return (self._frequency[term] + 0.5) / (len(self._terms) + 0.5)

    def rarity(self, term: str) -> float:
        """Weigh a term by its inverse document frequency; one never seen weighs the most."""
        return math.log(1 + (len(self._terms) + 1) / (self._frequency[term] + 0.5))
