"""Questions that the documents answer near the one asked, to go on with.

The notices ask questions in their headings and answer them underneath. Those of passages found but
not quoted, and of the other sections of the notices quoted, are what a reader may want next.
"""

from collections.abc import Collection, Iterable, Iterator

from rag.corpus import Corpus
from rag.french import analyze
from rag.types import Citation, Hit, Kind, Passage, Query
from rag.understanding import is_follow_up

MOST = 3
NEAREST = 4
"""Of the hits, those that come before the other sections of what is quoted."""

LEAST_CONTRAST = 6.0
"""Of a passage that answers nothing (``Hit.contrast``), to be near enough to be suggested."""

SAME = 0.75
"""Share of the terms of two questions, from which they ask the same."""


def suggest(
    query: Query, hits: tuple[Hit, ...], citations: Collection[Citation], corpus: Corpus
) -> tuple[str, ...]:
    """Suggest a few questions that the documents answer, none of which was asked already.

    After an abstention, only those of passages near enough to what was asked.
    """
    quoted = {citation.hit.passage.id for citation in citations}
    found = [hit for hit in hits if hit.passage.id not in quoted and _may_answer(hit)]
    if not citations:
        found = [hit for hit in found if hit.contrast >= LEAST_CONTRAST]
        return _distinct(query, (), _asked_by(hit.passage for hit in found))
    passages = (
        *(hit.passage for hit in found[:NEAREST]),
        *_beside(citations, query, corpus),
        *(hit.passage for hit in found[NEAREST:]),
    )
    answered = [citation.hit.passage for citation in citations]
    return _distinct(query, _asked_by(answered), _asked_by(passages))


def _may_answer(hit: Hit) -> bool:
    return hit.metadata.kind is Kind.NOTICE and hit.is_quotable and not hit.is_superseded


def _beside(citations: Collection[Citation], query: Query, corpus: Corpus) -> Iterator[Passage]:
    """Yield the passages of the notices quoted, which the filters of the query admit."""
    notices = {
        citation.hit.passage.document
        for citation in citations
        if citation.hit.metadata.kind is Kind.NOTICE
    }
    for item in corpus.stored:
        passage = item.passage
        facts = corpus.metadata[passage.document]
        if passage.document in notices and query.filters.admits(facts, published=passage.published):
            yield passage


def _asked_by(passages: Iterable[Passage]) -> Iterator[str]:
    """Yield the headings that ask a question by themselves."""
    for passage in passages:
        heading = passage.headings[-1].strip() if passage.headings else ""
        if heading.endswith("?") and not is_follow_up(heading):
            yield heading


def _distinct(query: Query, answered: Iterable[str], questions: Iterable[str]) -> tuple[str, ...]:
    """Keep the first questions that ask neither what was asked or answered, nor the same twice."""
    known = [query.question, query.text, query.understood, *query.history, *answered]
    asked = [frozenset(analyze(question)) for question in known]
    kept: list[str] = []
    for question in questions:
        terms = frozenset(analyze(question))
        if len(kept) < MOST and not any(_is_same(terms, other) for other in asked):
            kept.append(question)
            asked.append(terms)
    return tuple(kept)


def _is_same(terms: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two questions share nearly all their terms."""
    return len(terms & others) >= SAME * max(1, len(terms | others))
