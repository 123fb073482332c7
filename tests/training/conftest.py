"""A teacher small enough for a test: one layer, sixteen dimensions, four English words."""

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertModel

from training import transplant
from training.data.corpora import Corpora, Pair
from training.models.teacher import SPECIAL_TOKENS, Teacher, load_teacher
from training.vocabulary import learn_tokenizer, new_tokenizer, vocabulary_texts

PAIRS = [
    Pair("la maison", "the house"),
    Pair("la fleur", "the flower"),
    Pair("la maison bleue", "the blue house"),
    Pair("la fleur bleue", "the blue flower"),
]
CORPORA = Corpora(laws=PAIRS * 3, everyday=PAIRS * 3, gdpr=PAIRS[:1], glossary=[], wikipedia=[])

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


@pytest.fixture
def work(teacher: Teacher, tmp_path: Path) -> Path:
    """A work folder in which the transplant is made."""
    tokenizer = learn_tokenizer(vocabulary_texts(CORPORA), size=120, progress=False)
    transplant.transplant(
        CORPORA,
        teacher,
        tokenizer,
        recipe=transplant.Recipe(),
        out=tmp_path / "work" / transplant.STAGE,
        progress=False,
    )
    return tmp_path / "work"
