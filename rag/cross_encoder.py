"""A cross-encoder, which reads two texts together, from a folder of this machine.

The program ships none: a reranker and a judge of entailment are settings. Importing the library
takes seconds, so that it waits for the first pair.
"""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
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
"""Ends of the names of architectures whose own head gives the scores."""


class LocalCrossEncoder(ABC):
    """A sentence-transformers ``CrossEncoder``, loaded when it is first needed."""

    def __init__(self, model: str, *, offline: bool, missing: Problem, unfit: Problem) -> None:
        """Find a model; it is not loaded yet.

        Args:
            model: a model folder, or a name on the Hugging Face hub.
            offline: forbid downloads; a name must then be in the local cache.
            missing: what to say where it is not on this machine or cannot be read.
            unfit: what to say where it is of another sort.

        Raises:
            ConfigurationError: it is not on this machine, or is of another sort.
        """
        forbid_network(offline=offline)
        self.model = model
        self._missing = missing
        self._unfit = unfit
        self._reading = threading.Lock()
        self.folder = model_folder(model, offline=offline, problem=missing)
        if not self._has_its_own_head():
            raise ConfigurationError(unfit, model=model)

    def predict(
        self, pairs: Sequence[tuple[str, str]], activation: Callable[[], Any]
    ) -> NDArray[np.float32]:
        """Read pairs, in single precision: one score each, or one for each of the labels.

        A tokenizer of the library is not made for several threads: they take turns.

        Raises:
            ConfigurationError: the model cannot be read, or is unfit.
        """
        with self._reading:
            scores = self._cross_encoder.predict(
                list(pairs),
                batch_size=BATCH_SIZE,
                activation_fn=activation(),
                show_progress_bar=False,
            )
        return np.asarray(scores, dtype=np.float32)

    @abstractmethod
    def _fits(self, labels: int) -> bool:
        """Tell whether a model with so many labels is of the sort wanted."""

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
            raise ConfigurationError(self._missing, model=self.model) from error
        if not self._fits(model.num_labels):
            raise ConfigurationError(self._unfit, model=self.model)
        return model

    def _has_its_own_head(self) -> bool:
        """Tell whether the folder holds a cross-encoder.

        The library would take any model, and give one without a head for scores a head drawn by
        chance.
        """
        if (self.folder / "modules.json").is_file():
            kept = self.folder / "config_sentence_transformers.json"
            return kept.is_file() and self._read(kept).get("model_type") == "CrossEncoder"
        configuration = self._read(self.folder / "config.json")
        architectures = configuration.get("architectures") or [""]
        return str(architectures[0]).endswith(ARCHITECTURES)

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            return dict(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise ConfigurationError(self._missing, model=self.model) from error
