"""Answer with the documents' own sentences, word for word.

The sentences of the best passages are scored one by one against the question, by meaning and by
the rarity of the terms they share with it; the best few are kept, in the order in which they read
well. Nothing is rephrased.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answerers.abstention import reason_to_abstain
from rag.embeddings import Encoder
from rag.french import analyze, fold, sentence_spans
from rag.types import Draft, DraftSentence, Hit, Query

MAX_SENTENCES = 4
PASSAGES_READ = 5
MEANING_WEIGHT, TERMS_WEIGHT, PASSAGE_WEIGHT = 0.4, 0.2, 0.4
KEPT_SHARE = 0.8
"""A further sentence is kept when it scores at least this share of the best one."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence of a hit, with the lines that must come with it (the items of a list)."""

    hit: Hit
    rank: int
    start: int
    end: int

    @property
    def text(self) -> str:
        offset = self.hit.passage.start
        return self.hit.passage.text[self.start - offset : self.end - offset]


class ExtractiveAnswerer:
    """Picks the few sentences that answer, verbatim."""

    mode = "extractive"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def draft(self, query: Query, hits: tuple[Hit, ...]) -> Draft:
        """Pick up to ``MAX_SENTENCES`` sentences, or say why there is no answer."""
        if reason := reason_to_abstain(hits):
            return Draft(reason=reason)
        candidates = list(_candidates(hits[:PASSAGES_READ]))
        scores = self._scores(query, candidates)
        chosen = _choose(candidates, scores)
        return Draft(sentences=tuple(_sentence(candidate) for candidate in chosen))

    def _scores(self, query: Query, candidates: Sequence[_Candidate]) -> NDArray[np.float32]:
        """Score each candidate for the query: an array of shape ``(len(candidates),)``."""
        texts = [_with_subject(candidate) for candidate in candidates]
        vectors = self._encoder.encode([query.text, *texts])
        meaning = vectors[1:] @ vectors[0]
        terms = np.array(_shared_terms(query.text, texts), dtype=np.float32)
        passages = np.array([candidate.hit.score for candidate in candidates], dtype=np.float32)
        weighted = MEANING_WEIGHT * meaning + TERMS_WEIGHT * terms + PASSAGE_WEIGHT * passages
        return np.asarray(weighted, dtype=np.float32)


def _candidates(hits: Sequence[Hit]) -> Iterator[_Candidate]:
    seen: set[str] = set()
    for rank, hit in enumerate(hits):
        spans = sentence_spans(hit.passage.text)
        for start, end in spans:
            candidate = _Candidate(hit, rank, hit.passage.start + start, hit.passage.start + end)
            if (words := fold(candidate.text)) not in seen and analyze(words):
                seen.add(words)
                yield candidate


def _with_subject(candidate: _Candidate) -> str:
    """Put the heading before a sentence, which may not name its own subject."""
    headings = candidate.hit.passage.headings
    return f"{headings[-1]}\n{candidate.text}" if headings else candidate.text


def _shared_terms(question: str, texts: Sequence[str]) -> list[float]:
    """Give each text's share of the question's terms, weighted by their rarity in the texts."""
    terms_of = [set(analyze(text)) for text in texts]
    frequency = Counter(term for terms in terms_of for term in terms)
    rarity = {
        term: math.log(1 + len(texts) / (frequency[term] + 0.5)) for term in analyze(question)
    }
    total = sum(rarity.values()) or 1.0
    return [
        sum(weight for term, weight in rarity.items() if term in terms) / total
        for terms in terms_of
    ]


def _choose(candidates: Sequence[_Candidate], scores: NDArray[np.float32]) -> list[_Candidate]:
    """Keep the best few, passages in the order of their best sentence, sentences as they read."""
    order = [int(index) for index in np.argsort(-scores, kind="stable")]
    best = scores[order[0]]
    kept = [index for index in order[:MAX_SENTENCES] if scores[index] >= KEPT_SHARE * best]
    place: dict[int, int] = {}
    for index in kept:
        place.setdefault(candidates[index].rank, len(place))
    kept.sort(key=lambda index: (place[candidates[index].rank], candidates[index].start))
    return [candidates[index] for index in kept]


def _sentence(candidate: _Candidate) -> DraftSentence:
    return DraftSentence(
        text=candidate.text, hit=candidate.hit, start=candidate.start, end=candidate.end
    )
