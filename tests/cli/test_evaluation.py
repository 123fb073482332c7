"""``radiact evaluate`` on a notice, in this process, with the embedded encoder."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from rag.cli.app import app
from rag.config import Settings
from rag.errors import ConfigurationError
from rag.evaluation import folder
from rag.pipeline import Assistant
from tests.factories import write_notice

Evaluate = Callable[..., Result]


@pytest.fixture
def evaluate(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    Assistant.open(settings).ingest()
    monkeypatch.setenv("RADIACT_DATA_DIR", str(settings.data_dir))
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"id": "bonne", "question": "Qui garde les journaux six mois ?", "answerable": true, '
        '"relevant": ["journaux"], "answer_span": "garde les journaux"}\n'
        '{"id": "absente", "question": "Qui garde les journaux six mois ?", "answerable": true, '
        '"relevant": ["ailleurs"]}\n'
    )

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["evaluate", "--questions", str(questions), *arguments])

    return run


def test_table_then_failures(evaluate: Evaluate) -> None:
    done = evaluate()
    assert done.exit_code == 0, done.output
    assert done.stdout.index("| recall@5 | 0,500 |") < done.stdout.index("# Échecs")
    assert "Bonne unité absente des dix premiers résultats (1)" in done.stdout
    assert "- `absente` «" in done.stdout


def test_json_has_a_line_for_each_question(evaluate: Evaluate) -> None:
    right, wrong = json.loads(evaluate("--json").stdout)["questions"]
    assert {
        "id", "question", "answerable", "relevant", "rank", "abstained", "reason", "hits",
        "answer_span_found", "quotes", "confidence", "latency_ms", "cause",
    } <= set(right)  # fmt: skip
    assert right["quotes"] == ["Le déployeur garde les journaux six mois."]
    assert right["latency_ms"] > 0
    assert right["cause"] is None
    assert (wrong["rank"], wrong["cause"]) == (None, "unit_missing")


def test_former_run_is_compared(evaluate: Evaluate, tmp_path: Path) -> None:
    former = json.loads(evaluate("--json").stdout)
    former["questions"][0]["rank"] = 4
    path = tmp_path / "avant.json"
    path.write_text(json.dumps(former))
    against = json.loads(evaluate("--against", str(path), "--json").stdout)["against"]
    assert [change["id"] for change in against["won"]] == ["bonne"]
    text = evaluate("--against", str(path)).stdout
    assert "# Depuis la mesure antérieure" in text
    assert "rang 4 → rang 1" in text


def test_report_is_a_folder(evaluate: Evaluate, tmp_path: Path) -> None:
    target = tmp_path / "rapport"
    assert evaluate("--report", str(target)).exit_code == 0
    names = {path.name for path in target.iterdir()}
    assert names == {"rapport.md", "run.json", "rappel.svg", "latence.svg", "calibration.svg"}
    assert "## q.jsonl" in (target / "rapport.md").read_text("utf-8")
    assert json.loads((target / "run.json").read_text("utf-8"))["n"] == 2


def test_without_matplotlib_it_says_what_to_install(
    evaluate: Evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "can_plot", lambda: False)
    done = evaluate("--report", str(tmp_path / "rapport"))
    assert done.exit_code == 1
    assert "matplotlib" in done.stderr
    assert "[evaluation]" in done.stderr
    assert (tmp_path / "rapport" / "run.json").exists()
    assert (tmp_path / "rapport" / "rapport.md").exists()


def test_former_run_that_cannot_be_read_stops_before_asking(
    evaluate: Evaluate, tmp_path: Path
) -> None:
    done = evaluate("--against", str(tmp_path / "absente.json"))
    assert isinstance(done.exception, ConfigurationError)
    assert done.stdout == ""
