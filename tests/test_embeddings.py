import os
import shutil
from pathlib import Path

import numpy as np
import pytest

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
