"""Answer with the documents' own sentences, word for word.

The sentences of the best passages are scored one by one against the question, by meaning and by
the rarity of the terms they share with it; the best few are kept, in the order in which they read
well, the law itself before what explains it. A passage that states the law of another day is not
quoted beside one that states the law of the day asked for. Lists stay lists: a point comes with
the words that introduce it. Nothing is rephrased.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answerers.abstention import NO_LAW_OF_THAT_DAY, NOTHING_CLOSE, reason_to_abstain
from rag.answerers.lists import with_lists
from rag.answerers.named import answering_hits, asks_for_text, beginning
from rag.embeddings import Encoder
from rag.french import analyze, fold, sentence_spans
from rag.types import Draft, DraftSentence, Hit, Query
from rag.validity import referenced_anchors

MAX_SENTENCES = 4
PASSAGES_READ = 5
SENTENCES_ENCODED = 12
"""Sentences compared by meaning, the costly part: those of the best passages and terms."""

MEANING_WEIGHT, TERMS_WEIGHT, PASSAGE_WEIGHT = 0.4, 0.2, 0.4
KEPT_SHARE = 0.8
"""A further sentence is kept when it scores at least this share of the best one."""

LEAST_LAW_NEARNESS, REFERENCE_NEARNESS = 0.65, 0.35
"""Least cosine between a sentence of the law and one that explains it; what its number adds."""

_LEANING = re.compile(r"(?:Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|Celui-ci|Ceux-ci|À cette fin)\b")

LAW_SENTENCES_ENCODED = 12
"""Beside those, sentences of the law that the best passages explain."""


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
        quotable = [hit for hit in hits if hit.is_quotable]
        if hits and not quotable:
            return Draft(reason=NO_LAW_OF_THAT_DAY)
        quotable = answering_hits(query, quotable)
        if asks_for_text(query, quotable):
            return Draft(sentences=tuple(_without_repeats(with_lists(beginning(quotable)))))
        if reason := reason_to_abstain(query, quotable):
            return Draft(reason=reason)
        candidates = list(_candidates(_read(quotable)))
        if not candidates:
            return Draft(reason=NOTHING_CLOSE)
        chosen = _choose(candidates, self._score(query, candidates))
        return Draft(sentences=tuple(_without_repeats(with_lists(chosen))))

    def _score(self, query: Query, candidates: Sequence[_Candidate]) -> "_Scores":
        """Score each candidate for the query, by meaning where it may be kept."""
        texts = [_with_subject(candidate.sentence) for candidate in candidates]
        terms = np.array(_shared_terms(query.text, texts), dtype=np.float32)
        passages = np.array([item.sentence.hit.score for item in candidates], dtype=np.float32)
        totals = TERMS_WEIGHT * terms + PASSAGE_WEIGHT * passages
        likely = np.argsort(-totals, kind="stable")[:SENTENCES_ENCODED]
        law = [i for i, item in enumerate(candidates) if item.sentence.hit.explained_by]
        encoded = np.unique(np.concatenate([likely, law[:LAW_SENTENCES_ENCODED]])).astype(int)
        vectors = self._encoder.encode([query.text, *(texts[index] for index in encoded)])
        meaning = np.zeros((len(candidates), vectors.shape[1]), dtype=np.float32)
        meaning[encoded] = vectors[1:]
        totals += MEANING_WEIGHT * (meaning @ vectors[0])
        return _Scores(totals=np.asarray(totals, dtype=np.float32), vectors=meaning)


@dataclass(frozen=True, slots=True)
class _Scores:
    """Scores of candidates, shape ``(n,)``, and their vectors, zero where not encoded."""

    totals: NDArray[np.float32]
    vectors: NDArray[np.float32]


def _read(hits: Sequence[Hit]) -> list[Hit]:
    """Take the best passages, and the law that they explain.

    Where the best one found is of another day, those that say the same on the day answer alone.
    """
    if hits[0].instead_of:
        least = KEPT_SHARE * hits[0].score
        return [hit for hit in hits if hit.instead_of and hit.score >= least]
    return [*hits[:PASSAGES_READ], *(hit for hit in hits[PASSAGES_READ:] if hit.explained_by)]


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


def _choose(candidates: Sequence[_Candidate], scores: _Scores) -> list[DraftSentence]:
    """Keep the best few: the law first, then passages in the order of their best sentence."""
    order = [int(index) for index in np.argsort(-scores.totals, kind="stable")]
    best = scores.totals[order[0]]
    kept = [i for i in order[:MAX_SENTENCES] if scores.totals[i] >= KEPT_SHARE * best]
    kept += _law_of(kept, candidates, scores)
    place: dict[int, int] = {}
    for index in kept:
        place.setdefault(candidates[index].rank, len(place))

    def reading_order(index: int) -> tuple[bool, int, int]:
        candidate = candidates[index]
        is_about = not candidate.sentence.hit.is_official
        return is_about, place[candidate.rank], candidate.sentence.start

    return [candidates[index].sentence for index in sorted(kept, key=reading_order)]


def _law_of(kept: Sequence[int], candidates: Sequence[_Candidate], scores: _Scores) -> list[int]:
    """Find the sentence of the law that the sentences kept explain, unless one is kept.

    It is the one nearest in meaning to a sentence that explains it: the question uses other
    words. One that leans on the sentence before it (« Ce fournisseur… ») is passed over.
    """
    if any(candidates[index].sentence.hit.is_official for index in kept):
        return []
    nearest, chosen = LEAST_LAW_NEARNESS, []
    for index, candidate in enumerate(candidates):
        explaining = [
            other
            for other in kept
            if candidates[other].sentence.hit.passage.id == candidate.sentence.hit.explained_by
        ]
        if not explaining or _LEANING.match(candidate.sentence.text):
            continue
        nearness = float((scores.vectors[explaining] @ scores.vectors[index]).max())
        if any(_names(candidates[other].sentence, candidate.sentence.hit) for other in explaining):
            nearness += REFERENCE_NEARNESS
        if nearness >= nearest:
            nearest, chosen = nearness, [index]
    return chosen


def _names(sentence: DraftSentence, law: Hit) -> bool:
    """Tell whether the passage of a sentence refers to this very unit of law by its number."""
    return law.passage.anchor in set(referenced_anchors(sentence.hit.passage.text))


def _without_repeats(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    seen: set[tuple[str, int]] = set()
    for sentence in sentences:
        key = (sentence.hit.passage.document, sentence.start)
        if key not in seen:
            seen.add(key)
            yield sentence
