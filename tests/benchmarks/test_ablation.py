"""The variants of ``benchmarks.ablation``, on notices whose answers are known beforehand."""

from pathlib import Path

import pytest

from benchmarks.ablation import PLAIN, VARIANTS, Asked, ablate, beir, golden, plain_search
from rag.config import Settings
from rag.evaluation.beir import BeirQuestions
from rag.evaluation.golden import GoldenQuestion
from rag.pipeline import Assistant
from tests.conftest import HashingEncoder
from tests.factories import write_notice


@pytest.fixture
def assistant(settings: Settings) -> Assistant:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "amendes", "L’amende atteint quinze millions d’euros.")
    long = "\n\n".join(
        f"## Partie {n}\n\n{f'La partie {n} dit une chose. ' * 40}" for n in range(4)
    )
    write_notice(settings.documents_dir, "longue", long)
    assistant = Assistant.open(settings, encoder=HashingEncoder())
    assistant.ingest()
    return assistant


def silent(label: str, done: int, total: int) -> None:
    """Show nothing."""


QUESTIONS = [
    GoldenQuestion(id="q1", question="garde les journaux", answerable=True, relevant=("journaux",)),
    GoldenQuestion(id="q2", question="amende", answerable=True, relevant=("32024R1689#art_26",)),
    GoldenQuestion(id="q3", question="amende", answerable=True, relevant=("ailleurs",)),
    GoldenQuestion(id="q4", question="recette de la tarte", answerable=False),
]


def test_every_variant_is_asked_the_questions_that_have_an_answer(
    assistant: Assistant, tmp_path: Path
) -> None:
    told: list[str] = []
    runs = ablate(
        assistant,
        golden(QUESTIONS),
        tmp_path / "plain",
        progress=lambda label, done, total: told.append(label),
    )
    assert list(runs) == [*VARIANTS, PLAIN]
    for run in runs.values():
        ranks = {line["id"]: line["rank"] for line in run["questions"]}
        assert ranks == {"q1": ranks["q1"], "q2": 1, "q3": None}
        assert ranks["q1"] in (1, 2, 3)
        assert run["recall@3"] == pytest.approx(2 / 3, abs=1e-4)
        assert "false_refusals" not in run
    assert f"Variantes : {PLAIN}" in told


def test_history_is_read_by_the_program_and_not_by_the_recipe() -> None:
    follow_up = GoldenQuestion(
        id="q", question="et combien ?", history=("Quelle amende ?",), answerable=True
    )
    (asked,) = golden([follow_up])
    assert asked.query.question == "et combien ?"
    assert "amende" in asked.query.text


def test_piece_of_the_recipe_shows_the_units_that_it_covers(
    assistant: Assistant, tmp_path: Path
) -> None:
    search = plain_search(assistant, tmp_path / "plain", limit=6)
    (asked,) = golden([GoldenQuestion(id="q", question="partie 2", answerable=True)])
    shown = [[hit.passage.id for hit in place] for place in search(asked.query)]
    assert ["longue#partie-2"] in shown
    assert [] in shown  # a heading alone, which the splitter cut off


def test_documents_are_ranked_once_each(assistant: Assistant, tmp_path: Path) -> None:
    questions = BeirQuestions(texts={"q": "partie"}, relevant={"q": {"journaux"}})
    asked: list[Asked] = beir(questions)
    runs = ablate(assistant, asked, tmp_path / "plain", by_document=True, progress=silent)
    assert all((run["questions"][0]["rank"] or 0) <= 3 for run in runs.values())
