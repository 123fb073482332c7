"""New tokens take the vectors of their translations, and the model is the same every time."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from scipy.sparse import csr_array
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from rag.bert import Bert, is_supported
from training.alignment.embedding_table import build_table, likeliest
from training.alignment.english import overlap_counts
from training.data.corpora import Corpora, Pair
from training.models.encoder import TrainableEncoder, tokenize
from training.models.teacher import (
    WORD_EMBEDDINGS,
    Teacher,
    TeacherError,
    load_teacher,
)
from training.transplant import Recipe, transplant
from training.vocabulary import learn_tokenizer, vocabulary_texts

PAIRS = [
    Pair("la maison", "the house"),
    Pair("la fleur", "the flower"),
    Pair("la maison bleue", "the blue house"),
    Pair("la fleur bleue", "the blue flower"),
] * 3
CORPORA = Corpora(laws=PAIRS, everyday=PAIRS, gdpr=PAIRS[:1], glossary=[], wikipedia=["la maison"])
RECIPE = Recipe(law_pairs=10, everyday_pairs=10)


def make_model(teacher: Teacher, out: Path, *, recipe: Recipe = RECIPE) -> str:
    tokenizer = learn_tokenizer(vocabulary_texts(CORPORA, law_pairs=10), size=120, progress=False)
    return transplant(CORPORA, teacher, tokenizer, recipe=recipe, out=out, progress=False)


def vector(model: SentenceTransformer, token: str) -> torch.Tensor:
    weights: torch.Tensor = model[0].auto_model.get_input_embeddings().weight
    return weights[model.tokenizer.convert_tokens_to_ids(token)]


def test_teacher_with_other_weights_is_refused(teacher: Teacher) -> None:
    with pytest.raises(TeacherError, match="expected 0000"):
        load_teacher(teacher.folder, sha256="0000")


def test_french_word_is_nearest_to_its_translation(teacher: Teacher, tmp_path: Path) -> None:
    make_model(teacher, tmp_path / "model")
    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    similarities = torch.nn.functional.cosine_similarity(
        vector(model, "maison"), teacher.tensors[WORD_EMBEDDINGS]
    )
    assert int(similarities.argmax()) == teacher.tokenizer.token_to_id("house")


def test_same_inputs_give_the_same_fingerprint(teacher: Teacher, tmp_path: Path) -> None:
    first = make_model(teacher, tmp_path / "first")
    assert make_model(teacher, tmp_path / "second") == first
    files = sorted(path.name for path in (tmp_path / "first").rglob("*") if path.is_file())
    assert files == [
        "config.json",
        "config.json",
        "config.json",
        "config_sentence_transformers.json",
        "model.safetensors",
        "model.safetensors",
        "modules.json",
        "sentence_bert_config.json",
        "tokenizer.json",
        "tokenizer_config.json",
    ]


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_every_reader_weighs_the_layers_alike(
    teacher: Teacher, tmp_path: Path, share: float
) -> None:
    folder = tmp_path / "model"
    make_model(teacher, folder, recipe=replace(RECIPE, embeddings_weight=share))
    model = SentenceTransformer(str(folder), device="cpu")
    expected = model.encode(["la maison bleue"])[0]
    assert is_supported(folder)
    read = Bert(folder).read(["la maison bleue"])[0]
    np.testing.assert_allclose(read.vector, expected, atol=1e-5)
    states = model.encode(["la maison bleue"], output_value="token_embeddings")[0]
    np.testing.assert_allclose(read.tokens, states.numpy(), atol=1e-5)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    encoder = TrainableEncoder.load(folder).eval()
    trained = encoder(tokenize(tokenizer, ["la maison bleue"], longest=64)).texts
    np.testing.assert_allclose(trained.detach().numpy()[0], expected, atol=1e-5)


def test_vocabulary_size_is_recorded(teacher: Teacher, tmp_path: Path) -> None:
    make_model(teacher, tmp_path / "model")
    architecture = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    assert architecture["vocab_size"] == len(model.tokenizer)


def test_likeliest_keeps_the_best_and_sharpens_them() -> None:
    counts = csr_array(np.array([[4.0, 1.0, 0.5], [0.0, 0.0, 0.0]]))
    weights = likeliest(counts, translations=2, power=1.5).toarray()
    np.testing.assert_allclose(weights, [[8 / 9, 1 / 9, 0.0], [0.0, 0.0, 0.0]])


def test_token_never_aligned_takes_the_pieces_of_its_spelling(teacher: Teacher) -> None:
    tokenizer = learn_tokenizer(["house tea"] * 3, size=60, progress=False)
    nothing = csr_array((tokenizer.get_vocab_size(), teacher.tokenizer.get_vocab_size()))
    table = build_table(
        nothing,
        tokenizer=tokenizer,
        teacher=teacher.tokenizer,
        vectors=teacher.word_embeddings,
    )
    pieces = [teacher.tokenizer.token_to_id(piece) for piece in ("t", "##e", "##a")]
    expected = teacher.word_embeddings[pieces].mean(axis=0)
    np.testing.assert_allclose(table[tokenizer.token_to_id("tea")], expected, rtol=1e-5)


def test_english_token_counts_for_the_pieces_it_covers(teacher: Teacher) -> None:
    tokenizer: Tokenizer = learn_tokenizer(["house tea"] * 3, size=60, progress=False)
    counts = overlap_counts(tokenizer, teacher.tokenizer, ["The tea house, tea"])
    tea = counts[[tokenizer.token_to_id("tea")]].toarray().ravel()
    pieces = [teacher.tokenizer.token_to_id(piece) for piece in ("t", "##e", "##a")]
    np.testing.assert_allclose(tea[pieces], [2 / 3, 2 / 3, 2 / 3], rtol=1e-5)
