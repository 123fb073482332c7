import pytest

from rag.evaluation.causes import LABELS, Cause, cause_of
from rag.evaluation.lines import Line

RIGHT = {
    "answerable": True, "rank": 1, "abstained": False, "unsettled": False,
    "answer_span_found": True, "sentences": 2, "verified": 2,
}  # fmt: skip
UNANSWERABLE = {**RIGHT, "answerable": False, "rank": None, "answer_span_found": None}


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (RIGHT, None),
        ({**RIGHT, "rank": 3, "answer_span_found": None}, None),
        ({**RIGHT, "rank": 4}, Cause.FAR),
        ({**RIGHT, "rank": None}, Cause.MISSING),
        ({**RIGHT, "answer_span_found": False}, Cause.NOT_QUOTED),
        ({**RIGHT, "abstained": True, "sentences": 0, "verified": 0}, Cause.REFUSED_FOUND),
        ({**RIGHT, "abstained": True, "rank": None}, Cause.REFUSED_MISSING),
        ({**RIGHT, "verified": 1, "rank": None}, Cause.NOT_VERIFIED),
        (UNANSWERABLE, Cause.ANSWERED),
        ({**UNANSWERABLE, "abstained": True}, None),
        ({**UNANSWERABLE, "unsettled": True}, None),
        ({"rank": 1}, None),  # a BEIR query: no answer is asked for
        ({"rank": None}, Cause.MISSING),
    ],
)
def test_gravest_cause_is_given(line: Line, cause: Cause | None) -> None:
    assert cause_of(line) is cause


def test_every_cause_is_named_in_french() -> None:
    assert set(LABELS) == set(Cause)
