"""Answer with the documents' own sentences, word for word.

The sentences of the best passages are scored one by one against the question; the best few are
kept, in the order in which they read well, the law itself before what explains it. A passage that
states the law of another day is not quoted beside one that states the law of the day asked for.
Lists stay lists: a point comes with the words that introduce it. Nothing is rephrased.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from threading import Event

from rag.answerers.abstention import (
    NO_LAW_OF_THAT_DAY,
    NOTHING_CLOSE,
    judge,
    partial_reason,
    unstated_reason,
)
from rag.answerers.candidates import find_candidates
from rag.answerers.context import with_context
from rag.answerers.contradictions import find_contradictions
from rag.answerers.emphasis import with_emphasis
from rag.answerers.lists import with_lists
from rag.answerers.named import answering_hits, asks_for_text, beginning
from rag.answerers.selection import choose
from rag.embeddings import Encoder
from rag.types import Draft, DraftSentence, Hit, Query, TellDraft

KEPT_SHARE = 0.8
"""Where the best passage is of another day: least score, beside its own, of those that answer."""


class ExtractiveAnswerer:
    """Picks the few sentences that answer, verbatim."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def draft(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        tell: TellDraft | None = None,
        stop: Event | None = None,
    ) -> Draft:
        """Pick a few sentences, or say why there is no answer; at once, so none is told before.

        The words that introduce a point, and the points that a sentence introduces, come on top.
        """
        quotable = [hit for hit in hits if hit.is_quotable]
        if hits and not quotable:
            return Draft(reason=NO_LAW_OF_THAT_DAY)
        quotable = answering_hits(query, quotable)
        if asks_for_text(query, quotable):
            return _quote(query, beginning(quotable))
        verdict = judge(query, quotable)
        if verdict.reason:
            return Draft(reason=verdict.reason, confidence=verdict.confidence)
        candidates = find_candidates(query, _read(quotable), self._encoder)
        if not candidates:
            return Draft(reason=NOTHING_CLOSE)
        draft = _quote(query, choose(candidates), is_partial=verdict.is_partial)
        reason = unstated_reason(query, draft.sentences)
        if verdict.is_partial and not reason:
            reason = partial_reason(query, draft.sentences)
        return replace(draft, reason=reason, confidence=verdict.confidence)


def _read(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Where the best passage is of another day, keep those that say the same on the day."""
    if not hits[0].instead_of:
        return hits
    least = KEPT_SHARE * hits[0].score
    return [hit for hit in hits if hit.instead_of and hit.score >= least]


def _quote(query: Query, sentences: Iterable[DraftSentence], *, is_partial: bool = False) -> Draft:
    """Make sentences readable: lists whole, subjects named, the words asked for marked.

    An answer that is only partial may be beside the point: nothing in it is shown as the answer.
    """
    quoted = list(with_context(_without_repeats(with_lists(sentences))))
    if not is_partial:
        quoted = with_emphasis(query.question, quoted)
    return Draft(sentences=tuple(quoted), contradictions=find_contradictions(quoted))


def _without_repeats(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    seen: set[tuple[str, int]] = set()
    for sentence in sentences:
        key = (sentence.hit.passage.document, sentence.start)
        if key not in seen:
            seen.add(key)
            yield sentence
