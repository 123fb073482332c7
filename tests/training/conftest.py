"""A teacher small enough for a test: one layer, sixteen dimensions, four English words."""

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from training.models.teacher import SPECIAL_TOKENS, Teacher, load_teacher
from training.vocabulary import new_tokenizer

LETTERS = "abcdefghilmnorstuw"


@pytest.fixture
def teacher(tmp_path: Path) -> Teacher:
    tokens = [
        *SPECIAL_TOKENS,
        *("the", "house", "flower", "blue"),
        *LETTERS,
        *(f"##{letter}" for letter in LETTERS),
    ]
    architecture = BertConfig(
        vocab_size=len(tokens),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=256,
    )
    torch.manual_seed(0)
    folder = tmp_path / "teacher"
    BertModel(architecture).save_pretrained(folder)
    new_tokenizer({token: index for index, token in enumerate(tokens)}).save(
        str(folder / "tokenizer.json")
    )
    return load_teacher(folder, sha256=None)
