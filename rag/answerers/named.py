"""Answer from the very units that a question names, or say that one does not exist."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rag.french import analyze, sentence_spans
from rag.references import Missing, Part, asks_for_penalty, remainder
from rag.thesaurus import asks_for_meaning, word_asked
from rag.types import DraftSentence, Hit, Query
from rag.validity import act_id, overlap

MAX_SENTENCES = 4

_SORTS = {
    Part.ARTICLE: ("L’article", "articles"),
    Part.RECITAL: ("Le considérant", "considérants"),
    Part.ANNEX: ("L’annexe", "annexes"),
    Part.RULE: ("La règle", "règles de classification"),
}


def answering_hits(query: Query, hits: Sequence[Hit]) -> list[Hit]:
    """Keep the hits that may answer: where units are named, theirs and those of texts on them.

    Where something is asked about a unit, its passages differ by their similarity, not by the
    score that being named gives, and a text on it leads to its sentences. What one risks for
    breaking an article is said elsewhere than in it. What a word means is said under that word.
    """
    if hits and defines(hits[0], query.question):
        return [hit for hit in hits if defines(hit, query.question)]
    named = [hit for hit in hits if hit.reference]
    if not named or asks_for_text(query, named):
        return named or list(hits)
    others = [hit for hit in hits if not hit.reference]
    elsewhere = [hit for hit in hits if not (hit.reference and hit.is_official)]
    if elsewhere and asks_for_penalty(query.question):
        return elsewhere
    about = [hit for hit in others if _is_about(hit, named)]
    nearest = max(hit.dense for hit in (*named, *about))
    explained_by = about[0].passage.id if about else None
    if nearest > 0:
        named = [
            replace(
                hit,
                score=max(0.0, hit.dense / nearest),
                explained_by=hit.explained_by or explained_by,
            )
            for hit in named
        ]
    return [*named, *about]


def defines(hit: Hit, question: str) -> bool:
    """Tell whether a question asks what a word means, and a passage is under that very word."""
    if not (hit.passage.headings and asks_for_meaning(question)):
        return False
    asked = set(analyze(word_asked(question)))
    return bool(asked) and asked <= set(analyze(hit.passage.headings[-1]))


def _is_about(hit: Hit, named: Iterable[Hit]) -> bool:
    """Tell whether a text covers one of the units named."""
    units = [f"{act_id(other.passage.document)}#{other.passage.anchor}" for other in named]
    return any("#" in key and overlap(key, unit) for key in hit.metadata.covers for unit in units)


def asks_for_text(query: Query, hits: Iterable[Hit]) -> bool:
    """Tell whether a question is nothing but references: it asks for the units' own words."""
    typed = {hit.reference for hit in hits if hit.reference}
    return bool(typed) and not remainder(query.question, typed)


def beginning(named: Sequence[Hit]) -> Iterator[DraftSentence]:
    """Yield the first sentences of the units named, as many of each."""
    share = -(-MAX_SENTENCES // len(named))
    for hit in named[:MAX_SENTENCES]:
        passage = hit.passage
        for start, end in sentence_spans(passage.text)[:share]:
            yield DraftSentence(
                text=passage.text[start:end],
                hit=hit,
                start=passage.start + start,
                end=passage.start + end,
            )


def does_not_exist(missing: Missing) -> str:
    """Say that a unit does not exist, and how many there are.

    >>> does_not_exist(Missing(act="code de la route", anchor="art_26.14", count=12))
    'L’article 26 du code de la route n’a que 12 paragraphes.'
    """
    unit, _, below = missing.anchor.partition(".")
    part = next(part for part in Part if unit.startswith(part))
    subject, sort = _SORTS[part]
    name = f"{subject} {unit.removeprefix(part).strip('_-')}"
    is_feminine = missing.act.startswith(("directive", "loi"))
    if below:
        of = "de la" if is_feminine else "du"
        parts = f"e {missing.count} paragraphes" if missing.count > 1 else "’un paragraphe"
        return f"{name} {of} {missing.act} n’a qu{parts}."
    the = "la" if is_feminine else "le"
    return f"{name} n’existe pas dans {the} {missing.act}, qui compte {missing.count} {sort}."
