"""Find passages: vectors and BM25 side by side, fused on normalised scores.

Scores are brought to 0–1 within the query and added with fixed weights (a convex combination:
Bruch, Gai and Ingber 2023); on the French sets measured it beats reciprocal rank fusion. The law
of the day asked for then comes first (``rag.precedence``).
"""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, PrivateAttr

from rag.corpus import Corpus
from rag.french import analyze
from rag.late_interaction import TokenVectors, late_scores
from rag.precedence import Placed, Precedence
from rag.register import Register
from rag.types import Hit, Query
from rag.vector_store import VectorStore, vector_id

HITS = 10
CANDIDATES = 200
LATE_CANDIDATES = 150
"""Best passages that are also compared with the question token by token."""

HITS_PER_UNIT = 2
"""Most hits of one article of law, or of one other document: five hits should show several."""

DAYS_IN_MEMORY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each part of the search weighs, 0 to 1; a part that weighs 0 is left out.

    Attributes:
        dense: share of the vectors beside BM25.
        usual_words: share of the question written with its usual words in the vector searched.
        late: share of the comparison token by token in the score of the best passages.
        expansion: weight of a term that the thesaurus adds to a question, beside its own terms.
    """

    dense: float = 0.5
    usual_words: float = 0.3
    late: float = 0.35
    expansion: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scores:
    """The scores of every passage for one query, each of shape ``(n,)``."""

    fused: NDArray[np.float32]
    dense: NDArray[np.float32]
    lexical: NDArray[np.float32]


class HybridRetriever(BaseRetriever):
    """Dense and lexical search over the register's passages, as a LangChain retriever."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: Register
    vector_store: VectorStore
    weights: Weights = Weights()
    _corpus: Corpus | None = PrivateAttr(default=None)
    _precedences: dict[date, Precedence] = PrivateAttr(default_factory=dict)
    _loading: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def search(self, query: Query, *, limit: int = HITS) -> tuple[Hit, ...]:
        """Find the passages nearest to a query in the law of its day, best first."""
        corpus, precedence = self._on(query.as_of)
        if not corpus.stored:
            return ()
        scores = self._score(query.text, corpus)
        scores = replace(scores, fused=scores.fused * precedence.weights)
        order = _spread(corpus, np.argsort(-scores.fused, kind="stable"))
        arranged = precedence.with_law(precedence.arrange(order, scores.fused), query.text)
        return tuple(
            _hit(placed, corpus, precedence, query, scores) for placed in islice(arranged, limit)
        )

    def corpus(self) -> Corpus:
        """Give the register's present content, read again when it has changed."""
        with self._loading:
            revision = self.source.revision()
            if self._corpus is None or self._corpus.revision != revision:
                if self._corpus is not None and revision != self.source.written_revision:
                    self.vector_store.reopen()
                self._corpus = Corpus.read(self.source, self.vector_store)
                self._precedences.clear()
            return self._corpus

    def _on(self, as_of: date) -> tuple[Corpus, Precedence]:
        """Give the corpus and the place of its passages on a day, computed once per day."""
        corpus = self.corpus()
        with self._loading:
            precedence = self._precedences.get(as_of)
            if precedence is None or precedence.corpus is not corpus:
                precedence = Precedence(corpus, as_of)
                while len(self._precedences) >= DAYS_IN_MEMORY:
                    self._precedences.pop(next(iter(self._precedences)))
                self._precedences[as_of] = precedence
            return corpus, precedence

    def _similarities(self, vector: NDArray[np.float32], corpus: Corpus) -> NDArray[np.float32]:
        """Cosine similarities, 0 for passages out of the nearest and for forgotten vectors."""
        scores = np.zeros(len(corpus.stored), dtype=np.float32)
        nearest = self.vector_store.search(list(map(float, vector)), limit=CANDIDATES)
        for identifier, cosine in nearest.items():
            if (index := corpus.position.get(identifier)) is not None:
                scores[index] = cosine
        return scores

    def _score(self, text: str, corpus: Corpus) -> _Scores:
        """Score every passage by meaning and by words.

        Where the question uses an acronym or a synonym, its vector moves towards the usual words;
        how close a passage is (``dense``) is still told by the question's own. A glossary holds
        every acronym in few words: only a question about words is to find it.
        """
        usual = corpus.thesaurus.usual_words(text)
        texts = [text, f"{text} ({', '.join(usual)})"] if usual else [text]
        reading = self.vector_store.encoder.read(texts)
        vectors = reading.vectors
        dense = found = self._similarities(vectors[0], corpus)
        if usual:
            share = self.weights.usual_words
            moved = (1 - share) * vectors[0] + share * vectors[1]
            found = self._similarities(moved / np.linalg.norm(moved), corpus)
        lexical = _lexical_scores(text, corpus, expansion=self.weights.expansion)
        if not corpus.thesaurus.is_about_words(text):
            found = np.where(corpus.in_glossary, 0, found).astype(np.float32)
            lexical = np.where(corpus.in_glossary, 0, lexical).astype(np.float32)
        fused = fuse(found, lexical, weight=self.weights.dense)
        if reading.tokens and self.weights.late:
            fused = self._with_late_scores(fused, reading.tokens[0], corpus)
        return _Scores(fused=fused, dense=dense, lexical=lexical)

    def _with_late_scores(
        self, fused: NDArray[np.float32], question: TokenVectors, corpus: Corpus
    ) -> NDArray[np.float32]:
        """Let the best passages be judged token by token as well."""
        best = [int(i) for i in np.argsort(-fused, kind="stable")[:LATE_CANDIDATES] if fused[i] > 0]
        ids = {vector_id(corpus.stored[index].passage): index for index in best}
        late = np.zeros_like(fused)
        tokens = self.vector_store.tokens(list(ids))
        late[[ids[name] for name in tokens]] = late_scores(question, list(tokens.values()))
        return fuse(late, fused, weight=self.weights.late)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        """Answer LangChain's ``invoke``: hits as documents, scores and references in metadata."""
        hits = self.search(Query(question=query, text=query, as_of=date.today()))
        return [_langchain_document(hit) for hit in hits]


