"""The reranker's model: real cross-encoders, small and untrained."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.config import EMBEDDED_MODEL, Settings
from rag.errors import ConfigurationError, Problem
from rag.messages import NBSP, french
from rag.pipeline import Assistant
from rag.reranker import CrossEncoderReranker
from tests.conftest import REPOSITORY, HashingEncoder
from tests.cross_encoders import make_cross_encoder
from tests.factories import make_query, write_notice

QUESTION = "qui garde les journaux ?"
PASSAGES = ("Journaux\nLe déployeur les garde.", "L’amende atteint quinze millions. " * 40, "")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_cross_encoder(tmp_path_factory.mktemp("modele") / "lettres")


def test_scores_are_those_of_the_library_in_the_order_of_the_passages(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    scores = CrossEncoderReranker(str(model)).scores(QUESTION, PASSAGES)
    pairs = [(QUESTION, passage) for passage in PASSAGES]
    expected = CrossEncoder(str(model), device="cpu", local_files_only=True).predict(pairs)
    np.testing.assert_allclose(scores, expected, atol=1e-6)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == len(PASSAGES)
    assert 0 < scores.min() < scores.max() < 1


def test_question_is_read_with_the_passage(model: Path) -> None:
    reranker = CrossEncoderReranker(str(model))
    assert reranker.scores("une question", PASSAGES[:1]) != reranker.scores("autre", PASSAGES[:1])


def test_no_passage_gives_no_score_and_loads_nothing(model: Path) -> None:
    reranker = CrossEncoderReranker(str(model))
    assert reranker.scores(QUESTION, []).shape == (0,)
    assert "_cross_encoder" not in vars(reranker)


@pytest.mark.parametrize("kept", ["as the library saves it", "without an activation"])
def test_every_make_of_cross_encoder_gives_the_same_scale(
    model: Path, tmp_path: Path, kept: str
) -> None:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    activation = Identity() if kept == "without an activation" else None
    saved = CrossEncoder(str(model), device="cpu", local_files_only=True, activation_fn=activation)
    saved.save_pretrained(str(tmp_path))
    scores = CrossEncoderReranker(str(tmp_path)).scores(QUESTION, PASSAGES)
    expected = CrossEncoderReranker(str(model)).scores(QUESTION, PASSAGES)
    np.testing.assert_allclose(scores, expected, atol=1e-6)


def test_half_precision_is_read_in_single(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(make_cross_encoder(tmp_path / "demi", half=True)))
    assert reranker.scores(QUESTION, PASSAGES).shape == (3,)
    assert str(reranker._cross_encoder.dtype) == "torch.float32"


@pytest.mark.parametrize("absent", ["modele/absent", "ni dossier ni nom", "/dossier/absent"])
def test_absent_model_is_refused_in_french_before_any_question(
    settings: Settings, encoder: HashingEncoder, absent: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Assistant.open(replace(settings, reranker=absent), encoder=encoder)
    assert raised.value.problem is Problem.RERANKER_NOT_FOUND
    said = french(raised.value)
    assert f"«{NBSP}{absent}{NBSP}»" in said
    assert "RADIACT_RERANKER" in said
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_encoder_is_no_reranker() -> None:
    with pytest.raises(ConfigurationError) as raised:
        CrossEncoderReranker(str(EMBEDDED_MODEL))
    assert raised.value.problem is Problem.NOT_A_RERANKER
    assert "CrossEncoder" in french(raised.value)


def test_model_of_several_scores_is_no_reranker(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(make_cross_encoder(tmp_path / "trois", labels=3)))
    with pytest.raises(ConfigurationError) as raised:
        reranker.scores(QUESTION, PASSAGES)
    assert raised.value.problem is Problem.NOT_A_RERANKER


def test_damaged_model_is_named(tmp_path: Path) -> None:
    folder = make_cross_encoder(tmp_path / "abime")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ConfigurationError) as raised:
        CrossEncoderReranker(str(folder)).scores(QUESTION, PASSAGES)
    assert raised.value.problem is Problem.RERANKER_NOT_FOUND
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(ConfigurationError):
        CrossEncoderReranker(str(folder))


def test_setting_reorders_with_the_real_model(
    settings: Settings, encoder: HashingEncoder, model: Path
) -> None:
    for number in range(5):
        write_notice(settings.documents_dir, f"n{number}", f"Les journaux. {'abc' * number}")
    variables = {
        "RADIACT_RERANKER": str(model),
        "RADIACT_DATA_DIR": str(settings.data_dir),
        "RADIACT_DOCUMENTS_DIR": str(settings.documents_dir),
    }
    assistant = Assistant.open(Settings.from_environment(variables), encoder=encoder)
    reranker = assistant.retriever.reranker
    assert isinstance(reranker, CrossEncoderReranker)
    assert "_cross_encoder" not in vars(reranker)
    assistant.ingest()
    hits = assistant.retriever.search(make_query("journaux"))
    read = {
        hit.passage.document: part.raw
        for hit in hits
        for part in hit.parts
        if part.signal == "reranker"
    }
    passages = {hit.passage.document: hit.passage.retrieval_text for hit in hits}
    expected = reranker.scores("journaux", [passages[name] for name in read])
    assert list(read.values()) == pytest.approx(expected.tolist(), abs=1e-6)
    assert next(iter(read)) == max(read, key=lambda name: read[name])


def test_nothing_is_imported_where_none_is_set(settings: Settings) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    code = (
        "import sys; from rag.config import Settings; from rag.pipeline import Assistant;"
        "assistant = Assistant.open(Settings.from_environment()); assistant.ingest();"
        "assert assistant.ask('qui garde les journaux ?').hits;"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    environment = {
        **os.environ,
        "RADIACT_RERANKER": "",
        "RADIACT_DATA_DIR": str(settings.data_dir),
        "RADIACT_DOCUMENTS_DIR": str(settings.documents_dir),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=REPOSITORY, check=False
    )
    assert done.returncode == 0
