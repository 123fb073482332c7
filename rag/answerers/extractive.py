"""Answer with the documents' own sentences, word for word.

The sentences of the best passages are scored one by one against the question, by meaning and by
the rarity of the terms they share with it; the best few are kept, in the order in which they read
well. Lists stay lists: a point comes with the words that introduce it. Nothing is rephrased.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answerers.abstention import NOTHING_CLOSE, reason_to_abstain
from rag.answerers.lists import with_lists
from rag.embeddings import Encoder
from rag.french import analyze, fold, sentence_spans
from rag.types import Draft, DraftSentence, Hit, Query

MAX_SENTENCES = 4
PASSAGES_READ = 5
SENTENCES_ENCODED = 12
"""Sentences compared by meaning, the costly part: those of the best passages and terms."""

MEANING_WEIGHT, TERMS_WEIGHT, PASSAGE_WEIGHT = 0.4, 0.2, 0.4
KEPT_SHARE = 0.8
"""A further sentence is kept when it scores at least this share of the best one."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may be quoted, and the place of its passage among the hits."""

    sentence: DraftSentence
    rank: int


class ExtractiveAnswerer:
    """Picks the few sentences that answer, verbatim."""

    mode = "extractive"

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def draft(self, query: Query, hits: tuple[Hit, ...]) -> Draft:
        """Pick up to ``MAX_SENTENCES`` sentences, or say why there is no answer.

        The words that introduce a point, and the points that a sentence introduces, come on top.
        """
        if reason := reason_to_abstain(query, hits):
            return Draft(reason=reason)
        candidates = list(_candidates(hits[:PASSAGES_READ]))
        if not candidates:
            return Draft(reason=NOTHING_CLOSE)
        chosen = _choose(candidates, self._scores(query, candidates))
        return Draft(sentences=tuple(_without_repeats(with_lists(chosen))))

    def _scores(self, query: Query, candidates: Sequence[_Candidate]) -> NDArray[np.float32]:
        """Score each candidate for the query: an array of shape ``(len(candidates),)``."""
        texts = [_with_subject(candidate.sentence) for candidate in candidates]
        terms = np.array(_shared_terms(query.text, texts), dtype=np.float32)
        passages = np.array([item.sentence.hit.score for item in candidates], dtype=np.float32)
        scores = TERMS_WEIGHT * terms + PASSAGE_WEIGHT * passages
        likely = np.argsort(-scores, kind="stable")[:SENTENCES_ENCODED]
        vectors = self._encoder.encode([query.text, *(texts[index] for index in likely)])
        scores[likely] += MEANING_WEIGHT * (vectors[1:] @ vectors[0])
        return np.asarray(scores, dtype=np.float32)


def _candidates(hits: Sequence[Hit]) -> Iterator[_Candidate]:
    """List the distinct sentences of the hits that hold at least one word of meaning."""
    seen: set[str] = set()
    for rank, hit in enumerate(hits):
        offset = hit.passage.start
        for start, end in sentence_spans(hit.passage.text):
            text = hit.passage.text[start:end]
            if (words := fold(text)) not in seen and analyze(words):
                seen.add(words)
                sentence = DraftSentence(text=text, hit=hit, start=offset + start, end=offset + end)
                yield _Candidate(sentence, rank)


def _with_subject(sentence: DraftSentence) -> str:
    """Put the heading before a sentence, which may not name its own subject."""
    headings = sentence.hit.passage.headings
    return f"{headings[-1]}\n{sentence.text}" if headings else sentence.text


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


def _choose(candidates: Sequence[_Candidate], scores: NDArray[np.float32]) -> list[DraftSentence]:
    """Keep the best few, passages in the order of their best sentence, sentences as they read."""
    order = [int(index) for index in np.argsort(-scores, kind="stable")]
    best = scores[order[0]]
    kept = [index for index in order[:MAX_SENTENCES] if scores[index] >= KEPT_SHARE * best]
    place: dict[int, int] = {}
    for index in kept:
        place.setdefault(candidates[index].rank, len(place))
    kept.sort(key=lambda index: (place[candidates[index].rank], candidates[index].sentence.start))
    return [candidates[index].sentence for index in kept]


def _without_repeats(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    seen: set[tuple[str, int]] = set()
    for sentence in sentences:
        key = (sentence.hit.passage.document, sentence.start)
        if key not in seen:
            seen.add(key)
            yield sentence
