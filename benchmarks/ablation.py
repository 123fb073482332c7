"""The worth of each part of the search: the same questions without it, and the plain recipe.

Every variant searches the same index. The law of the day comes first in all of them but the plain
recipe, which knows of no law: LangChain's text splitter, similarity search, as most tutorials show.
It is given the texts that the program read, and any unit of which a piece holds the better part
counts as found by that piece.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.documents import Document

from benchmarks import plain
from rag.evaluation.beir import PASSAGES_SEARCHED, BeirQuestions
from rag.evaluation.golden import RECALL_DEPTH, GoldenQuestion, is_relevant
from rag.evaluation.lines import RETRIEVAL, Line, Run, sum_up
from rag.pipeline import Assistant
from rag.ranking import Weights
from rag.register import StoredPassage
from rag.retriever import HybridRetriever
from rag.types import Hit, Progress, Query
from rag.understanding import NO_LEXICON, Lexicon, understand

PLAIN = "LangChain simple"
VARIANTS = {
    "sans descriptions": Weights(described_meaning=0, described_tokens=0, described_words=0),
    "sans lecture mot à mot": Weights(tokens=0, unit=0, described_tokens=0),
    "sans thésaurus": Weights(usual_words=0, expansion=0),
    "BM25 seul": Weights.only(words=1),
    "vecteurs seuls": Weights.only(meaning=1),
}
LEAST_OVERLAP = 0.5
"""Share of a passage, or of the piece, that they have in common when the piece shows the unit."""

Place = tuple[Hit, ...]
"""What one result shows: a hit, or the several that a piece of the plain recipe covers."""
Search = Callable[[Query], Sequence[Place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An answerable question of a set."""

    id: str
    query: Query
    relevant: tuple[str, ...]


def golden(questions: Iterable[GoldenQuestion], lexicon: Lexicon = NO_LEXICON) -> list[Asked]:
    """Give the golden questions that have an answer, as the program understands them."""
    return [
        Asked(
            id=question.id,
            query=understand(
                question.question,
                history=question.history,
                as_of=question.as_of,
                lexicon=lexicon,
            ),
            relevant=question.relevant,
        )
        for question in questions
        if question.answerable
    ]


def beir(questions: BeirQuestions) -> list[Asked]:
    """Give the queries of a BEIR folder."""
    return [
        Asked(
            id=key,
            query=Query(question=text, text=text, as_of=date.today()),
            relevant=tuple(questions.relevant[key]),
        )
        for key, text in questions.texts.items()
    ]


def ablate(
    assistant: Assistant,
    asked: Sequence[Asked],
    folder: Path,
    *,
    by_document: bool = False,
    progress: Progress,
) -> dict[str, Run]:
    """Search with every variant; give its run, by its name.

    Args:
        assistant: whose index is searched.
        asked: the questions.
        folder: an empty one, for the index of the plain recipe.
        by_document: rank the distinct documents, as BEIR does, instead of the passages.
        progress: told of each variant, then of each of its questions.
    """
    limit = PASSAGES_SEARCHED if by_document else RECALL_DEPTH
    searches = {name: _search(assistant, weights, limit) for name, weights in VARIANTS.items()}
    progress(f"{PLAIN} : découpage et encodage", 0, 0)
    searches[PLAIN] = plain_search(assistant, folder, limit=limit)
    return {
        name: sum_up(_ask(name, search, asked, by_document, progress), tuple(RETRIEVAL))
        for name, search in searches.items()
    }


def plain_search(assistant: Assistant, folder: Path, *, limit: int) -> Search:
    """Index the texts of the register as the plain recipe does, and search them."""
    corpus = assistant.retriever.corpus()
    passages: dict[int, list[StoredPassage]] = defaultdict(list)
    for stored in corpus.stored:
        passages[stored.version].append(stored)
    pieces = plain.splitter().create_documents(
        [assistant.register.version_text(version) for version in passages],
        metadatas=[{"version": version} for version in passages],
    )
    store = Chroma.from_documents(
        pieces, embedding=assistant.vector_store.encoder, persist_directory=str(folder)
    )

    def search(query: Query) -> list[Place]:
        found = store.similarity_search(query.question, k=limit)
        return [
            tuple(
                Hit(
                    passage=stored.passage,
                    metadata=corpus.metadata[stored.passage.document],
                    version=stored.version,
                    score=0,
                )
                for stored in passages[piece.metadata["version"]]
                if _shows(piece, stored)
            )
            for piece in found
        ]

    return search


def _search(assistant: Assistant, weights: Weights, limit: int) -> Search:
    retriever = HybridRetriever(
        source=assistant.register, vector_store=assistant.vector_store, weights=weights
    )
    return lambda query: [(hit,) for hit in retriever.search(query, limit=limit)]


def _shows(piece: Document, stored: StoredPassage) -> bool:
    """Tell whether a piece holds the better part of a passage, or lies mostly within it."""
    start, end = stored.passage.start, stored.passage.end
    first = piece.metadata["start_index"]
    last = first + len(piece.page_content)
    shared = min(end, last) - max(start, first)
    return bool(shared >= LEAST_OVERLAP * min(end - start, last - first))


def _ask(
    name: str, search: Search, asked: Sequence[Asked], by_document: bool, progress: Progress
) -> list[Line]:
    lines: list[dict[str, Any]] = []
    for question in asked:
        places = search(question.query)
        if by_document:
            places = _one_of_each_document(places)
        lines.append({"id": question.id, "rank": _rank(places, question.relevant)})
        progress(f"Variantes : {name}", len(lines), len(asked))
    return list(lines)


def _one_of_each_document(places: Sequence[Place]) -> list[Place]:
    best: dict[str, Place] = {}
    for place in places:
        if place:
            best.setdefault(place[0].passage.document, place)
    return list(best.values())


def _rank(places: Sequence[Place], relevant: Sequence[str]) -> int | None:
    for rank, place in enumerate(places[:RECALL_DEPTH], start=1):
        if any(is_relevant(hit, key) for hit in place for key in relevant):
            return rank
    return None
