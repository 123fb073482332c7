import pytest

from rag.evaluation.metrics import (
    Part,
    discounted_gain,
    interval,
    interval_of_difference,
    intervals,
    percentiles,
    ratio,
    recall_at_k,
)


def test_recall_counts_ranks_within_k() -> None:
    assert [recall_at_k(rank, k=5) for rank in (1, 5, 6, None)] == [1, 1, 0, 0]


def test_gain_of_the_second_rank() -> None:
    assert discounted_gain(2) == pytest.approx(0.6309, abs=1e-4)


def test_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = intervals([1, None] * 5)["recall@5"], intervals([1, None] * 200)["recall@5"]
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < few[1] - few[0]


def test_no_question_gives_zeros() -> None:
    assert ratio([]) == 0
    assert intervals([])["recall@5"] == interval([]) == interval_of_difference([], []) == [0, 0]
    assert percentiles([]) == {"p50": 0, "p95": 0}


def test_share_of_sentences_counts_each_sentence_once() -> None:
    assert ratio([(1, 1), (1, 3)]) == 0.5
    low, high = interval([(1, 1), (1, 3)])
    assert low == pytest.approx(1 / 3, abs=1e-4)
    assert high == 1


def test_paired_interval_is_narrower_than_that_of_questions_drawn_apart() -> None:
    hard_and_easy: list[Part] = [(0, 1), (1, 1)] * 50
    one_better: list[Part] = [(1, 1), *hard_and_easy[1:]]
    low, high = interval_of_difference(hard_and_easy, one_better)
    assert 0 <= low < 0.01 < high < 0.05
    assert interval_of_difference(hard_and_easy, hard_and_easy) == [0, 0]
