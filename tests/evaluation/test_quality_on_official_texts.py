"""The figures that the project promises on the official texts beside its notices."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.quality import own_files
from benchmarks.record import read_recorded
from rag.config import Settings
from rag.evaluation import evaluate_questions
from rag.evaluation.asking import ask_questions
from rag.evaluation.golden import read_questions
from rag.evaluation.lines import sum_up
from rag.pipeline import Assistant
from rag.types import Answer

pytestmark = pytest.mark.slow

OFFICIAL_TEXTS = ("32024R1689/fr.html", "32016R0679/fr.html")
WHEN = "à partir de quand les obligations haut risque s'appliquent à une IA de radiologie ?"


@pytest.fixture(scope="module")
def official(notices: Settings, corpus: Path) -> Settings:
    """The notices beside the official texts of 2024 and 2016."""
    texts = [*OFFICIAL_TEXTS, "actualites/thema-radiologie-4090.txt"]
    Assistant.open(notices).ingest([corpus / name for name in texts])
    return notices


def quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


def test_high_risk_dates_are_those_of_the_day_asked_for(official: Settings) -> None:
    assistant = Assistant.open(official)
    today = assistant.ask(WHEN, as_of=date(2026, 11, 24))
    assert "2 août 2028" in quotes(today)
    assert "2026/1744" in quotes(today)
    assert "2 août 2027" not in quotes(today)
    before = assistant.ask(WHEN, as_of=date(2025, 6, 1))
    assert "2 août 2027" in quotes(before)
    assert "2028" not in quotes(before)
    assert {citation.hit.passage.document for citation in before.citations} == {"32024R1689"}


def test_official_text_is_quoted_before_the_notice_that_explains_it(official: Settings) -> None:
    answer = Assistant.open(official).ask("combien de temps faut garder les logs de l'IA")
    documents = [citation.hit.passage.document for citation in answer.citations]
    assert documents[0] == "32024R1689"
    assert "six mois" in answer.citations[0].quote


def test_official_texts_answer_hard_questions(official: Settings, questions: Path) -> None:
    result = evaluate_questions(official, questions / "gold-dev.jsonl")
    assert result["recall@1"] >= 0.65
    assert result["recall@3"] >= 0.84
    assert result["recall@5"] >= 0.92
    assert result["answer_span"] >= 0.55
    assert result["false_answers"] <= 0.1
    assert result["false_refusals"] <= 0.08
    assert result["verified"] == 1


def test_questions_asked_beside_the_official_texts_keep_their_answers(
    official: Settings, questions: Path
) -> None:
    result = evaluate_questions(official, questions / "questions-dev.jsonl")
    assert result["recall@3"] == 1
    assert result["false_answers"] == 0
    assert result["false_refusals"] == 0


def test_own_questions_on_the_official_texts_find_their_unit(official: Settings) -> None:
    """Every third question: ``make evaluate`` asks them all."""
    asked = [one for path in own_files(official=True) for one in read_questions(path)[::3]]
    result = sum_up(ask_questions(Assistant.open(official), asked, as_of=read_recorded().as_of))
    assert result["recall@5"] >= 0.78
    assert result["answer_span"] >= 0.44
    assert result["verified"] == 1
