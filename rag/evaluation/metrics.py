"""Rank metrics, and the bootstrap intervals of every share.

A rank counts from 1; ``None`` says that no relevant hit was returned. Any one of several relevant
units is enough, so that a question has one rank: recall@k is the share of questions whose rank is
at most k, and nDCG@10 reduces to the discount of that rank (Järvelin and Kekäläinen 2002).
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

CUTOFFS = (1, 3, 5, 10)
RESAMPLES = 2000
Rank = int | None
Part = tuple[float, float]
"""What a question adds to a share: so much, out of so much."""


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


def intervals(ranks: Sequence[Rank]) -> dict[str, list[float]]:
    """Give each metric's 95 % bootstrap interval over the questions (Efron 1979)."""
    return {
        name: interval([(metric(rank), 1) for rank in ranks]) for name, metric in METRICS.items()
    }


def ratio(parts: Sequence[Part]) -> float:
    """Give the share that parts make together, rounded to four digits; 0 when there is none."""
    whole = sum(out_of for _, out_of in parts)
    return round(sum(part for part, _ in parts) / whole, 4) if whole else 0.0


def interval(parts: Sequence[Part], *, seed: int = 0) -> list[float]:
    """Give a share's 95 % bootstrap interval over the questions that make it."""
    if not parts:
        return [0.0, 0.0]
    return _bounds(_resampled(parts, _draws(len(parts), seed)))


def interval_of_difference(
    before: Sequence[Part], after: Sequence[Part], *, seed: int = 0
) -> list[float]:
    """Give the 95 % interval of the difference of two shares over the same questions.

    The bootstrap is paired: each resample takes the same questions on both sides, so that what
    makes some questions harder than others cancels out.
    """
    if not before:
        return [0.0, 0.0]
    draws = _draws(len(before), seed)
    return _bounds(_resampled(after, draws) - _resampled(before, draws))


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Give the median and the 95th percentile."""
    if not milliseconds:
        return {"p50": 0.0, "p95": 0.0}
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def _draws(count: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(count, size=(RESAMPLES, count))


def _resampled(parts: Sequence[Part], draws: NDArray[np.int64]) -> NDArray[np.float64]:
    part, whole = np.array(parts, dtype=np.float64).T
    return np.asarray(part[draws].sum(axis=1) / whole[draws].sum(axis=1))


def _bounds(shares: NDArray[np.float64]) -> list[float]:
    low, high = np.percentile(shares, [2.5, 97.5])
    return [round(float(low), 4), round(float(high), 4)]
