"""Answers found again by their keys."""

from rag.ui.kept import KeptAnswers
from rag.ui.turns import Turn
from tests.ui.fake_assistant import make_answer


def test_answer_is_found_by_its_key_alone() -> None:
    kept = KeptAnswers()
    turn = kept.keep(Turn(number=1, question="Combien ?", answer=make_answer()))
    assert kept.find(turn.key) == turn
    assert kept.find("") is None
    assert kept.find("autre") is None


def test_oldest_answers_leave_first() -> None:
    kept = KeptAnswers(most=2)
    first, *later = [kept.keep(Turn(number=n, question="?")) for n in (1, 2, 3)]
    assert kept.find(first.key) is None
    assert [kept.find(turn.key) for turn in later] == later
