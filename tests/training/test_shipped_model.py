"""The encoder in the package is the one that was measured, and works with no network."""

from pathlib import Path

import pytest
import torch
from sentence_transformers import SentenceTransformer

from training.models.teacher import sha256_of

FOLDER = Path(__file__).parents[2] / "rag" / "models" / "radiact-minilm-fr"
SHA256 = "0104c9fd12997c5f269ba5f9c38db2fdbc0999e5dd6f2a2166c2c7c1af933132"
WEIGHTS_SHA256 = "41c308093c7aba025ac5bbb341ad83265d27017eda51e2e5a9654843034c7ca7"
LARGEST_WEIGHTS = 48_000_000


@pytest.fixture(scope="module")
def model() -> SentenceTransformer:
    return SentenceTransformer(str(FOLDER), device="cpu", local_files_only=True)


def test_weights_are_the_measured_ones() -> None:
    assert sha256_of(FOLDER / "model.safetensors") == SHA256
    assert sha256_of(FOLDER / "2_WordWeights" / "config.json") == WEIGHTS_SHA256


def test_weights_are_small() -> None:
    assert (FOLDER / "model.safetensors").stat().st_size <= LARGEST_WEIGHTS


def test_model_runs_in_single_precision(model: SentenceTransformer) -> None:
    assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}


def test_vectors_have_length_one(model: SentenceTransformer) -> None:
    vectors = model.encode(["Qui surveille l'algorithme ?", "x"], convert_to_tensor=True)
    assert vectors.shape == (2, 384)
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(2))
    assert model.max_seq_length == 256


def test_typography_does_not_change_the_vector(model: SentenceTransformer) -> None:
    plain, typeset = model.encode(
        ["l'exploitant doit : garder", "L\u2019exploitant doit\u00a0: garder"],
        convert_to_tensor=True,
    )
    torch.testing.assert_close(plain, typeset)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("contrôle humain", "human oversight", "recette de cuisine"),
        ("protection des données", "data protection", "match de football"),
        ("durée de conservation des journaux", "how long records are kept", "chien et chat"),
        ("Qui est responsable du traitement ?", "le responsable des données", "il fait beau"),
    ],
)
def test_meaning_crosses_languages(
    model: SentenceTransformer, text: str, near: str, far: str
) -> None:
    similarities = model.similarity(model.encode([text]), model.encode([near, far]))[0]
    assert similarities[0] > similarities[1] + 0.1
