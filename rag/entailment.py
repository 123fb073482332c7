"""Entailment: a cross-encoder that tells whether a text implies another.

It judges what a language model wrote, besides the rules and the encoder. The program ships a small
one, whose word is weighed with the rest; by setting, any sentence-transformers model of natural
language inference in French has a veto too.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.config import EMBEDDED_JUDGE
from rag.cross_encoder import LocalCrossEncoder
from rag.errors import ConfigurationError, Problem

LABELS = 3
"""Entailment, neutral, contradiction, in whatever order the model has them."""


class Entailment(ABC):
    """Tells whether premises imply a hypothesis."""

    @abstractmethod
    def probabilities(self, premises: Sequence[str], hypothesis: str) -> NDArray[np.float32]:
        """Give the probability that each premise implies it, 0 to 1; shape ``(premises,)``."""

    def load(self) -> None:  # noqa: B027
        """Be ready to answer: some have a model to read first."""


class CrossEncoderEntailment(LocalCrossEncoder, Entailment):
    """A sentence-transformers ``CrossEncoder`` of three labels, one of which is entailment."""

    def __init__(self, model: str, *, offline: bool = True) -> None:
        """Find a model; it is not loaded yet. See ``LocalCrossEncoder``.

        Raises:
            ConfigurationError: it is not on this machine, or does not name its labels.
        """
        super().__init__(
            model, offline=offline, missing=Problem.NLI_NOT_FOUND, unfit=Problem.NOT_AN_NLI
        )

    def probabilities(self, premises: Sequence[str], hypothesis: str) -> NDArray[np.float32]:
        """Give the probability of entailment for each premise.

        Raises:
            ConfigurationError: the model cannot be read, or has no label of that name.
        """
        if not premises:
            return np.zeros(0, dtype=np.float32)
        shares = self.predict([(premise, hypothesis) for premise in premises], _softmax)
        return np.asarray(shares[:, self._place], dtype=np.float32)

    def load(self) -> None:
        """Read the model, where it was not yet.

        Raises:
            ConfigurationError: it cannot be read, or is unfit.
        """
        with self._reading:
            _ = self._cross_encoder

    @property
    def _place(self) -> int:
        """Which label means entailment."""
        model: Any = self._cross_encoder.model
        names: dict[int, str] = model.config.id2label
        found = [place for place, name in names.items() if name.lower().startswith("entail")]
        if not found:
            raise ConfigurationError(self._unfit, model=self.model)
        return found[0]

    def _fits(self, labels: int) -> bool:
        return labels == LABELS


@cache
def embedded_judge() -> Entailment:
    """Give the judge that the program ships, the same to all: it is loaded when first asked."""
    return CrossEncoderEntailment(str(EMBEDDED_JUDGE))


def _softmax() -> Any:  # noqa: ANN401
    from torch.nn import Softmax

    return Softmax(dim=-1)
