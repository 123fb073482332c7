import re

import pytest

from rag.errors import Problem, RadiactError
from rag.messages import KINDS, OUTCOMES, PULL_OUTCOMES, STATUSES, french, typographic
from rag.types import Kind, Outcome, PullOutcome, Status


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_french_sentence(problem: Problem) -> None:
    sentence = french(RadiactError(problem))
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert not re.search(r" [:;?!»]|« ", sentence)


def test_sentence_holds_the_offending_values() -> None:
    error = RadiactError(Problem.QUESTION_TOO_LONG, length=10_000, limit=2000)
    assert "10000" in french(error)


def test_every_kind_status_and_outcome_has_a_name() -> None:
    assert set(KINDS) == set(Kind)
    assert set(STATUSES) == set(Status)
    assert set(OUTCOMES) == set(Outcome)
    assert set(PULL_OUTCOMES) == set(PullOutcome)


def test_typographic_spaces_do_not_break() -> None:
    assert typographic("« Oui » : non ?") == (
        "«\N{NO-BREAK SPACE}Oui\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: non\N{NO-BREAK SPACE}?"
    )
