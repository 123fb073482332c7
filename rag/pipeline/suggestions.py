"""Questions that the documents answer near the one asked, to go on with.

The notices ask questions in their headings and answer them underneath. Those of passages found but
not quoted, and of the other sections of the notices quoted, are what a reader may want next.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

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
"""Share of the terms of the shorter of two questions, from which they ask the same."""

FEW_TERMS = 3
"""Of a question that a longer one may hold without asking the same."""

LEAST_TERMS = 2
"""Of a question that says enough by itself."""

_CONTINUES = re.compile(r"(?:et|laquelle|lequel|lesquel(?:le)?s)\b")


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
    return _distinct(
        query,
        (item.passage for item in corpus.stored if item.passage.id in answering),
        _near_an_answer(answering, found, query, corpus),
    )


def _near_an_answer(
    answering: Collection[str], found: Sequence[Hit], query: Query, corpus: Corpus
) -> Iterator[Passage]:
    """Yield the nearest passages found, the sections beside what is quoted, what is farther."""
    yield from (hit.passage for hit in found[:NEAREST])
    yield from _sections({key.partition("#")[0] for key in answering}, query, corpus)
    yield from (hit.passage for hit in found[NEAREST:])
    yield from _sections(_explaining(answering, corpus), query, corpus)


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


def _sections(documents: Collection[str], query: Query, corpus: Corpus) -> Iterator[Passage]:
    """Yield the passages of those documents that are notices which the filters admit."""
    for item in corpus.stored:
        passage, facts = item.passage, corpus.metadata[item.passage.document]
        is_notice = passage.document in documents and facts.kind is Kind.NOTICE
        if is_notice and query.filters.admits(facts, published=passage.published):
            yield passage


def _explaining(answering: Collection[str], corpus: Corpus) -> set[str]:
    """Give the documents that explain the units of law which those passages are of."""
    places = {index for index, item in enumerate(corpus.stored) if item.passage.id in answering}
    return {name for name, law in corpus.covered.items() if not places.isdisjoint(law.tolist())}


def _distinct(
    query: Query, answering: Iterable[Passage], passages: Iterable[Passage]
) -> tuple[str, ...]:
    """Keep the first questions that ask neither what was asked or answered, nor the same twice."""
    known = (query.question, query.text, query.understood, *query.history)
    asked = [frozenset(analyze(question)) for question in (*known, *map(_heading, answering))]
    kept: list[str] = []
    for question in filter(_stands_alone, map(_heading, passages)):
        terms = frozenset(analyze(question))
        if any(_is_same(terms, other) for other in asked):
            continue
        kept.append(question)
        asked.append(terms)
        if len(kept) == MOST:
            break
    return tuple(kept)


def _heading(passage: Passage) -> str:
    return passage.headings[-1].strip() if passage.headings else ""


def _stands_alone(heading: str) -> bool:
    """Tell whether a heading is a question that can be asked by itself."""
    if not heading.endswith("?") or len(analyze(heading)) < LEAST_TERMS:
        return False
    return not (_CONTINUES.match(heading.lower()) or is_follow_up(heading))


def _is_same(terms: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether the longer of two questions says nearly all that the other does."""
    fewest = min(len(terms), len(others))
    if fewest < FEW_TERMS:
        return terms == others
    return len(terms & others) >= SAME * fewest
