"""The figures of ``benchmarks.abstention``, on questions whose closeness is known."""

from benchmarks.abstention import Asked, table
from rag.answerers.abstention import COVERAGE_WEIGHT, LEAST_CLOSENESS

CLOSE = Asked(answerable=True, found=[(1.0, 0.0), (LEAST_CLOSENESS, 0.0)])
FAR = Asked(answerable=True, found=[(LEAST_CLOSENESS - 0.5, 0.0)])
NOTHING = Asked(answerable=False, found=[])
BY_ITS_TERMS = Asked(answerable=False, found=[(LEAST_CLOSENESS - COVERAGE_WEIGHT, 1.0)])


def test_closest_hit_counts_with_the_terms_it_holds() -> None:
    assert CLOSE.closeness(3) == LEAST_CLOSENESS
    assert BY_ITS_TERMS.closeness(COVERAGE_WEIGHT) == LEAST_CLOSENESS
    assert NOTHING.closeness(3) < -1e9


def test_values_in_use_are_marked_and_say_what_is_refused_and_let_through() -> None:
    lines = list(table([CLOSE, FAR, NOTHING, BY_ITS_TERMS]))
    marked = [line for line in lines if "**" in line]
    weight, threshold = f"**{COVERAGE_WEIGHT:g}**", f"**{LEAST_CLOSENESS:g}**"
    assert marked == [f"| {weight} | {threshold} | **0.500** | **0.500** | 0.500 |"]
