"""Ask every signal of a question, and add up what they say."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.corpus import Corpus
from rag.embeddings import Reading
from rag.french import analyze
from rag.french.facts import figures_asked, holds
from rag.late_interaction import TokenVectors, late_scores
from rag.ranking.scoring import Ranking, Scores, Signals, candidates, sum_up
from rag.ranking.steering import steered
from rag.ranking.weights import Signal, Weights
from rag.types import Resemblance, Steering
from rag.vector_store import Collection, VectorStore

NEAREST = 200
"""Nearest vectors asked for: more cost time and find nothing."""

NEAREST_EXAMPLES = 30
"""Examples of questions to decline that are looked at."""

PASSAGES_OF_A_UNIT = 3
"""Passages of an article whose mean tells how near the article is."""

_LEAST = 1e-3
"""What a passage that states no such fact is given, for the others to be above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search says of the passages of a corpus.

    Attributes:
        ranking: their scores, and where these come from.
        dense: cosine similarity with the question's own words, 0 for those not among the nearest.
        lexical: raw BM25 scores.
        question: the tokens of the question, where the encoder gives them.
        tokens: those of the best passages, by their index.
        resemblance: how near the question is to examples of questions to decline.
    """

    ranking: Ranking
    dense: Scores
    lexical: Scores
    question: TokenVectors | None
    tokens: dict[int, TokenVectors]
    resemblance: Resemblance | None = None


@dataclass(frozen=True)
class Search:
    """One question asked of one corpus.

    ``admitted`` tells the passages that may be found, shape ``(n,)``; all of them when ``None``.
    """

    text: str
    corpus: Corpus
    vector_store: VectorStore
    weights: Weights
    steering: Steering = field(default_factory=Steering)
    admitted: NDArray[np.bool_] | None = None

    def run(self) -> Found:
        """Score every passage: by the cheap signals first, the best of them by the others."""
        signals = self._cheap_signals()
        best = candidates(signals, self.weights)
        tokens = self._tokens(best)
        signals |= self._costly_signals(best, tokens)
        met = steered(self.steering, self.corpus, best)
        if self.weights.steering and met.any():
            signals[Signal.STEERING] = met
        if self.weights.fact and (forms := figures_asked(self.text)):
            signals[Signal.FACT] = self._stating(forms, best)
        if self.weights.covered:
            signals[Signal.COVERED] = self._covered(best, sum_up(signals, self.weights).scores)
        return Found(
            ranking=sum_up(_among(signals, best), self.weights),
            dense=self.dense,
            lexical=signals[Signal.WORDS],
            question=self._question,
            tokens=tokens,
            resemblance=self._resemblance(),
        )

    @cached_property
    def dense(self) -> Scores:
        """Cosine similarities of the nearest passages with the question's own words."""
        return self._nearest(self._vectors[0])

    def _cheap_signals(self) -> Signals:
        """Ask the vectors and BM25.

        A glossary holds every acronym in few words: only a question about words is to find it.
        """
        signals = {
            Signal.MEANING: self._meaning(),
            Signal.WORDS: self._words(),
            Signal.HEADINGS: self.corpus.headings.scores(self.text),
        }
        if not self.corpus.thesaurus.is_about_words(self.text):
            for scores in signals.values():
                scores[self.corpus.in_glossary] = 0
        signals |= self._described()
        overview = self.corpus.titles.scores(
            self.text, self.corpus.lexical.rarity, acts=self.steering.acts
        )
        if self.weights.overview and overview.any():
            signals[Signal.OVERVIEW] = overview
        if self.admitted is not None:
            signals = {name: scores * self.admitted for name, scores in signals.items()}
        return signals

    def _meaning(self) -> Scores:
        """Search with the question's vector, moved towards the usual words for what it names."""
        if len(self._vectors) == 1:
            return self.dense.copy()
        share = self.weights.usual_words
        moved = (1 - share) * self._vectors[0] + share * self._vectors[1]
        return self._nearest(moved / np.linalg.norm(moved))

    def _words(self) -> Scores:
        """Score by BM25; the other ways to write what a question names count for a little."""
        scores = self.corpus.lexical.scores(self.text)
        if others := self.corpus.thesaurus.expansions(self.text):
            asked = set(analyze(self.text))
            terms = {term for other in others for term in analyze(other)} - asked
            added = self.corpus.lexical.term_scores(sorted(terms))
            scores = scores + self.weights.expansion * added
        return scores

    def _described(self) -> Signals:
        """Ask the phrases that describe units of law."""
        described = self.corpus.described
        if not described:
            return {}
        collection = self.vector_store.descriptions
        nearest = collection.search(self._vectors[0], limit=NEAREST)
        signals = {
            Signal.DESCRIBED_MEANING: described.by_phrase(nearest),
            Signal.DESCRIBED_WORDS: described.by_words(self.text),
        }
        if self._question is not None:
            scores = _late(collection, self._question, list(nearest))
            signals[Signal.DESCRIBED_TOKENS] = described.by_phrase(scores)
        return signals

    def _costly_signals(self, best: NDArray[np.int64], tokens: dict[int, TokenVectors]) -> Signals:
        """Compare the best passages with the question token by token."""
        official = np.zeros(len(self.corpus.stored), dtype=np.float32)
        official[best] = self.corpus.is_official[best]
        signals = {Signal.OFFICIAL: official}
        if self._question is not None and tokens:
            late = np.zeros_like(official)
            late[list(tokens)] = late_scores(self._question, list(tokens.values()))
            signals[Signal.TOKENS] = late
            signals[Signal.UNIT] = self._by_unit(late, best)
        return signals

    def _stating(self, forms: Sequence[re.Pattern[str]], best: NDArray[np.int64]) -> Scores:
        """Tell which of the best passages state a fact of the sort asked for."""
        stating = np.zeros(len(self.corpus.stored), dtype=np.float32)
        for index in best:
            text = self.corpus.stored[index].passage.text
            stating[index] = 1.0 if any(holds(form, text) for form in forms) else _LEAST
        return stating

    def _by_unit(self, late: Scores, best: NDArray[np.int64]) -> Scores:
        """Give each of the best passages the mean score of the best ones of its unit."""
        found: dict[str, list[float]] = defaultdict(list)
        for index in best:
            found[self.corpus.unit(index)].append(float(late[index]))
        mean = {
            unit: np.mean(sorted(scores)[-PASSAGES_OF_A_UNIT:]) for unit, scores in found.items()
        }
        scores = np.zeros_like(late)
        scores[best] = [mean[self.corpus.unit(index)] for index in best]
        return scores

    def _covered(self, best: NDArray[np.int64], scores: Scores) -> Scores:
        """Give each of the best passages of the law the score of the best one that explains it."""
        covered = np.zeros_like(scores)
        for index in best:
            law = self.corpus.covered_by(index)
            covered[law] = np.maximum(covered[law], scores[index])
        return covered

    def _resemblance(self) -> Resemblance | None:
        """Compare the question with the nearest examples of questions to decline."""
        collection = self.vector_store.out_of_scope
        nearest = collection.search(self._vectors[0], limit=NEAREST_EXAMPLES)
        if not nearest:
            return None
        question = self._question
        late = {} if question is None else _late(collection, question, list(nearest))
        both = {name: (cosine + late.get(name, cosine)) / 2 for name, cosine in nearest.items()}
        best = max(both, key=lambda name: both[name])
        reason = best.partition("#")[2].partition("@")[0]
        return Resemblance(
            reason=reason,
            contrast=self.corpus.noise.contrast(max(nearest.values())),
            tokens=max(late.values(), default=0.0),
            is_told=self.corpus.reason_words.tell(self.text, reason),
        )

    @cached_property
    def _reading(self) -> Reading:
        usual = self.corpus.thesaurus.usual_words(self.text) if self.weights.usual_words else ()
        more = [f"{self.text} ({', '.join(usual)})"] if usual else []
        return self.vector_store.encoder.read([self.text, *more])

    @property
    def _vectors(self) -> NDArray[np.float32]:
        return self._reading.vectors

    @property
    def _question(self) -> TokenVectors | None:
        return self._reading.tokens[0] if self._reading.tokens else None

    def _nearest(self, vector: NDArray[np.float32]) -> Scores:
        """Cosine similarities, 0 for passages out of the nearest and for forgotten vectors."""
        scores = np.zeros(len(self.corpus.stored), dtype=np.float32)
        nearest = self.vector_store.passages.search(vector, limit=NEAREST, among=self._among)
        for identifier, cosine in nearest.items():
            if (index := self.corpus.position.get(identifier)) is not None:
                scores[index] = cosine
        return scores

    @cached_property
    def _among(self) -> list[str] | None:
        """The vectors that may be found; nothing is left to the luck of being near first."""
        if self.admitted is None:
            return None
        return [self.corpus.vector_ids[index] for index in np.flatnonzero(self.admitted)]

    def _tokens(self, indices: NDArray[np.int64]) -> dict[int, TokenVectors]:
        ids = {self.corpus.vector_ids[index]: int(index) for index in indices}
        found = self.vector_store.passages.tokens(list(ids))
        return {ids[name]: tokens for name, tokens in found.items()}


def _late(collection: Collection, question: TokenVectors, ids: list[str]) -> dict[str, float]:
    tokens = collection.tokens(ids)
    scores = late_scores(question, list(tokens.values()))
    return dict(zip(tokens, map(float, scores), strict=True))


def _among(signals: Signals, best: NDArray[np.int64]) -> Signals:
    """Keep what signals say of the best passages."""
    kept = np.zeros(len(next(iter(signals.values()))), dtype=bool)
    kept[best] = True
    return {signal: np.where(kept, scores, 0) for signal, scores in signals.items()}
