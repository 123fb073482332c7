"""Questions that the documents answer near the one asked, to go on with.

The notices ask questions in their headings and answer them underneath. Those of passages found but
not quoted, and of the other sections of the notices quoted, are what a reader may want next.
"""

import re
from collections.abc import Collection, Iterable

from rag.corpus import Corpus
from rag.french import analyze
from rag.types import Citation, Hit, Kind, Passage, Query
from rag.understanding import is_follow_up

MOST = 3
NEAREST = 4
"""Of the hits, those that come before the other sections of what is quoted."""

LEAST_CONTRAST = 4.0
LEAST_COVERAGE = 0.2
"""Of a passage that answers nothing (as in ``Hit``), to be near enough to be suggested."""

SAME = 0.75
"""Share of the terms of two questions, from which they ask the same."""

_CONTINUES = re.compile(r"et\b")


def suggest(
    query: Query, hits: tuple[Hit, ...], citations: Collection[Citation], corpus: Corpus
) -> tuple[str, ...]:
    """Suggest a few questions that the documents answer, none of which was asked already.

    After an abstention, only those of passages near enough to what was asked.
    """
    found = [hit for hit in hits if _may_answer(hit)]
    if not citations:
        return _distinct(query, (), (hit.passage for hit in found if _is_near(hit)))
    answering = _answering(citations)
    notices = {key.partition("#")[0] for key in answering}
    stored = [item.passage for item in corpus.stored if item.passage.document in notices]
    beside = (passage for passage in stored if _is_of_a_notice(passage, query, corpus))
    return _distinct(
        query,
        [passage for passage in stored if passage.id in answering],
        (
            *(hit.passage for hit in found[:NEAREST]),
            *beside,
            *(hit.passage for hit in found[NEAREST:]),
        ),
    )


def _answering(citations: Collection[Citation]) -> set[str]:
    """Give the ids of the passages quoted, and of those that explain the law quoted."""
    quoted = {citation.hit.passage.id for citation in citations}
    return quoted | {
        citation.hit.explained_by for citation in citations if citation.hit.explained_by
    }


def _may_answer(hit: Hit) -> bool:
    return hit.metadata.kind is Kind.NOTICE and hit.is_quotable and not hit.is_superseded


def _is_near(hit: Hit) -> bool:
    return hit.contrast >= LEAST_CONTRAST and hit.coverage >= LEAST_COVERAGE


def _is_of_a_notice(passage: Passage, query: Query, corpus: Corpus) -> bool:
    """Tell whether a passage is of a notice that the filters of the query admit."""
    facts = corpus.metadata[passage.document]
    return facts.kind is Kind.NOTICE and query.filters.admits(facts, published=passage.published)


def _distinct(
    query: Query, answering: Iterable[Passage], passages: Iterable[Passage]
) -> tuple[str, ...]:
    """Keep the first questions that ask neither what was asked or answered, nor the same twice."""
    known = (query.question, query.text, query.understood, *query.history)
    asked = [frozenset(analyze(question)) for question in (*known, *map(_heading, answering))]
    kept: list[str] = []
    for question in map(_heading, passages):
        terms = frozenset(analyze(question))
        is_new = not any(_is_same(terms, other) for other in asked)
        if len(kept) < MOST and _stands_alone(question) and is_new:
            kept.append(question)
            asked.append(terms)
    return tuple(kept)


def _heading(passage: Passage) -> str:
    return passage.headings[-1].strip() if passage.headings else ""


def _stands_alone(heading: str) -> bool:
    """Tell whether a heading is a question that can be asked by itself."""
    continues = _CONTINUES.match(heading.lower()) or is_follow_up(heading)
    return heading.endswith("?") and not continues


def _is_same(terms: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two questions share nearly all their terms."""
    return len(terms & others) >= SAME * max(1, len(terms | others))
