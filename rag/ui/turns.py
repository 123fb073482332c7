"""A conversation as values: turns that fill up, first with a notice, then with an answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, pairwise

from rag.errors import PatientDataError
from rag.messages import french, typographic
from rag.paragraphs import paragraphs, told
from rag.privacy import check
from rag.types import NO_FILTER, Answer, Filters, Finding, Sentence
from rag.ui import wording

WORD = re.compile(r"\S+\s*|^\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSentence:
    """As much of a sentence as is shown; its citations come when it is complete.

    ``context``, ``emphasis``, ``finding`` and ``starts_paragraph`` are those of ``Sentence``, the
    offsets those in its whole text.
    """

    text: str
    citations: tuple[int, ...]
    verified: bool
    complete: bool
    context: str = ""
    emphasis: tuple[tuple[int, int], ...] = ()
    finding: Finding | None = None
    starts_paragraph: bool = False

    @property
    def runs(self) -> tuple[tuple[str, bool], ...]:
        """Cut the text into runs of words, each with whether the question asks for it.

        Joined, the runs are the text with French spacing, whatever the offsets.
        """
        text = typographic(self.text)  # one space for another, so that the offsets hold
        edges = (edge for span in self.emphasis for edge in span)
        cuts = accumulate((0, *edges, len(text)), max)
        runs = (text[start:stop] for start, stop in pairwise(cuts))
        return tuple((run, bool(place % 2)) for place, run in enumerate(runs) if run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question and what has come of it so far.

    Attributes:
        number: rank in the conversation, from 1.
        as_of: the day whose law is asked for, where it is not today.
        filters: which documents may answer.
        notice: what the reader waits for, while there is nothing else.
        problem: why there is no answer.
        stopped: the question told who a patient is; ``question`` is what is left of it, masked.
        understood: the question as it was completed, while there is no answer that tells it.
        shown: how many words of the answer are shown; all of them when ``None``.
        growing: whether a language model is still writing the answer.
        key: finds the answer once it is whole (``rag.ui.kept``); empty before.
        interrupted: whether the reader stopped it, so that no more than is shown will be.
    """

    number: int
    question: str
    as_of: date | None = None
    filters: Filters = NO_FILTER
    notice: str = ""
    problem: str = ""
    stopped: bool = False
    answer: Answer | None = None
    understood: str = ""
    shown: int | None = None
    growing: bool = False
    key: str = ""
    interrupted: bool = False

    @property
    def just_asked(self) -> bool:
        """Whether nothing has come yet, not even a notice."""
        return not (self.notice or self.problem or self.answer)

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        is_whole = self.answer is not None and self.shown is None and not self.growing
        return self.interrupted or bool(self.problem) or is_whole

    @property
    def is_written(self) -> bool:
        """Whether a language model wrote its answer."""
        return self.answer is not None and self.answer.is_written

    @property
    def paragraphs(self) -> tuple[tuple[ShownSentence, ...], ...]:
        """The part of the answer that is shown, laid out in paragraphs."""
        if self.answer is None or self.answer.abstained:
            return ()
        shown = _first_words(_sentences(self.answer), self.shown)
        return tuple(map(tuple, paragraphs(shown)))


def guarded(turn: Turn) -> Turn:
    """Stop a turn whose question tells who a patient is; the question is kept masked only."""
    try:
        check(turn.question)
    except PatientDataError as error:
        return replace(turn, question=error.masked, problem=french(error), stopped=True)
    return turn


def history(turns: tuple[Turn, ...]) -> tuple[str, ...]:
    """List the earlier questions that were answered, oldest first; refused ones are left out."""
    return tuple(turn.question for turn in turns if turn.answer is not None)


def interrupt(turn: Turn) -> Turn:
    """End a turn with what it shows; it has no key, since an answer that was kept is whole."""
    return replace(turn, interrupted=True, key="")


def growing(turn: Turn, answer: Answer) -> Turn:
    """Show an answer as far as it is written, once a sentence of it is verified."""
    if answer.abstained:
        return replace(turn, notice=wording.WRITING, understood=answer.understood)
    return replace(turn, answer=answer, growing=True)


def count_words(answer: Answer) -> int:
    """Count the words that a turn with this answer comes to show."""
    return sum(len(WORD.findall(sentence.text)) for sentence in _sentences(answer))


def _sentences(answer: Answer) -> tuple[Sentence, ...]:
    return told(answer.sentences) or (Sentence(text=answer.markdown, citations=()),)


def _first_words(sentences: tuple[Sentence, ...], count: int | None) -> Iterator[ShownSentence]:
    for sentence in sentences:
        words = WORD.findall(sentence.text)
        shown = len(words) if count is None else min(count, len(words))
        if not shown:
            return
        yield ShownSentence(
            text="".join(words[:shown]),
            citations=sentence.citations,
            verified=sentence.verified,
            complete=shown == len(words),
            context=sentence.context,
            emphasis=sentence.emphasis,
            finding=sentence.finding,
            starts_paragraph=sentence.starts_paragraph,
        )
        count = None if count is None else count - shown
