"""The reranker: a cross-encoder, which reads a question and a passage together.

It is slow, so it reads few passages, and none where ``RADIACT_RERANKER`` names no model.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.cross_encoder import LocalCrossEncoder
from rag.errors import Problem


class Reranker(ABC):
    """Tells how well passages answer a question."""

    @abstractmethod
    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Score passages, 0 to 1 whatever the others are; shape ``(len(passages),)``."""


class CrossEncoderReranker(LocalCrossEncoder, Reranker):
    """A sentence-transformers ``CrossEncoder`` that gives one score."""

    def __init__(self, model: str, *, offline: bool = True) -> None:
        """Find a reranker; it is not loaded yet. See ``LocalCrossEncoder``.

        Raises:
            ConfigurationError: it is not on this machine, or is of another sort.
        """
        super().__init__(
            model,
            offline=offline,
            missing=Problem.RERANKER_NOT_FOUND,
            unfit=Problem.NOT_A_RERANKER,
        )

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Score passages by the logistic of what the model says.

        Raises:
            ConfigurationError: the model cannot be read, or gives more than one score.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        return self.predict([(question, passage) for passage in passages], _sigmoid)

    def _fits(self, labels: int) -> bool:
        return labels == 1


def _sigmoid() -> Any:  # noqa: ANN401
    from torch.nn import Sigmoid

    return Sigmoid()
