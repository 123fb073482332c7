"""The README's figures are those of the latest results."""

from pathlib import Path

import pytest

from benchmarks.readme import BEGIN, END, README, block, replaced, update
from benchmarks.results_folder import RESULTS, latest, write_results
from tests.benchmarks.test_results_folder import environment, measured


def test_figures_of_the_readme_are_those_of_the_latest_results() -> None:
    folder = latest(RESULTS)
    assert folder is not None
    text = README.read_text("utf-8")
    assert replaced(text, block(folder)) == text, "run: python -m benchmarks.readme"


def test_only_what_stands_between_the_marks_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"avant\n{BEGIN}\nancien \\1\n{END}\naprès\n", encoding="utf-8")
    sets = [measured("notices", is_public=True), measured("gold-dev", is_public=False)]
    write_results(tmp_path, sets, environment())
    assert update(readme, tmp_path)
    text = readme.read_text("utf-8")
    assert text.startswith(f"avant\n{BEGIN}\n")
    assert text.endswith(f"{END}\naprès\n")
    assert "ancien" not in text
    assert "rapport.md" in text
    assert "| Titre de gold-dev (2, dont 2 avec réponse) | notices | 0,50 [0,00" in text
    assert "| **RadIAct** | 0,50 | 0,50 |" in text
    assert "| BM25 seul | 0,50 [0,00" in text
    assert not update(readme, tmp_path)


def test_readme_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="mesures"):
        replaced("rien", "neuf")


def test_nothing_measured_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        update(tmp_path / "README.md", tmp_path)
