"""Understand a question: check its form, complete a follow-up, set the date of the law."""

from collections.abc import Sequence
from datetime import date

from rag.errors import Problem, QuestionError
from rag.french import analyze, fold
from rag.types import Query

MAX_CHARACTERS = 2000
FOLLOW_UP_OPENINGS = ("et ", "mais ", "alors ", "donc ", "dans ce cas", "sinon")


def understand(question: str, *, history: Sequence[str] = (), as_of: date | None = None) -> Query:
    """Turn what was typed into a query.

    Raises:
        QuestionError: the question is empty or longer than ``MAX_CHARACTERS``.
    """
    text = " ".join(question.encode("utf-8", "ignore").decode().split())
    if not text:
        raise QuestionError(Problem.QUESTION_EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(Problem.QUESTION_TOO_LONG, length=len(text), limit=MAX_CHARACTERS)
    searched = f"{history[-1]} {text}" if history and is_follow_up(text) else text
    return Query(
        question=question, text=searched, as_of=as_of or date.today(), history=tuple(history)
    )


def is_follow_up(question: str) -> bool:
    """Tell whether a question leans on the one before.

    It says so by its first word, or holds no word of meaning of its own.

    >>> is_follow_up("Et pour une PME ?"), is_follow_up("Pourquoi ?"), is_follow_up("Tarte tatin ?")
    (True, True, False)
    """
    return fold(question).startswith(FOLLOW_UP_OPENINGS) or not analyze(question)
