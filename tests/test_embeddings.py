import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import load_file, save_file

from rag import embeddings
from rag.bert import is_supported
from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder, forbid_network
from rag.errors import ConfigurationError, Problem


def test_vectors_are_of_unit_length_and_bring_meanings_together() -> None:
    vectors = SentenceEncoder(str(EMBEDDED_MODEL)).encode(
        ["Le contrôle humain de l’IA", "human oversight of AI", "une recette de crêpes"]
    )
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.15


def test_fingerprint_follows_the_files_that_shape_the_vectors(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    first = SentenceEncoder(str(tmp_path)).fingerprint
    (tmp_path / "README.md").write_text("Une fiche.")
    assert SentenceEncoder(str(tmp_path)).fingerprint == first
    (tmp_path / "config.json").write_text("{ }")
    assert SentenceEncoder(str(tmp_path)).fingerprint != first


@pytest.mark.parametrize("model", ["modele/absent", "ni dossier ni nom", ""])
def test_missing_model_is_named(model: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _ = SentenceEncoder(model or "/dossier/absent").folder
    assert raised.value.problem is Problem.MODEL_NOT_FOUND


def test_damaged_model_is_named(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path, dirs_exist_ok=True)
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ConfigurationError):
        SentenceEncoder(str(tmp_path)).encode(["Un texte."])


def test_offline_is_the_default_and_reporting_is_never_on() -> None:
    SentenceEncoder(str(EMBEDDED_MODEL))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    for variable in ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING"):
        assert os.environ[variable] == "false"
    forbid_network(offline=False)
    assert os.environ["HF_HUB_OFFLINE"] == "0"
    forbid_network(offline=True)


TEXTS = [
    "Qui est responsable ?",
    "L’IA",
    "Le déployeur conserve les journaux générés automatiquement pendant six mois. " * 12,
]


def test_weights_that_numpy_cannot_read_are_left_to_the_library(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "model.safetensors"
    weights = load_file(file)
    save_file({name: weight.bfloat16() for name, weight in weights.items()}, file)
    assert not is_supported(tmp_path)
    assert SentenceEncoder(str(tmp_path)).encode(["Qui ?"]).shape == (1, 384)
    save_file({f"bert.{name}": weight for name, weight in weights.items()}, file)
    assert not is_supported(tmp_path)


def test_no_text_gives_no_vector() -> None:
    assert len(SentenceEncoder(str(EMBEDDED_MODEL)).encode([])) == 0


def test_few_texts_are_read_without_the_library_and_give_the_same_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embeddings, "has_fast_bfloat16", lambda: False)
    folder = str(EMBEDDED_MODEL)
    quick, usual = SentenceEncoder(folder), SentenceEncoder(folder)
    vectors = quick.encode(TEXTS)
    assert "_transformer" not in vars(quick)
    expected = usual.encode(TEXTS * 20)[: len(TEXTS)]
    assert "_transformer" in vars(usual)
    np.testing.assert_allclose(vectors, expected, atol=1e-5)


def test_bfloat16_moves_vectors_little_and_keeps_their_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embeddings, "has_fast_bfloat16", lambda: True)
    encoder = SentenceEncoder(str(EMBEDDED_MODEL))
    vectors = encoder.encode(TEXTS * 20)[: len(TEXTS)]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    cosines = np.sum(vectors * encoder.encode(TEXTS), axis=1)
    assert cosines.min() > 0.999
    assert cosines.max() < 1 - 1e-7, "the other path was taken"


def test_asking_does_not_import_the_library() -> None:
    code = (
        "import sys; from rag.config import EMBEDDED_MODEL; from rag.embeddings import *;"
        "SentenceEncoder(str(EMBEDDED_MODEL)).encode(['Qui ?']);"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("config.json", '"gelu"', '"relu"'),
        ("config.json", '"bert"', '"roberta"'),
        ("modules.json", "Normalize", "Dense"),
        (
            "3_Pooling/config.json",
            '"pooling_mode_cls_token": false',
            '"pooling_mode_cls_token": true',
        ),
    ],
)
def test_another_make_of_model_is_left_to_the_library(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    shutil.copytree(EMBEDDED_MODEL, tmp_path, dirs_exist_ok=True)
    assert is_supported(tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new), encoding="utf-8")
    assert not is_supported(tmp_path)
    assert not is_supported(tmp_path / "absent")


def test_tokens_know_where_they_begin_in_their_text() -> None:
    encoder = SentenceEncoder(str(EMBEDDED_MODEL))
    few = encoder.read(TEXTS[:1]).tokens[0]
    assert few.starts[0] == few.starts[-1] == -1  # the marks of its ends
    assert TEXTS[0][few.starts[1] :].startswith("Qui")
    assert TEXTS[0][few.starts[-2] :] == "?"
    assert few.weights[1] < few.weights[list(few.starts).index(TEXTS[0].index("responsable"))]
    many = encoder.read(TEXTS[:1] * (embeddings.FEW + 1)).tokens[0]
    assert many.starts.tolist() == few.starts.tolist()
    assert many.weights.tolist() == few.weights.tolist()
