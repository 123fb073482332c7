import pytest

from rag.evaluation.metrics import discounted_gain, intervals, percentiles, recall_at_k, summarise


def test_recall_counts_ranks_within_k() -> None:
    assert [recall_at_k(rank, k=5) for rank in (1, 5, 6, None)] == [1, 1, 0, 0]


def test_summary_averages_over_questions() -> None:
    summary = summarise([1, 2, None, 11])
    assert summary["recall@1"] == 0.25
    assert summary["recall@3"] == 0.5
    assert summary["mrr@10"] == 0.375
    assert summary["ndcg@10"] == pytest.approx((1 + 0.63093) / 4, abs=1e-4)


def test_gain_of_the_second_rank() -> None:
    assert discounted_gain(2) == pytest.approx(0.6309, abs=1e-4)


def test_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = intervals([1, None] * 5)["recall@5"], intervals([1, None] * 200)["recall@5"]
    assert few[0] < 0.5 < few[1]
    assert many[1] - many[0] < few[1] - few[0]


def test_no_question_gives_zeros() -> None:
    assert summarise([])["recall@5"] == 0
    assert intervals([])["recall@5"] == [0, 0]
    assert percentiles([]) == {"p50": 0, "p95": 0}
