"""Find passages: every signal asked (``rag.ranking``), the law of the day first, then spread.

The best passages by score are put in the order of the law of the day asked for
(``rag.precedence``), a few of each article or document at most. The units that a question names
come before everything else (``rag.resolution``). What says the same words is shown once
(``rag.twins``), and nothing is shown that the filters of the query do not admit.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, PrivateAttr

from rag.corpus import Corpus
from rag.precedence import Placed, Precedence
from rag.ranking import Found, Search, Signal, Weights, near_sentences, nearest_sentence
from rag.references import Missing, find_references
from rag.register import Register
from rag.reranker import Reranker
from rag.reranking import rerank
from rag.resolution import Resolution, Resolver, Units, named_first, with_references
from rag.twins import REACH, Twins, find_twins
from rag.types import Hit, Query, Resemblance, ScorePart, SentenceNearness, Twin
from rag.vector_store import VectorStore

HITS = 10
HITS_PER_UNIT = 2
"""Most hits of one article of law, or of one other document: five hits should show several."""

DAYS_IN_MEMORY = 8


class HybridRetriever(BaseRetriever):
    """Search over the register's passages, as a LangChain retriever."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: Register
    vector_store: VectorStore
    weights: Weights = Weights()
    reranker: Reranker | None = None
    _corpus: Corpus | None = PrivateAttr(default=None)
    _units: Units | None = PrivateAttr(default=None)
    _precedences: dict[date, Precedence] = PrivateAttr(default_factory=dict)
    _loading: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def search(self, query: Query, *, limit: int = HITS) -> tuple[Hit, ...]:
        """Find the passages nearest to a query in the law of its day, best first."""
        return self.look_up(query, limit=limit)[0]

    def look_up(
        self, query: Query, *, limit: int = HITS
    ) -> tuple[tuple[Hit, ...], Resemblance | None]:
        """Search, and also tell how near the query is to examples of questions to decline."""
        corpus, precedence = self._on(query.as_of)
        admitted = corpus.admitted(query.filters) if query.filters else None
        if not (corpus.stored if admitted is None else admitted.any()):
            return (), None
        if admitted is not None:
            precedence = precedence.among(admitted)
        search = Search(
            query.text, corpus, self.vector_store, self.weights, query.steering, admitted
        )
        found = search.run()
        if self.reranker is not None:
            found = rerank(found, query.text, precedence, self.reranker, weights=self.weights)
        scores = found.ranking.scores * precedence.weights
        resolution = self._resolver(precedence).resolve(query, scores)
        order = np.argsort(-scores, kind="stable")
        order = order[precedence.admitted[order]]
        twins = _twins(order, precedence, resolution)
        spread = named_first(resolution, _spread(corpus, twins.once(map(int, order))))
        standing = resolution.standing(scores)
        arranged = precedence.with_law(precedence.arrange(spread, standing), query.text)
        placed = list(islice(twins.settle(arranged), limit))
        hits = _Hits(query, corpus, precedence, found, scores, twins)
        hits.read_tokens(placed, self.vector_store)
        made = map(hits.make, placed)
        found_hits = tuple(islice(with_references(made, resolution, corpus), limit))
        return found_hits, found.resemblance

    def missing(self, query: Query) -> Missing | None:
        """Tell the unit that a question names and that does not exist, where it names no other.

        Nothing more is read for a question without a reference.
        """
        if self._units and not find_references(query.question, self._units.names):
            return None
        corpus, precedence = self._on(query.as_of)
        nearness = np.zeros(len(corpus.stored), dtype=np.float32)
        return self._resolver(precedence).resolve(query, nearness).missing

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

    def _resolver(self, precedence: Precedence) -> Resolver:
        if self._units is None or self._units.corpus is not precedence.corpus:
            self._units = Units(precedence.corpus)
        return Resolver(self._units, precedence)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        """Answer LangChain's ``invoke``: hits as documents, scores and references in metadata."""
        hits = self.search(Query(question=query, text=query, as_of=date.today()))
        return [_langchain_document(hit) for hit in hits]


