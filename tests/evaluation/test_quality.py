"""The figures that the project promises, on labelled questions kept outside the repository."""

import os
from pathlib import Path

import pytest

from rag.config import Settings
from rag.evaluation import evaluate_beir, evaluate_questions
from rag.pipeline import Assistant
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def questions() -> Path:
    default = REPOSITORY.parent / "shared" / "benchmarks"
    folder = Path(os.environ.get("RADIACT_TEST_BENCHMARKS", default))
    if not folder.is_dir():
        pytest.skip(f"questions étiquetées absentes : {folder} (voir RADIACT_TEST_BENCHMARKS)")
    return folder


def test_notices_answer_the_questions_they_cover(settings: Settings, questions: Path) -> None:
    Assistant.open(settings).ingest([REPOSITORY / "documents"])
    result = evaluate_questions(settings, questions / "questions-dev.jsonl")
    assert result["recall@5"] >= 0.9
    assert result["verified"] == 1


def test_official_texts_answer_hard_questions(
    settings: Settings, questions: Path, corpus: Path
) -> None:
    names = ("32024R1689/fr.html", "32016R0679/fr.html", "actualites/thema-radiologie-4090.txt")
    Assistant.open(settings).ingest([REPOSITORY / "documents", *(corpus / name for name in names)])
    result = evaluate_questions(settings, questions / "gold-dev.jsonl")
    assert result["recall@5"] >= 0.55
    assert result["verified"] == 1


def test_paraphrases_find_their_passage(settings: Settings, questions: Path) -> None:
    assert evaluate_beir(settings, questions / "cnil-faq")["recall@5"] >= 0.8
