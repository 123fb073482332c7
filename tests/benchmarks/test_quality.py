"""``make evaluate`` on a notice and a few questions, with the embedded encoder."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from benchmarks import quality
from benchmarks.results_folder import latest
from tests.factories import write_notice


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    documents, questions = tmp_path / "documents", tmp_path / "questions"
    documents.mkdir()
    questions.mkdir()
    write_notice(documents, "journaux", "Le déployeur garde les journaux six mois.")
    for name, id in (("groupe", "q1"), ("officiels-ia", "q2")):
        (questions / f"{name}.jsonl").write_text(
            f'{{"id": "{id}", "question": "Qui garde les journaux ?", "answerable": true, '
            '"relevant": ["journaux"]}\n'
        )
    monkeypatch.setenv("RADIACT_DOCUMENTS_DIR", str(documents))
    monkeypatch.setattr(quality, "OWN", questions)
    return tmp_path


def evaluate(place: Path) -> str:
    app = typer.Typer()
    app.command()(quality.main)
    folders = {name: str(place / name) for name in ("corpus", "benchmarks", "results")}
    done = CliRunner().invoke(app, [f"--{key}={folder}" for key, folder in folders.items()])
    assert done.exit_code == 0, done.output
    return done.output


def test_what_is_absent_is_named_and_the_rest_measured(place: Path) -> None:
    said = evaluate(place)
    assert "Absent de cette machine" in said
    assert "cnil-faq" in said
    folder = latest(place / "results")
    assert folder is not None
    held = {path.stem for path in folder.glob("*.json")}
    assert held == {"environment", "ablation", "notices"}
    report = (folder / "rapport.md").read_text("utf-8")
    assert "| groupe | 1 | 0 | 1,00 | 1,00 |" in report
    assert "Absent de cette machine" in report
    assert "LangChain simple" in report


def test_questions_on_official_texts_are_asked_where_these_are(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = place / "corpus"
    texts.mkdir()
    write_notice(texts, "loi", "La loi fixe une durée de trois ans.")
    monkeypatch.setattr(quality, "DOCUMENTS", ("loi.md",))
    (place / "benchmarks").mkdir()
    (place / "benchmarks" / "gold-dev.jsonl").write_text(
        '{"id": "g1", "question": "quelle durée fixe la loi", "answerable": true, '
        '"relevant": ["loi"]}\n'
    )
    evaluate(place)
    folder = latest(place / "results")
    assert folder is not None
    asked = {
        name: json.loads((folder / f"{name}.json").read_text("utf-8"))["questions"][0]["id"]
        for name in ("notices", "officiels", "gold-dev")
    }
    assert asked == {"notices": "q1", "officiels": "q2", "gold-dev": "g1"}
