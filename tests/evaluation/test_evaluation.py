import json
from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import ConfigurationError
from rag.evaluation import evaluate_beir, evaluate_questions, to_markdown
from rag.evaluation.golden import is_relevant
from rag.pipeline import Assistant
from tests.factories import make_hit, write_notice


def write_lines(path: Path, *records: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), "utf-8")
    return path


@pytest.mark.parametrize(
    ("key", "relevant"),
    [
        ("ria#art_26.6", True),
        ("ria#art_26", True),
        ("ria", True),
        ("ria#art_2", False),
        ("ria#art_26.6.a", False),
        ("rgpd", False),
    ],
)
def test_relevance_goes_down_the_units(key: str, relevant: bool) -> None:
    assert is_relevant(make_hit("x", id="ria#art_26.6"), key) is relevant


def test_golden_questions_measure_the_whole_chain(settings: Settings, tmp_path: Path) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "amendes", "L’amende atteint quinze millions d’euros.")
    Assistant.open(settings).ingest()
    questions = write_lines(
        tmp_path / "questions.jsonl",
        {"id": "q1", "question": "Qui garde les journaux six mois ?", "history": [],
         "answerable": True, "relevant": ["journaux"], "answer_span": "garde les journaux"},
        {"id": "q2", "question": "recette de la tarte tatin", "answerable": False, "relevant": []},
    )  # fmt: skip
    result = evaluate_questions(settings, questions)
    assert (result["n"], result["n_answerable"]) == (2, 1)
    assert result["recall@1"] == result["answer_span"] == result["verified"] == 1
    assert result["false_answers"] == result["false_refusals"] == 0
    assert result["questions"][0]["rank"] == 1
    assert "recall@5" in to_markdown(result)


def test_only_the_point_asked_about_counts_as_unsettled(settings: Settings, tmp_path: Path) -> None:
    body = "La date de la norme sur les journaux n’est pas confirmée."
    write_notice(settings.documents_dir, "norme", body)
    Assistant.open(settings).ingest()
    questions = write_lines(
        tmp_path / "questions.jsonl",
        {"id": "asked", "question": "norme journaux date", "answerable": False},
        {"id": "other", "question": "quelle norme pour les journaux en radiologie, et qui la signe",
         "answerable": False},
    )  # fmt: skip
    asked, other = evaluate_questions(settings, questions)["questions"]
    assert asked["unsettled"]
    assert not other["abstained"]
    assert not other["unsettled"]


def test_unreadable_questions_name_the_line(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "q1", "question": "x", "answerable": true}\n{"id": 2}\n')
    with pytest.raises(ConfigurationError) as raised:
        evaluate_questions(settings, path)
    assert raised.value.details["line"] == 2


def test_beir_folder_is_measured_apart_from_the_documents(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    write_lines(
        folder / "corpus.jsonl",
        {"_id": "d1", "title": "Cookies", "text": "Un cookie est un petit fichier."},
        {"_id": "d2", "title": "Amendes", "text": "La formation restreinte prononce l’amende."},
        {"_id": "d3", "title": "Doublon", "text": "Un cookie est un petit fichier."},
    )
    write_lines(folder / "queries.jsonl", {"_id": "q1", "text": "C’est quoi un cookie ?"})
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td3\t1\n")
    result = evaluate_beir(settings, folder)
    assert result["recall@1"] == 1  # d1 has the words of d3
    assert result["n"] == 1
    assert not settings.data_dir.exists()


def test_folder_of_another_layout_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        evaluate_beir(settings, tmp_path)
