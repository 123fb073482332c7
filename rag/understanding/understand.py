"""Understand a question: check its form, read it as typed, complete it, see what it names."""

from collections.abc import Sequence
from datetime import date

from rag.dates import french_date
from rag.errors import Problem, QuestionError
from rag.french import words
from rag.references import ActNames
from rag.types import Query
from rag.understanding.follow_ups import complete, is_follow_up, sentence
from rag.understanding.habits import in_full, join_elisions
from rag.understanding.spelling import Lexicon, correct
from rag.understanding.steering import day_of_law, steer

MAX_CHARACTERS = 2000
EARLIER_QUESTIONS_READ = 8
"""A chain of follow-ups longer than that has lost what it was about."""

_NAMES = ActNames()
NO_LEXICON = Lexicon()
"""Knows no word, so that none is mended."""


def understand(
    question: str,
    *,
    history: Sequence[str] = (),
    as_of: date | None = None,
    lexicon: Lexicon = NO_LEXICON,
) -> Query:
    """Turn what was typed into a query.

    Nothing that the question says acts on the program: its words are searched, and steer that.

    Args:
        question: as typed.
        history: the earlier questions of the conversation, oldest first.
        as_of: the day whose law is asked for; else the one that the question names, else today.
        lexicon: the words that are known, without which no spelling is mended.

    Raises:
        QuestionError: the question is empty or longer than ``MAX_CHARACTERS``.
    """
    text = checked(question)
    read = _read(text, lexicon)
    searched = readable = read
    if history and is_follow_up(read, _NAMES):
        earlier = [_read(one, lexicon) for one in history[-EARLIER_QUESTIONS_READ:]]
        completed = complete(read, earlier, _NAMES)
        searched, readable = completed.searched, completed.readable
    named_day = None if as_of else day_of_law(read) or day_of_law(searched)
    return Query(
        question=question,
        text=searched,
        as_of=as_of or named_day or date.today(),
        history=tuple(history),
        understood=_told(text, readable, named_day),
        steering=steer(searched, _NAMES),
    )


def checked(question: str) -> str:
    """Give a question on one line, of characters that can be written down.

    Raises:
        QuestionError: it is empty or longer than ``MAX_CHARACTERS``.
    """
    text = " ".join(question.encode("utf-8", "ignore").decode().split())
    if not text:
        raise QuestionError(Problem.QUESTION_EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(Problem.QUESTION_TOO_LONG, length=len(text), limit=MAX_CHARACTERS)
    return text


def _read(typed: str, lexicon: Lexicon) -> str:
    """Write a question out, without the habits and the slips of those who type."""
    text = " ".join(typed.encode("utf-8", "ignore").decode().split())[:MAX_CHARACTERS]
    return correct(in_full(join_elisions(text), is_term=lexicon.is_term), lexicon)


def _told(typed: str, readable: str, day: date | None) -> str:
    """Write the question as understood, where more than its typography differs; else nothing."""
    if words(join_elisions(typed)) == words(readable) and day is None:
        return ""
    told = sentence(readable)
    return f"{told} (droit au {french_date(day)})" if day else told
