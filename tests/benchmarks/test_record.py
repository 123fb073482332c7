"""The guard on the project's own questions: what was recorded, and a few asked again."""

import pytest

from benchmarks.quality import own_files
from benchmarks.record import (
    NOTICES,
    QUICK,
    ask_quick,
    compare,
    outcomes,
    quick_questions,
    read_recorded,
)
from rag.config import Settings
from rag.evaluation.causes import Cause
from rag.evaluation.golden import read_questions
from rag.evaluation.lines import Line

MOST_LOST = 1
"""Of the quick subset. A near tie may fall otherwise where the processor rounds otherwise."""


def line(id: str, *, rank: int | None = 1, cause: Cause | None = None) -> Line:
    return {
        "id": id, "question": f"Question {id} ?", "rank": rank, "abstained": False,
        "answer_span_found": None, "cause": cause, "hits": [],
    }  # fmt: skip


def test_questions_lost_and_won_are_named_with_their_cause() -> None:
    before = outcomes([line("a"), line("b", rank=None, cause=Cause.MISSING), line("c"), line("d")])
    after = [line("a", rank=5, cause=Cause.FAR), line("b"), line("c", rank=2), line("nouvelle")]
    change = compare(before, after)
    assert [told.split()[0] for told in change.lost] == ["a"]
    assert "rank 1 → 5" in change.lost[0]
    assert "au-delà du rang 3" in change.lost[0]
    assert [told.split()[0] for told in change.won] == ["b"]
    assert "lost (1):\n  a " in str(change)


def test_every_own_question_is_recorded() -> None:
    recorded = read_recorded().outcomes
    asked = {question.id for path in own_files(official=False) for question in read_questions(path)}
    assert set(recorded[NOTICES]) == asked, "run: python -m benchmarks.record"
    assert set(recorded[QUICK]) == {question.id for question in quick_questions()}


def test_few_questions_are_answered_as_recorded(settings: Settings) -> None:
    recorded = read_recorded()
    change = compare(recorded.outcomes[QUICK], ask_quick(settings, recorded.as_of))
    assert len(change.lost) <= MOST_LOST, str(change)


@pytest.mark.parametrize("name", [NOTICES, QUICK])
def test_failure_that_is_recorded_has_its_cause(name: str) -> None:
    causes = {outcome["cause"] for outcome in read_recorded().outcomes[name].values()}
    assert causes <= {None, *Cause}
