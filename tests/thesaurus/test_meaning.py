import json

import pytest

from rag.thesaurus.meaning import asks_for_meaning
from tests.conftest import REPOSITORY

QUESTIONS = REPOSITORY / "benchmarks" / "questions"


def asked(name: str) -> list[str]:
    lines = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


@pytest.mark.parametrize("question", asked("glossaire"))
def test_question_about_a_word_is_known(question: str) -> None:
    assert asks_for_meaning(question)


@pytest.mark.parametrize(
    "question",
    [
        "Combien de temps garder les logs de l’IA ?",
        "c’est quoi comme amende si je ne fais rien",
        "Qu’est-ce qui n’a pas été reporté par l’omnibus ?",
        "Qu’est-ce que je risque ?",
        "Le patient doit-il signer un consentement ?",
    ],
)
def test_question_about_the_thing_is_not(question: str) -> None:
    assert not asks_for_meaning(question)


def test_questions_in_other_words_are_seldom_about_words() -> None:
    assert sum(map(asks_for_meaning, asked("thesaurus"))) <= 1
