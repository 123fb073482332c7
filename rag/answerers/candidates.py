"""The sentences that may be quoted, and what tells how well each answers."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.embeddings import Encoder
from rag.french import analyze, fold, sentence_spans
from rag.french.facts import facts_in, figures_asked
from rag.french.overviews import asks_overview
from rag.types import DraftSentence, Hit, Query, SentenceNearness

SENTENCES_ENCODED = 12
"""Sentences compared by their own vectors, where the encoder has no token vectors: it is slow."""

RECITAL = "rct_"
OVERVIEW = "overview"
"""The way of searching (``rag.ranking.Signal``) that compares titles with the question."""

_SAVING = re.compile(
    r"\b(?:est|sont|(?:s[’'])?appliquent?|devrai(?:en)?t être) sans préjudice"
    r"|n[’'](?:a|ont) pas d[’']incidence|ne portent? pas atteinte"
)
_ENUMERATION = re.compile(r":$|,[^,]+,.*\b(?:et|ou)\b", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted.

    Attributes:
        sentence: its words and place.
        rank: place of its passage among the hits, from 0.
        nearness: how near it is to the question, -1 to 1.
        explained: how near it is to the best sentence of a passage that explains it, -1 to 1.
        terms: share of the question's terms that it or its heading holds, by rarity, 0 to 1.
        standing: score of its passage, as a share of the best one's, 0 to 1.
        states_fact: whether it states a figure of the sort asked for, which the question does not.
        opens: how like the question the title is of what its passage opens, 0 to 1.
        enumerates: whether it lists several things, where the question asks for an overview.
        is_saving: whether it is, there, a saving clause, which says what a rule leaves as it was.
    """

    sentence: DraftSentence
    rank: int
    nearness: float = 0.0
    explained: float = 0.0
    terms: float = 0.0
    standing: float = 0.0
    states_fact: bool = False
    opens: float = 0.0
    enumerates: bool = False
    is_saving: bool = False

    @property
    def is_official(self) -> bool:
        """Whether it is the law itself."""
        return self.sentence.hit.is_official

    @property
    def is_recital(self) -> bool:
        """Whether it is a recital, which says why and not what."""
        return self.sentence.hit.passage.anchor.startswith(RECITAL)


def find_candidates(query: Query, hits: Sequence[Hit], encoder: Encoder) -> list[Candidate]:
    """List the distinct sentences of hits, with what tells how well each answers."""
    ranked = list(_sentences(hits))
    texts = [_with_heading(sentence) for sentence, _ in ranked]
    terms = _shared_terms(query.text, texts)
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    forms, asked = figures_asked(query.question), fold(query.question)
    overview = asks_overview(query.question)
    candidates = [
        Candidate(
            sentence=sentence,
            rank=rank,
            nearness=near.question if near else 0.0,
            explained=near.explained if near else 0.0,
            terms=share,
            standing=sentence.hit.score / best,
            states_fact=any(facts_in(sentence.text, forms, besides=asked)),
            opens=_opens(sentence.hit),
            enumerates=overview and _ENUMERATION.search(sentence.text) is not None,
            is_saving=overview and _SAVING.search(sentence.text) is not None,
        )
        for (sentence, rank), share in zip(ranked, terms, strict=True)
        for near in (_nearness(sentence),)
    ]
    if any(hit.sentences for hit in hits):
        return candidates
    return _with_cosines(query, candidates, texts, encoder)


def _sentences(hits: Iterable[Hit]) -> Iterator[tuple[DraftSentence, int]]:
    """Yield the distinct sentences that hold at least one word of meaning, with their rank."""
    seen: set[str] = set()
    for rank, hit in enumerate(hits):
        for start, end in sentence_spans(hit.passage.text):
            text = hit.passage.text[start:end]
            if (words := fold(text)) not in seen and analyze(words) and not _is_label(text):
                seen.add(words)
                offset = hit.passage.start
                yield (
                    DraftSentence(text=text, hit=hit, start=offset + start, end=offset + end),
                    rank,
                )


def _is_label(text: str) -> bool:
    """Tell words that stand under a picture or over a column, in capitals, from a sentence."""
    return text.isupper() and not any(letter.isdigit() for letter in text)


def _opens(hit: Hit) -> float:
    return next((part.raw for part in hit.parts if part.signal == OVERVIEW), 0.0)


def _nearness(sentence: DraftSentence) -> SentenceNearness | None:
    return next((near for near in sentence.hit.sentences if near.start == sentence.start), None)


def _with_heading(sentence: DraftSentence) -> str:
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


def _with_cosines(
    query: Query, candidates: Sequence[Candidate], texts: Sequence[str], encoder: Encoder
) -> list[Candidate]:
    """Compare the likeliest sentences by their own vectors, and those of the law with them."""
    order = sorted(
        range(len(candidates)), key=lambda i: -(candidates[i].terms + 2 * candidates[i].standing)
    )
    kept = order[:SENTENCES_ENCODED]
    kept += [i for i in order[SENTENCES_ENCODED:] if candidates[i].sentence.hit.explained_by]
    kept = kept[: 2 * SENTENCES_ENCODED]
    vectors = encoder.encode([query.text, *(texts[index] for index in kept)])
    vector_of = dict(zip(kept, vectors[1:], strict=True))
    near = {index: float(vector @ vectors[0]) for index, vector in vector_of.items()}
    return [_compared(index, candidates, near, vector_of) for index in range(len(candidates))]


def _compared(
    index: int,
    candidates: Sequence[Candidate],
    near: dict[int, float],
    vector_of: dict[int, NDArray[np.float32]],
) -> Candidate:
    candidate = candidates[index]
    explaining = [
        other
        for other in near
        if candidates[other].sentence.hit.passage.id == candidate.sentence.hit.explained_by
    ]
    explained = 0.0
    if explaining and index in vector_of:
        best = max(explaining, key=lambda other: near[other])
        explained = float(vector_of[best] @ vector_of[index])
    return replace(candidate, nearness=near.get(index, 0.0), explained=explained)
