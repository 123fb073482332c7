from pathlib import Path

import pytest

from rag.errors import ConfigurationError
from rag.evaluation import (
    compare,
    failures_to_markdown,
    folder,
    read_run,
    to_markdown,
    write_report,
    write_run,
)
from rag.evaluation.causes import Cause
from rag.evaluation.lines import RETRIEVAL, Line, sum_up
from rag.evaluation.plots import calibration, recall_curve

NBSP = "\N{NO-BREAK SPACE}"


def line(id: str, **facts: object) -> Line:
    usual = {
        "question": f"Question {id} ?", "answerable": True, "rank": 1, "abstained": False,
        "answer_span_found": True, "sentences": 1, "verified": 1, "cause": None,
        "hits": [f"{id}#1", f"{id}#2", f"{id}#3", f"{id}#4"], "latency_ms": 120.0,
    }  # fmt: skip
    return {"id": id, **usual, **facts}


RUN = sum_up(
    [
        line("a"),
        line("b", rank=5, cause=Cause.FAR),
        line("c", rank=None, cause=Cause.MISSING, confidence=0.31),
        line("d", rank=None, cause=Cause.MISSING, hits=[]),
    ]
)


def test_every_figure_has_its_interval() -> None:
    text = to_markdown(RUN)
    assert text.startswith("4 questions, dont 4 avec réponse")
    assert "| recall@1 | 0,250 | 0,000 – 0,750 |" in text
    assert "| phrases vérifiées | 1,000 | 1,000 – 1,000 |" in text
    assert "| refus à tort | 0,000 | 0,000 – 0,000 |" in text
    assert "| latence p50 / p95 (ms) | 120,0 / 120,0 | |" in text


def test_run_of_retrieval_alone_says_nothing_of_answers() -> None:
    run = sum_up([{"id": "q", "rank": 1, "latency_ms": 9.0}], tuple(RETRIEVAL))
    assert "false_refusals" not in run
    assert "fait clé" not in to_markdown(run)


def test_failures_are_grouped_by_cause() -> None:
    text = failures_to_markdown(RUN)
    missing, far = text.index("(2)"), text.index("(1)")
    assert missing < far
    assert (
        f"- `b` «{NBSP}Question b{NBSP}?{NBSP}»{NBSP}; rang 5{NBSP}; "
        f"premiers{NBSP}: `b#1`, `b#2`, `b#3`\n" in text + "\n"
    )
    assert f"rang –{NBSP}; confiance 0,31" in text
    assert "`a`" not in text
    assert failures_to_markdown(sum_up([line("a")])) == "Aucun échec."


def test_curve_goes_up_with_the_depth() -> None:
    assert recall_curve(RUN) == [0.25] * 4 + [0.5] * 6
    assert recall_curve(sum_up([])) == [0.0] * 10


def test_calibration_sets_confidence_against_what_is_so() -> None:
    lines = [
        line("a", confidence=0.92), line("b", confidence=1.0), line("c", confidence=0.94),
        line("d", confidence=0.05, answerable=False), line("e"),
    ]  # fmt: skip
    low, high = calibration(lines)
    assert low == (0.05, 0.0, 1)
    assert high == (pytest.approx(0.9533, abs=1e-4), 1.0, 3)
    assert calibration([line("a")]) == []


def test_report_holds_the_text_and_its_plots(tmp_path: Path) -> None:
    target = tmp_path / "a" / "rapport"
    comparisons = {"essai": compare(RUN, RUN)}
    assert write_report(target, {"essai": RUN}, introduction="Hier.", comparisons=comparisons)
    text = (target / "rapport.md").read_text("utf-8")
    assert text.startswith("# Mesures\n\nHier.\n\n")
    assert "## essai" in text
    assert "### Depuis la mesure antérieure" in text
    for name in ("rappel.svg", "latence.svg", "calibration.svg"):
        assert f"]({name})" in text
        assert "<svg" in (target / name).read_text("utf-8")


def test_calibration_is_drawn_only_where_answers_have_a_confidence(tmp_path: Path) -> None:
    write_report(tmp_path, {"essai": sum_up([line("a")])}, introduction="")
    assert {path.name for path in tmp_path.iterdir()} == {"rapport.md", "rappel.svg", "latence.svg"}


def test_without_matplotlib_the_rest_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "can_plot", lambda: False)
    assert not write_report(tmp_path, {"essai": RUN}, introduction="")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.md"]
    assert ".svg" not in (tmp_path / "rapport.md").read_text("utf-8")


def test_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pris").touch()
    with pytest.raises(ConfigurationError):
        write_report(tmp_path / "pris", {}, introduction="")


def test_run_is_written_one_question_a_line_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_run(path, RUN)
    assert read_run(path) == RUN
    assert sum('"id"' in text for text in path.read_text("utf-8").splitlines()) == 4
