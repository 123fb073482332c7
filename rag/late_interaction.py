"""Late interaction (Khattab and Zaharia 2020): texts compared token by token.

A question is near a passage where each of its tokens finds one of like meaning there.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Tokens = NDArray[np.int8]
FULL = 127 * 127


def late_scores(question: Tokens, passages: Sequence[Tokens]) -> NDArray[np.float32]:
    """Score passages for a question: for each, -1 to 1, shape ``(passages,)``.

    The score is the mean, over the question's tokens, of the similarity of the nearest token of
    the passage.

    Args:
        question: token vectors in 127ths, ``(tokens, dimensions)``.
        passages: the same for each passage, none of them empty.
    """
    if not passages:
        return np.zeros(0, dtype=np.float32)
    starts = np.cumsum([0, *(len(tokens) for tokens in passages[:-1])])
    together = np.concatenate(passages).astype(np.float32)
    similarities = together @ question.T.astype(np.float32) / FULL
    best = np.maximum.reduceat(similarities, starts, axis=0)
    return np.asarray(best.mean(axis=1), dtype=np.float32)
