"""Weights of tokens: the commoner, the lighter, for every reader of the folder."""

import json
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from rag.bert import Bert, is_supported
from training.models.model_folder import write_token_weights
from training.vocabulary import tokens_in_order
from training.weighting import frequencies, weights_of

TEXTS = ["la maison bleue", "la fleur de la maison", "la fleur"]


@pytest.fixture
def folder(transplanted: Path) -> Path:
    """An encoder in which « la » weighs a tenth, and both ends nothing."""
    write_token_weights(
        transplanted,
        {"la": 0.1, "[CLS]": 0.0, "[SEP]": 0.0},
        vocabulary=tokens_in_order(Tokenizer.from_file(str(transplanted / "tokenizer.json"))),
    )
    return transplanted


def test_frequencies_are_shares_of_all_tokens(transplanted: Path) -> None:
    tokenizer = Tokenizer.from_file(str(transplanted / "tokenizer.json"))
    found = frequencies(tokenizer, TEXTS)
    assert found.sum() == pytest.approx(1)
    tokens = sum(len(tokenizer.encode(text).ids) for text in TEXTS)
    assert found[tokenizer.token_to_id("[CLS]")] == pytest.approx(3 / tokens)


def test_common_token_weighs_less_than_a_rare_one(transplanted: Path) -> None:
    tokenizer = Tokenizer.from_file(str(transplanted / "tokenizer.json"))
    weights = weights_of(tokenizer, TEXTS, smoothing=0.1)
    assert 0 < weights["la"] < weights["fleur"] < 1
    assert weights["la"] == pytest.approx(0.1 / (0.1 + frequencies(tokenizer, TEXTS)[
        tokenizer.token_to_id("la")]), abs=0.01)  # fmt: skip
    assert "bleu" not in weights  # never seen: it weighs one


def test_every_reader_weighs_the_tokens_alike(folder: Path) -> None:
    assert is_supported(folder)
    model = SentenceTransformer(str(folder), device="cpu")
    for text, read in zip(TEXTS, Bert(folder).read(TEXTS), strict=True):
        np.testing.assert_allclose(read.vector, model.encode([text])[0], atol=1e-5)


def test_weightless_tokens_do_not_move_the_vector(folder: Path) -> None:
    read = Bert(folder).read(["la maison"])[0]
    weighed = 0.1 * read.tokens[1] + read.tokens[2]
    assert len(read.tokens) == 4
    np.testing.assert_allclose(read.vector, weighed / np.linalg.norm(weighed), atol=1e-5)


def test_weights_can_be_written_again(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    written = json.loads((folder / "2_WordWeights" / "config.json").read_text(encoding="utf-8"))
    write_token_weights(folder, written["word_weights"], vocabulary=written["vocab"])
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.fixture
def transplanted(work: Path) -> Path:
    return work / "transplant"
