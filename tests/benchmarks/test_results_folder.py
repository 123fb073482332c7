"""The folder of a measurement: what it holds, and what it keeps out of the repository."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import machine
from benchmarks.results_folder import (
    MeasuredSet,
    latest,
    read_ablation,
    read_environment,
    write_results,
)
from rag.evaluation import read_run
from rag.evaluation.causes import cause_of
from rag.evaluation.lines import RETRIEVAL, Line, Run, sum_up


def environment(**facts: object) -> dict[str, Any]:
    usual = {
        "commit": "abc1234", "modified": False, "measured_at": "2026-11-26T10:00:00+01:00",
        "machine": {"processor": "Processeur d’essai", "cores": 2, "memory_gib": 7.8},
        "versions": {"radiact": "0.1", "python": "3.11"},
    }  # fmt: skip
    return {**usual, **facts}


def line(id: str, **facts: object) -> Line:
    usual = {
        "question": "mot secret", "answerable": True, "relevant": ["a#1"], "rank": 1,
        "abstained": False, "reason": None, "unsettled": False, "confidence": None,
        "hits": [f"a#{n}" for n in range(10)], "answer_span_found": True,
        "quotes": ["citation longue"], "sentences": 1, "verified": 1, "latency_ms": 100.0,
    }  # fmt: skip
    found = {"id": id, **usual, **facts}
    return {**found, "cause": cause_of(found)}


def measured(name: str, *, is_public: bool, rank: int | None = None) -> MeasuredSet:
    run: Run = sum_up([line("q1"), line("q2", rank=rank)])
    bare = [{"id": "q1", "rank": 1}, {"id": "q2", "rank": None}]
    return MeasuredSet(
        name=name,
        title=f"Titre de {name}",
        documents="notices",
        run=run,
        variants={"BM25 seul": sum_up(bare, tuple(RETRIEVAL))},
        is_public=is_public,
    )


def everything(folder: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in folder.iterdir() if path.suffix != ".svg")


def test_folder_is_named_by_day_and_commit_and_says_on_what(tmp_path: Path) -> None:
    sets = [measured("notices", is_public=True)]
    folder = write_results(tmp_path, sets, environment(), remarks=["Une remarque."])
    assert folder.name == "2026-11-26-abc1234"
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "environment.json", "ablation.json", "notices.json", "rapport.md", "rappel.svg",
        "latence.svg",
    }  # fmt: skip
    report = (folder / "rapport.md").read_text("utf-8")
    assert "Au commit `abc1234`, le 26 novembre 2026, sur Processeur d’essai, 2 cœurs" in report
    assert "Une remarque." in report
    assert "| BM25 seul | 0,50 (0,00 [0,00 ; 0,00]) |" in report
    assert read_environment(folder)["sets"]["notices"]["documents"] == "notices"
    assert read_ablation(folder)["notices"]["RadIAct"]["recall@5"]["value"] == 0.5


def test_uncommitted_changes_are_told(tmp_path: Path) -> None:
    sets = [measured("notices", is_public=True)]
    folder = write_results(tmp_path, sets, environment(modified=True))
    assert folder.name.endswith("-modifie")
    assert "modifications non enregistrées" in (folder / "rapport.md").read_text("utf-8")


def test_words_of_questions_kept_outside_stay_outside(tmp_path: Path) -> None:
    folder = write_results(tmp_path, [measured("gold-dev", is_public=False)], environment())
    assert "mot secret" not in everything(folder)
    assert "citation longue" not in everything(folder)
    assert "`q2`" in (folder / "rapport.md").read_text("utf-8")


def test_own_questions_that_failed_are_quoted_in_the_report_only(tmp_path: Path) -> None:
    folder = write_results(tmp_path, [measured("notices", is_public=True)], environment())
    assert "mot secret" in (folder / "rapport.md").read_text("utf-8")
    assert "mot secret" not in (folder / "notices.json").read_text("utf-8")


def test_run_is_compared_with_the_latest_before_it(tmp_path: Path) -> None:
    first = write_results(tmp_path, [measured("notices", is_public=True)], environment())
    assert "Depuis la mesure antérieure" not in everything(first)
    later = environment(commit="def5678", measured_at="2026-11-26T12:00:00+01:00")
    folder = write_results(tmp_path, [measured("notices", is_public=True, rank=2)], later)
    assert latest(tmp_path) == folder
    report = (folder / "rapport.md").read_text("utf-8")
    assert "#### Gagné (1)" in report
    assert "absente → rang 2" in report
    assert read_run(folder / "notices.json")["questions"][1]["rank"] == 2


def test_no_result_has_no_latest(tmp_path: Path) -> None:
    assert latest(tmp_path) is None


def test_facts_name_neither_the_machine_nor_its_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/quelquun")
    facts = machine.facts()
    assert set(facts) == {"commit", "modified", "measured_at", "machine", "versions"}
    assert facts["machine"]["cores"] >= 1
    assert machine.platform.node() not in str(facts)
    assert "/home" not in str(facts)
    assert len(facts["commit"]) >= 7


def test_files_that_are_no_checkout_have_an_unknown_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "REPOSITORY", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    facts = machine.facts()
    assert (facts["commit"], facts["modified"]) == ("inconnu", False)
