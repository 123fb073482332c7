from datetime import date

import pytest

from rag.cli.filters import read_filters
from rag.errors import ConfigurationError, Problem
from rag.messages import french
from rag.types import NO_FILTER, Filters, Kind


def read(**typed: object) -> Filters:
    names = ("kinds", "publishers", "since", "until", "languages", "documents")
    return read_filters(**{**dict.fromkeys(names), **typed})


def test_no_option_filters_nothing() -> None:
    assert read() == NO_FILTER


def test_options_are_read_as_typed() -> None:
    assert read(
        kinds=["Règlement", "lignes directrices"],
        publishers=["CNIL", " "],
        since="2024-01-01",
        languages=["FR"],
        documents=["32024R1689"],
    ) == Filters(
        kinds=(Kind.REGULATION, Kind.GUIDELINES),
        publishers=("CNIL",),
        since=date(2024, 1, 1),
        languages=("fr",),
        documents=("32024R1689",),
    )


@pytest.mark.parametrize(
    ("typed", "problem", "said"),
    [
        ({"kinds": ["roman"]}, Problem.UNKNOWN_KIND, "reglement, loi, lignes-directrices"),
        ({"until": "hier"}, Problem.BAD_DATE, "hier"),
        ({"since": "2025-01-01", "until": "2024-01-01"}, Problem.BAD_PERIOD, "2024-01-01"),
    ],
)
def test_unusable_option_is_said_to_be(
    typed: dict[str, object], problem: Problem, said: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(**typed)
    assert raised.value.problem is problem
    assert said in french(raised.value)
