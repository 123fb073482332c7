"""The reranker: a cross-encoder, which reads a question and a passage together.

It is slow, so it reads few passages, and none where ``RADIACT_RERANKER`` names no model. The
program ships none. Importing the library takes seconds: that waits for the first question.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ConfigurationError, Problem
from rag.local_models import forbid_network, model_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

BATCH_SIZE = 8
"""Pairs read together: the library sorts them by length, so small batches hold little padding."""

ARCHITECTURES = ("ForSequenceClassification", "ForCausalLM")
"""Ends of the names of architectures whose own head gives the score."""


class Reranker(ABC):
    """Tells how well passages answer a question."""

    @abstractmethod
    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Score passages, 0 to 1 whatever the others are; shape ``(len(passages),)``."""


class CrossEncoderReranker(Reranker):
    """A sentence-transformers ``CrossEncoder``, loaded when it is first needed."""

    def __init__(self, model: str, *, offline: bool = True) -> None:
        """Find a reranker; it is not loaded yet.

        Args:
            model: a model folder, or a name on the Hugging Face hub.
            offline: forbid downloads; a name must then be in the local cache.

        Raises:
            ConfigurationError: it is not on this machine, or is of another sort.
        """
        forbid_network(offline=offline)
        self.model = model
        self.folder = model_folder(model, offline=offline, problem=Problem.RERANKER_NOT_FOUND)
        if not _is_cross_encoder(self.folder, model):
            raise ConfigurationError(Problem.NOT_A_RERANKER, model=model)
        self._reading = threading.Lock()

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Score passages by the logistic of what the model says, in single precision.

        A tokenizer of the library is not made for several threads: they take turns.

        Raises:
            ConfigurationError: the model cannot be read, or gives more than one score.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        with self._reading:
            model = self._cross_encoder
            from torch.nn import Sigmoid

            scores = model.predict(
                [(question, passage) for passage in passages],
                batch_size=BATCH_SIZE,
                activation_fn=Sigmoid(),
                show_progress_bar=False,
            )
        return np.asarray(scores, dtype=np.float32)

    @cached_property
    def _cross_encoder(self) -> "CrossEncoder":
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model: CrossEncoder = CrossEncoder(
                str(self.folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"dtype": "float32"},
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ConfigurationError(Problem.RERANKER_NOT_FOUND, model=self.model) from error
        if model.num_labels != 1:
            raise ConfigurationError(Problem.NOT_A_RERANKER, model=self.model)
        return model


def _is_cross_encoder(folder: Path, model: str) -> bool:
    """Tell whether a folder holds a cross-encoder.

    The library would take any model, and give one without a head for scores a head drawn by chance.
    """
    if (folder / "modules.json").is_file():
        kept = folder / "config_sentence_transformers.json"
        return kept.is_file() and _read(kept, model).get("model_type") == "CrossEncoder"
    architectures = _read(folder / "config.json", model).get("architectures") or [""]
    return str(architectures[0]).endswith(ARCHITECTURES)


def _read(file: Path, model: str) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(Problem.RERANKER_NOT_FOUND, model=model) from error