def _lexical_scores(text: str, corpus: Corpus, *, expansion: float) -> NDArray[np.float32]:
    """BM25 scores; the other ways to write what a question names count for a little."""
    scores = corpus.lexical.scores(text)
    if others := corpus.thesaurus.expansions(text):
        asked = set(analyze(text))
        terms = {term for other in others for term in analyze(other)} - asked
        scores = scores + expansion * corpus.lexical.term_scores(sorted(terms))
    return scores


def fuse(
    dense: NDArray[np.float32], lexical: NDArray[np.float32], *, weight: float
) -> NDArray[np.float32]:
    """Combine two lists of scores, each brought to 0–1 over the passages it found.

    Args:
        dense: cosine similarities, 0 where not found; shape ``(n,)``.
        lexical: BM25 scores, 0 where not found; shape ``(n,)``.
        weight: share of the dense side, 0 to 1.
    """
    return weight * _normalise(dense) + (1 - weight) * _normalise(lexical)


def _normalise(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring the scores found (above 0) to 0–1; the least of them keeps 0, as the others."""
    found = scores > 0
    if not found.any():
        return np.zeros_like(scores)
    low, high = scores[found].min(), scores.max()
    spread = high - low
    scaled = (scores - low) / spread if spread > 0 else found.astype(np.float32)
    return np.where(found, scaled, 0).astype(np.float32)


def _spread(corpus: Corpus, order: NDArray[np.int64]) -> Iterator[int]:
    """Yield indices in order, at most ``HITS_PER_UNIT`` of one article or document."""
    taken: Counter[str] = Counter()
    for index in map(int, order):
        unit = corpus.unit(index)
        taken[unit] += 1
        if taken[unit] <= HITS_PER_UNIT:
            yield index


def _hit(
    placed: Placed, corpus: Corpus, precedence: Precedence, query: Query, scores: _Scores
) -> Hit:
    """Make a hit; one brought in for a passage of another day answers as well as that one."""
    stored = corpus.stored[placed.index]
    hit = Hit(
        passage=stored.passage,
        metadata=corpus.metadata[stored.passage.document],
        version=stored.version,
        score=float(scores.fused[placed.index]),
        dense=float(scores.dense[placed.index]),
        lexical=float(scores.lexical[placed.index]),
        contrast=corpus.noise.contrast(float(scores.dense[placed.index])),
        coverage=corpus.lexical.coverage(query.text, placed.index),
        lead_in=corpus.lead_in(placed.index),
        items=corpus.items(placed.index),
        caveats=precedence.caveats[placed.index],
        instead_of=corpus.passage_id(placed.instead_of),
        explained_by=corpus.passage_id(placed.explained_by),
        replaced_by=corpus.passage_id(placed.replaced_by),
    )
    if placed.instead_of is None:
        return hit
    contrast = corpus.noise.contrast(float(scores.dense[placed.instead_of]))
    return replace(
        hit,
        score=max(hit.score, float(scores.fused[placed.instead_of])),
        contrast=max(hit.contrast, contrast),
    )


def _langchain_document(hit: Hit) -> LangChainDocument:
    return LangChainDocument(
        id=hit.passage.id,
        page_content=hit.passage.text,
        metadata={
            "document": hit.passage.document,
            "title": hit.metadata.title,
            "anchor": hit.passage.anchor,
            "reference": hit.passage.label,
            "url": hit.metadata.url,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
        },
    )
