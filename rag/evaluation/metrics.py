"""Rank metrics, with their bootstrap intervals.

A rank counts from 1; ``None`` says that no relevant hit was returned. Any one of several relevant
units is enough, so that a question has one rank: recall@k is the share of questions whose rank is
at most k, and nDCG@10 reduces to the discount of that rank (Järvelin and Kekäläinen 2002).
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

CUTOFFS = (1, 3, 5, 10)
RESAMPLES = 2000
Rank = int | None


def recall_at_k(rank: Rank, *, k: int) -> float:
    """Give 1 when the rank is within the first ``k``, else 0."""
    return float(rank is not None and rank <= k)


def reciprocal_rank(rank: Rank, *, k: int = 10) -> float:
    """Give the inverse of the rank, 0 beyond ``k``.

    >>> reciprocal_rank(4), reciprocal_rank(11)
    (0.25, 0.0)
    """
    return 1 / rank if rank is not None and rank <= k else 0.0


def discounted_gain(rank: Rank, *, k: int = 10) -> float:
    """Give the logarithmic discount of the rank, 0 beyond ``k``."""
    return 1 / math.log2(1 + rank) if rank is not None and rank <= k else 0.0


METRICS: dict[str, Callable[[Rank], float]] = {
    **{f"recall@{k}": lambda rank, k=k: recall_at_k(rank, k=k) for k in CUTOFFS},  # type: ignore[misc]
    "mrr@10": reciprocal_rank,
    "ndcg@10": discounted_gain,
}


def summarise(ranks: Sequence[Rank]) -> dict[str, float]:
    """Average every metric over the questions; 0 when there is none."""
    return {name: mean([metric(rank) for rank in ranks]) for name, metric in METRICS.items()}


def intervals(ranks: Sequence[Rank], *, seed: int = 0) -> dict[str, list[float]]:
    """Give each metric's 95 % bootstrap interval over the questions (Efron 1979)."""
    if not ranks:
        return {name: [0.0, 0.0] for name in METRICS}
    draws = np.random.default_rng(seed).integers(len(ranks), size=(RESAMPLES, len(ranks)))
    return {
        name: _interval(np.array([metric(rank) for rank in ranks])[draws].mean(axis=1))
        for name, metric in METRICS.items()
    }


def mean(values: Sequence[float]) -> float:
    """Average values, rounded to four digits; 0 when there is none."""
    return round(sum(values) / len(values), 4) if values else 0.0


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Give the median and the 95th percentile."""
    if not milliseconds:
        return {"p50": 0.0, "p95": 0.0}
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def _interval(means: np.ndarray) -> list[float]:
    low, high = np.percentile(means, [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]
