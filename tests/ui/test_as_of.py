from datetime import date, timedelta

import pytest

from rag.errors import Problem, QuestionError
from rag.ui.as_of import EARLIEST, LATEST, TODAY, read_day


@pytest.mark.parametrize("text", [TODAY, None, date.today().isoformat()])
def test_today_is_no_choice(text):
    assert read_day(text) is None


@pytest.mark.parametrize("day", [EARLIEST, date(2025, 6, 1), date(2028, 8, 2), LATEST])
def test_day_is_read(day):
    assert read_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "?",
        "2025-02-30",
        "1/6/2025",
        (EARLIEST - timedelta(days=1)).isoformat(),
        (LATEST + timedelta(days=1)).isoformat(),
        "'; drop table",
    ],
)
def test_bad_day_is_refused(text):
    with pytest.raises(QuestionError) as refused:
        read_day(text)
    assert refused.value.problem is Problem.BAD_DATE
    assert refused.value.details == {"value": text}
