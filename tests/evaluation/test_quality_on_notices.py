"""The figures that the project promises on its notices alone, with the real encoder.

The project's own questions are always asked; those kept outside the repository where they are.
"""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality import own_files
from benchmarks.record import NOTICES, compare, read_recorded
from rag.config import Settings
from rag.evaluation import evaluate_questions
from rag.evaluation.asking import ask_questions
from rag.evaluation.golden import read_questions
from rag.evaluation.lines import sum_up
from rag.pipeline import Assistant

pytestmark = pytest.mark.slow

OTHER_WORDS, EVERYDAY, WITHOUT_ANSWER = "thesaurus", "courantes", "sans-reponse"
NOTICE_GROUPS = [
    path.stem
    for path in own_files(official=False)
    if path.stem not in {OTHER_WORDS, EVERYDAY, WITHOUT_ANSWER}
]
MOST_WRONG = 0.1
"""Share of the questions whose passage is there that may be refused, or miss their key fact."""

MOST_LOST = 2
"""Recorded successes, about one in a hundred, that a change of the search may trade for others.
Rounding explains none: reading the passages in float32 instead of bfloat16 moves no rank."""


def wrong(result: dict[str, Any]) -> list[str]:
    """List the answerable questions that are refused, or whose key fact is not shown."""
    return [
        question["id"]
        for question in result["questions"]
        if question["answerable"]
        and (question["abstained"] or question["answer_span_found"] is False)
    ]


@pytest.fixture(scope="module")
def results(notices: Settings) -> dict[str, dict[str, Any]]:
    """What each file of the project's own questions gives on the notices alone.

    They are asked on the law of the day when their outcomes were recorded, whatever today is.
    """
    assistant, as_of = Assistant.open(notices), read_recorded().as_of
    return {
        path.stem: sum_up(ask_questions(assistant, read_questions(path), as_of=as_of))
        for path in own_files(official=False)
    }


@pytest.mark.parametrize("group", NOTICE_GROUPS)
def test_own_questions_find_their_passage(results: dict[str, dict[str, Any]], group: str) -> None:
    result = results[group]
    assert result["n"] >= 10
    assert result["verified"] == 1
    assert result["recall@3"] == 1


def test_few_own_questions_are_refused_or_miss_their_fact(
    results: dict[str, dict[str, Any]],
) -> None:
    asked = [line for group in NOTICE_GROUPS for line in results[group]["questions"]]
    failed = [id for group in NOTICE_GROUPS for id in wrong(results[group])]
    assert len(failed) <= MOST_WRONG * sum(line["answerable"] for line in asked), failed


def test_everyday_questions_are_answered(results: dict[str, dict[str, Any]]) -> None:
    assert results[EVERYDAY]["recall@3"] >= 0.95
    assert results[EVERYDAY]["answer_span"] >= 0.75
    assert results[EVERYDAY]["false_refusals"] <= 0.1


def test_few_recorded_successes_are_lost(results: dict[str, dict[str, Any]]) -> None:
    lines = [line for result in results.values() for line in result["questions"]]
    change = compare(read_recorded().outcomes[NOTICES], lines)
    assert len(change.lost) <= MOST_LOST, str(change)


def test_questions_without_an_answer_seldom_get_one(results: dict[str, dict[str, Any]]) -> None:
    unanswerable = [
        question
        for result in results.values()
        for question in result["questions"]
        if not question["answerable"]
    ]
    answered = [
        question["id"]
        for question in unanswerable
        if not (question["abstained"] or question["unsettled"])
    ]
    assert len(answered) <= 0.2 * len(unanswerable), answered


def test_acronyms_synonyms_and_english_words_find_their_unit(
    results: dict[str, dict[str, Any]],
) -> None:
    assert results[OTHER_WORDS]["recall@3"] >= 0.8
    assert results[OTHER_WORDS]["recall@5"] >= 0.9


def test_notices_answer_the_questions_they_cover(notices: Settings, questions: Path) -> None:
    result = evaluate_questions(notices, questions / "questions-dev.jsonl")
    assert result["recall@3"] == 1
    assert result["false_answers"] == 0
    assert result["false_refusals"] == 0
    assert result["verified"] == 1