def _twins(order: NDArray[np.int64], precedence: Precedence, resolution: Resolution) -> Twins:
    """Find what says the same among the units named and the best passages.

    Two states of an act have the same articles: twice as many of each are read as are shown.
    """
    likely = _spread(precedence.corpus, map(int, order), most=2 * HITS_PER_UNIT)
    best = islice(named_first(resolution, likely), REACH)
    return find_twins(best, precedence, named={item.index for item in resolution.named})


def _spread(corpus: Corpus, order: Iterable[int], *, most: int = HITS_PER_UNIT) -> Iterator[int]:
    """Yield indices in order, at most so many of one article or document."""
    taken: Counter[str] = Counter()
    for index in order:
        unit = corpus.unit(index)
        taken[unit] += 1
        if taken[unit] <= most:
            yield index


class _Hits:
    """Makes the hits of one search."""

    def __init__(
        self,
        query: Query,
        corpus: Corpus,
        precedence: Precedence,
        found: Found,
        scores: NDArray[np.float32],
        twins: Twins,
    ) -> None:
        self._query = query
        self._corpus = corpus
        self._precedence = precedence
        self._found = found
        self._scores = scores
        self._twins = twins
        self._tokens = dict(found.tokens)

    def read_tokens(self, placed: list[Placed], vector_store: VectorStore) -> None:
        """Read the tokens of the passages that the search brought in last."""
        ids = {
            self._corpus.vector_ids[place.index]: place.index
            for place in placed
            if place.index not in self._tokens
        }
        for name, tokens in vector_store.passages.tokens(list(ids)).items():
            self._tokens[ids[name]] = tokens

    def make(self, placed: Placed) -> Hit:
        """Make a hit; one shown in place of another passage answers as well as that one."""
        corpus, found, index = self._corpus, self._found, placed.index
        stored, twins = corpus.stored[index], self._twins.of(index)
        hit = Hit(
            passage=stored.passage,
            metadata=corpus.metadata[stored.passage.document],
            version=stored.version,
            score=max(float(self._scores[same]) for same in (index, *twins)),
            dense=float(found.dense[index]),
            lexical=float(found.lexical[index]),
            contrast=corpus.noise.contrast(float(found.dense[index])),
            described=self._described(index),
            coverage=corpus.coverage(self._query.text, index),
            parts=self._parts(index),
            authority=float(self._precedence.authority[index]),
            validity=float(self._precedence.validity[index]),
            sentences=self._sentences(placed),
            lead_in=corpus.lead_in(index),
            items=corpus.items(index),
            caveats=self._precedence.caveats[index],
            instead_of=corpus.passage_id(placed.instead_of),
            explained_by=corpus.passage_id(placed.explained_by),
            replaced_by=corpus.passage_id(placed.replaced_by),
            twins=tuple(map(self._twin, twins)),
        )
        if placed.instead_of is None:
            return hit
        contrast = corpus.noise.contrast(float(found.dense[placed.instead_of]))
        return replace(
            hit,
            score=max(hit.score, float(self._scores[placed.instead_of])),
            contrast=max(hit.contrast, contrast),
        )

    def _described(self, index: int) -> float | None:
        cosines = self._found.ranking.signals.get(Signal.DESCRIBED_MEANING)
        if cosines is None or cosines[index] <= 0:
            return None
        return self._corpus.noise.contrast(float(cosines[index]))

    def _twin(self, index: int) -> Twin:
        passage = self._corpus.stored[index].passage
        return Twin(passage=passage, metadata=self._corpus.metadata[passage.document])

    def _parts(self, index: int) -> tuple[ScorePart, ...]:
        ranking = self._found.ranking
        return tuple(
            ScorePart(
                signal=signal.value,
                raw=float(ranking.signals[signal][index]),
                value=float(ranking.parts[signal][index]),
                weight=weight,
            )
            for signal, weight in ranking.weights.items()
            if ranking.signals[signal][index] > 0
        )

    def _sentences(self, placed: Placed) -> tuple[SentenceNearness, ...]:
        question, tokens = self._found.question, self._tokens.get(placed.index)
        if question is None or tokens is None:
            return ()
        explaining = None
        if placed.explained_by is not None and placed.explained_by in self._tokens:
            other = self._corpus.stored[placed.explained_by].passage
            explaining = nearest_sentence(question, other, self._tokens[placed.explained_by])
        passage = self._corpus.stored[placed.index].passage
        return near_sentences(question, passage, tokens, explaining=explaining)


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
