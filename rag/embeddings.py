"""The sentence encoder, read by sentence-transformers where many texts are encoded.

Importing the library takes seconds, so it happens when many texts are to be encoded, not before: a
question is read by ``rag.bert``, where the model allows it.
"""

import hashlib
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from rag.errors import ConfigurationError, Problem
from rag.late_interaction import TokenVectors
from rag.local_models import forbid_network, model_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from rag.bert import Bert, Places, States

BATCH_SIZE = 32
FEW = 32
"""Up to as many texts are encoded without sentence-transformers."""

NOT_HASHED = {"README.md", ".gitattributes"}
PROJECTION = "token_projection.safetensors"
"""File of a model folder that turns token states into vectors for late interaction."""
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one forward pass says of texts.

    Attributes:
        vectors: one unit vector a text, shape ``(texts, dimensions)``.
        tokens: for each text those of its tokens; empty where the encoder has none.
    """

    vectors: NDArray[np.float32]
    tokens: tuple[TokenVectors, ...] = ()


class Encoder(Embeddings):
    """What the program asks of an encoder, on top of LangChain's ``Embeddings``.

    Vectors are of unit length, so that their dot product is the cosine similarity.
    """

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Identify the encoder: two that differ give vectors that must not be compared."""

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts into unit vectors, an array of shape ``(len(texts), dimensions)``."""

    @property
    def token_dimensions(self) -> int:
        """Dimensions of the token vectors that ``read`` gives; 0 where it gives none."""
        return 0

    @property
    def words(self) -> frozenset[str]:
        """The whole words of its vocabulary, folded; none where it does not tell."""
        return frozenset()

    def read(self, texts: Sequence[str]) -> Reading:
        """Encode texts for both readings: one vector each, and one for each of their tokens."""
        return Reading(vectors=self.encode(texts))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Encode passages (LangChain's interface)."""
        return self.encode(texts).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """Encode a question (LangChain's interface)."""
        return self.encode([text])[0].tolist()  # type: ignore[no-any-return]


class SentenceEncoder(Encoder):
    """A sentence-transformers model, loaded when it is first needed."""

    def __init__(self, model: str, *, offline: bool = True) -> None:
        """Prepare an encoder; nothing is loaded yet.

        Args:
            model: a model folder, or a name on the Hugging Face hub.
            offline: forbid downloads; a name must then be in the local cache.
        """
        self.model = model
        self.offline = offline
        forbid_network(offline=offline)

    @cached_property
    def folder(self) -> Path:
        """The model's folder on this machine.

        Raises:
            ConfigurationError: there is none, and none may be or can be downloaded.
        """
        return model_folder(self.model, offline=self.offline, problem=Problem.MODEL_NOT_FOUND)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of every file of the model that shapes its vectors, names included."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.name not in NOT_HASHED:
                digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
                with path.open("rb") as file:
                    while block := file.read(_BLOCK):
                        digest.update(block)
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts into unit vectors, an array of shape ``(len(texts), dimensions)``."""
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        if len(texts) <= FEW and self._bert:
            return _stacked(self._bert.read(texts))
        model = self._transformer
        with fast_arithmetic():
            vectors = model.encode(
                list(texts),
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return np.asarray(vectors, dtype=np.float32)

    @property
    def token_dimensions(self) -> int:
        """Dimensions of the projection that ``training`` left beside the weights, 0 without it."""
        return 0 if self._projection is None or self._bert is None else len(self._projection)

    @cached_property
    def words(self) -> frozenset[str]:
        """The whole words of the vocabulary, where the model is of a known make."""
        return frozenset() if self._bert is None else self._bert.words

    def read(self, texts: Sequence[str]) -> Reading:
        """Encode texts for both readings in one forward pass."""
        if (projection := self._projection) is None or self._bert is None:
            return Reading(vectors=self.encode(texts))
        if len(texts) <= FEW:
            read = self._bert.read(texts)
            return Reading(
                vectors=_stacked(read),
                tokens=tuple(_tokens(one.tokens @ projection.T, one.places) for one in read),
            )
        model = self._transformer
        with fast_arithmetic():
            found: Any = model.encode(
                list(texts), batch_size=BATCH_SIZE, output_value=None, show_progress_bar=False
            )
        vectors = np.stack([item["sentence_embedding"].float().numpy() for item in found])
        states = [item["token_embeddings"][item["attention_mask"].bool()] for item in found]
        return Reading(
            vectors=np.asarray(vectors, dtype=np.float32),
            tokens=tuple(
                _tokens(state.float().numpy() @ projection.T, places)
                for state, places in zip(states, self._bert.cut(texts), strict=True)
            ),
        )

    @cached_property
    def _projection(self) -> NDArray[np.float32] | None:
        """The matrix from token states to token vectors, ``(token dimensions, dimensions)``."""
        file = self.folder / PROJECTION
        if not file.is_file():
            return None
        from safetensors import SafetensorError
        from safetensors.numpy import load_file

        try:
            return np.asarray(load_file(file)["weight"], dtype=np.float32)
        except (OSError, KeyError, SafetensorError) as error:
            raise ConfigurationError(Problem.MODEL_NOT_FOUND, model=self.model) from error

    @cached_property
    def _bert(self) -> "Bert | None":
        """The model without its library, where it is of a known make."""
        from rag.bert import Bert, is_supported

        if not is_supported(self.folder):
            return None
        from safetensors import SafetensorError

        try:
            return Bert(self.folder)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ConfigurationError(Problem.MODEL_NOT_FOUND, model=self.model) from error

    @cached_property
    def _transformer(self) -> "SentenceTransformer":
        folder = str(self.folder)
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return SentenceTransformer(folder, device="cpu", local_files_only=True)
        except (OSError, ValueError, SafetensorError) as error:
            raise ConfigurationError(Problem.MODEL_NOT_FOUND, model=self.model) from error


def has_fast_bfloat16() -> bool:
    """Tell whether this processor multiplies matrices faster in bfloat16 than in float32."""
    import torch

    known = torch.cpu.get_capabilities()
    return any(known.get(name) for name in ("avx512_bf16", "amx_bf16", "bf16"))


def fast_arithmetic() -> AbstractContextManager[object]:
    """Multiply matrices in bfloat16 where that is faster; the vectors move by about a thousandth.

    What it changes to what is found is measured by ``python -m benchmarks.encoder_variants``.
    """
    import torch

    return torch.autocast("cpu", torch.bfloat16) if has_fast_bfloat16() else nullcontext()


def _stacked(read: "Sequence[States]") -> NDArray[np.float32]:
    return np.stack([states.vector for states in read])


def _tokens(vectors: NDArray[np.float32], places: "Places") -> TokenVectors:
    """Bring the vectors of tokens to length one and write them in 127ths."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    in_eight_bits = np.asarray(np.rint(127 * vectors / lengths), dtype=np.int8)
    return TokenVectors(in_eight_bits, places.starts, places.weights.astype(np.float16))
