"""Fit the weights of a linear score so that what is right comes first.

Each question is a choice among candidates, of which some are right; the weights maximise the
likelihood of the right ones under a softmax of the scores (listwise learning to rank: Cao et al.
2007), with a small penalty on their squares.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax

Matrix = NDArray[np.float64]
FOLDS = 5
PENALTY = 0.003


@dataclass(frozen=True, slots=True)
class Choice:
    """A question: what is known of each candidate, and which of them are right.

    Attributes:
        group: the set that the question is of.
        id: the question's.
        values: shape ``(candidates, features)``.
        right: shape ``(candidates,)``.
    """

    group: str
    id: str
    values: Matrix
    right: NDArray[np.bool_]


def fit(choices: Sequence[Choice], *, positive: bool = False) -> Matrix:
    """Fit one weight per feature; with ``positive``, none below zero."""
    usable = [choice for choice in choices if choice.right.any()]
    size = usable[0].values.shape[1]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.0, np.zeros(size)
        for choice in usable:
            scores = choice.values @ weights
            total += float(logsumexp(scores) - logsumexp(scores[choice.right]))
            slope += softmax(scores) @ choice.values
            slope -= softmax(scores[choice.right]) @ choice.values[choice.right]
        penalty = PENALTY * float(weights @ weights)
        return total / len(usable) + penalty, slope / len(usable) + 2 * PENALTY * weights

    bounds = [(0.0 if positive else None, None)] * size
    found = minimize(loss, np.ones(size), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x)


def fit_without(index: int, *, positive: bool = False) -> Callable[[Sequence[Choice]], Matrix]:
    """Give a fit in which a feature weighs nothing."""

    def fitting(choices: Sequence[Choice]) -> Matrix:
        kept = [replace(one, values=np.delete(one.values, index, axis=1)) for one in choices]
        return np.insert(fit(kept, positive=positive), index, 0.0)

    return fitting


def held_out(
    choices: Sequence[Choice], fitting: Callable[[Sequence[Choice]], Matrix], *, seed: int = 0
) -> Iterator[tuple[Choice, Matrix]]:
    """Yield each question with weights that were fitted on others."""
    folds = np.random.default_rng(seed).integers(FOLDS, size=len(choices))
    for fold in range(FOLDS):
        weights = fitting([one for one, place in zip(choices, folds, strict=True) if place != fold])
        for choice, place in zip(choices, folds, strict=True):
            if place == fold:
                yield choice, weights
