"""A BERT sentence encoder read by numpy alone: the same vectors, ten times sooner.

sentence-transformers and the libraries under it take seconds to import; a command that asks one
question would spend most of its time there. The forward pass of a small BERT (Devlin et al. 2019)
is a few matrix products, so that a question is encoded from the model folder itself. Indexing, and
models of any other make, go through sentence-transformers.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

Matrix = NDArray[np.float32]

_MODULES = ("Transformer", "WeightedLayerPooling", "WordWeights", "Pooling", "Normalize")
_OPTIONAL = {"WeightedLayerPooling", "WordWeights"}
_READABLE = {"F16", "F32"}


@dataclass(frozen=True, slots=True)
class States:
    """What the encoder says of one text: its unit vector, and the state of each token.

    Attributes:
        vector: shape ``(dimensions,)``; the mean of the states, by the weights of the tokens where
            the model has some.
        tokens: shape ``(tokens, dimensions)``, special tokens included; the mean of the states
            after each layer where the model weighs them, else the last ones.
        places: where the tokens begin in the text, and what they weigh.
    """

    vector: Matrix
    tokens: Matrix
    places: "Places"


@dataclass(frozen=True, slots=True)
class Places:
    """The tokens of a text as the tokenizer cuts it.

    Attributes:
        identifiers: their numbers in the vocabulary; shape ``(tokens,)``.
        starts: character where each begins, -1 for special tokens; shape ``(tokens,)``.
        weights: what each weighs in the vector of a text; shape ``(tokens,)``.
    """

    identifiers: NDArray[np.int64]
    starts: NDArray[np.int32]
    weights: Matrix


def is_supported(folder: Path) -> bool:
    """Tell whether a model folder is a BERT with mean pooling and normalised vectors."""
    try:
        architecture = _json(folder / "config.json")
        modules = _modules(folder)
        pooling = _json(folder / modules["Pooling"] / "config.json")
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return (
        _is_readable(tuple(modules))
        and architecture.get("model_type") == "bert"
        and architecture.get("hidden_act") == "gelu"
        and architecture.get("position_embedding_type", "absolute") == "absolute"
        and pooling.get("pooling_mode_mean_tokens") is True
        and sum(value is True for value in pooling.values()) == 1
        and (folder / "tokenizer.json").is_file()
        and _has_plain_weights(folder / "model.safetensors")
    )


class Bert:
    """The encoder of a supported folder, in single precision."""

    def __init__(self, folder: Path) -> None:
        """Load the weights; ``is_supported`` holds for the folder.

        Raises:
            OSError: a file cannot be read.
            SafetensorError: the weights are damaged.
        """
        architecture = _json(folder / "config.json")
        self._layers = int(architecture["num_hidden_layers"])
        self._heads = int(architecture["num_attention_heads"])
        self._epsilon = float(architecture.get("layer_norm_eps", 1e-12))
        loaded = load_file(folder / "model.safetensors")
        self._weights = {name: np.asarray(w, dtype=np.float32) for name, w in loaded.items()}
        self._layer_weights = self._read_layer_weights(folder)
        self._token_weights = self._read_token_weights(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(
            int(_json(folder / "sentence_bert_config.json")["max_seq_length"])
        )

    @property
    def words(self) -> frozenset[str]:
        """The whole words of the vocabulary."""
        return frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha())

    def read(self, texts: Sequence[str]) -> list[States]:
        """Encode texts, none of them padded: their tokens share every matrix product."""
        if not texts:
            return []
        places = self.cut(texts)
        identifiers = [one.identifiers for one in places]
        ends = np.cumsum([len(tokens) for tokens in identifiers])[:-1]
        states = self._embed(identifiers)
        mean = self._layer_weights[0] * states
        for layer in range(self._layers):
            states = self._layer(states, f"encoder.layer.{layer}", ends)
            if weight := self._layer_weights[layer + 1]:
                mean += weight * states
        return [
            States(_unit(one.weights @ tokens), tokens, one)
            for one, tokens in zip(places, np.split(mean, ends), strict=True)
        ]

    def cut(self, texts: Sequence[str]) -> list[Places]:
        """Cut texts into tokens, no more of them than the model reads."""
        return [
            Places(
                identifiers := np.array(encoding.ids),
                np.array([a if b > a else -1 for a, b in encoding.offsets], dtype=np.int32),
                self._token_weights[identifiers],
            )
            for encoding in self._tokenizer.encode_batch(list(texts))
        ]

    def _read_layer_weights(self, folder: Path) -> Matrix:
        """Return the weight of each layer, that of the embeddings first; they add up to one."""
        place = _modules(folder).get("WeightedLayerPooling")
        if place is None:
            return np.asarray([*[0] * self._layers, 1], dtype=np.float32)
        found = load_file(folder / place / "model.safetensors")["layer_weights"]
        weights = np.zeros(self._layers + 1, dtype=np.float32)
        weights[int(_json(folder / place / "config.json")["layer_start"]) :] = found
        return np.asarray(weights / weights.sum())

    def _read_token_weights(self, folder: Path) -> Matrix:
        """Return what each token of the vocabulary weighs in the vector of a text."""
        place = _modules(folder).get("WordWeights")
        if place is None:
            tokens = len(self._weights["embeddings.word_embeddings.weight"])
            return np.ones(tokens, dtype=np.float32)
        found = _json(folder / place / "config.json")
        named, usual = found["word_weights"], found["unknown_word_weight"]
        weights = (named.get(word, named.get(word.lower(), usual)) for word in found["vocab"])
        return np.fromiter(weights, dtype=np.float32)

    def _embed(self, identifiers: Sequence[NDArray[np.int64]]) -> Matrix:
        places = np.concatenate([np.arange(len(tokens)) for tokens in identifiers])
        summed = (
            self._weights["embeddings.word_embeddings.weight"][np.concatenate(identifiers)]
            + self._weights["embeddings.position_embeddings.weight"][places]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normalised(summed, "embeddings.LayerNorm")

    def _layer(self, states: Matrix, name: str, ends: NDArray[np.int64]) -> Matrix:
        query, key, value = (
            np.split(self._linear(states, f"{name}.attention.self.{part}"), ends)
            for part in ("query", "key", "value")
        )
        attended = [self._attention(*parts) for parts in zip(query, key, value, strict=True)]
        mixed = self._linear(np.concatenate(attended), f"{name}.attention.output.dense")
        states = self._normalised(states + mixed, f"{name}.attention.output.LayerNorm")
        wide = _gelu(self._linear(states, f"{name}.intermediate.dense"))
        narrow = self._linear(wide, f"{name}.output.dense")
        return self._normalised(states + narrow, f"{name}.output.LayerNorm")

    def _attention(self, query: Matrix, key: Matrix, value: Matrix) -> Matrix:
        """Attend within one text, each argument of shape ``(tokens, dimensions)``."""
        tokens, dimensions = query.shape
        size = dimensions // self._heads
        query, key, value = (
            part.reshape(tokens, self._heads, size).transpose(1, 0, 2)
            for part in (query, key, value)
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(size))
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(tokens, dimensions))

    def _linear(self, states: Matrix, name: str) -> Matrix:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return np.asarray(states @ weight.T + bias)

    def _normalised(self, states: Matrix, name: str) -> Matrix:
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + self._epsilon)
        return np.asarray(
            centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        )


def _gelu(values: Matrix) -> Matrix:
    return np.asarray(values * (0.5 * (1 + erf(values / np.float32(math.sqrt(2))))))


def _unit(vector: Matrix) -> Matrix:
    return np.asarray(vector / np.linalg.norm(vector))


def _is_readable(modules: tuple[str, ...]) -> bool:
    """Tell whether the modules of a model are known ones, in a known order."""
    expected = (name for name in _MODULES if name in modules or name not in _OPTIONAL)
    return modules == tuple(expected)


def _has_plain_weights(path: Path) -> bool:
    """Tell whether the weights have the names of a bare BERT, in numbers that numpy knows."""
    try:
        with safe_open(path, framework="np") as weights:
            kinds = {weights.get_slice(name).get_dtype() for name in weights.keys()}  # noqa: SIM118
            return kinds <= _READABLE and "embeddings.LayerNorm.weight" in weights.keys()  # noqa: SIM118
    except (OSError, SafetensorError):
        return False


def _modules(folder: Path) -> dict[str, str]:
    """Return the folder of each module of a model, under its class name, in their order."""
    return {
        module["type"].rpartition(".")[2]: module["path"]
        for module in _json(folder / "modules.json")
    }


def _json(path: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    return json.loads(path.read_text(encoding="utf-8"))
