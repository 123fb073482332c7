"""A report as a folder: ``rapport.md`` and its plots."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rag.errors import ConfigurationError, Problem
from rag.evaluation.lines import Run
from rag.evaluation.plots import TITLES, can_plot, draw
from rag.evaluation.report import comparison_to_markdown, failures_to_markdown, to_markdown

REPORT = "rapport.md"


def write_report(
    folder: Path,
    runs: Mapping[str, Run],
    *,
    introduction: str,
    comparisons: Mapping[str, dict[str, Any]] | None = None,
) -> bool:
    """Write the report of one run or several, by their titles.

    Args:
        folder: made where it is missing; a former report there is replaced.
        runs: what was measured.
        introduction: Markdown that says what was measured, when and on what.
        comparisons: what each run won and lost since a former one.

    Returns:
        Whether the plots could be drawn: without matplotlib, the rest is written.

    Raises:
        ConfigurationError: the folder cannot be written in.
    """
    prepare_folder(folder)
    plots = draw(folder, runs) if can_plot() else []
    blocks = ["# Mesures", introduction]
    blocks += [f"![{TITLES[name]}]({name})" for name in plots]
    for title, run in runs.items():
        blocks += _section(title, run, (comparisons or {}).get(title))
    (folder / REPORT).write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return bool(plots)


def write_run(path: Path, run: Run) -> None:
    """Write a run as ``radiact evaluate --json`` prints it, one line a question."""
    lines = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in run["questions"])
    rest = {key: value for key, value in run.items() if key != "questions"}
    head = json.dumps(rest, ensure_ascii=False, indent=1).removesuffix("\n}")
    path.write_text(f'{head},\n "questions": [\n  {lines}\n ]\n}}\n', encoding="utf-8")


def prepare_folder(folder: Path) -> None:
    """Make a folder where it is missing.

    Raises:
        ConfigurationError: it cannot be made, or is a file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            Problem.REPORT_FOLDER, path=folder, cause=error.strerror
        ) from error


def _section(title: str, run: Run, comparison: dict[str, Any] | None) -> list[str]:
    blocks = [f"## {title}", to_markdown(run)]
    if comparison:
        blocks += ["### Depuis la mesure antérieure"]
        blocks += [comparison_to_markdown(comparison, heading="####")]
    return [*blocks, "### Échecs", failures_to_markdown(run, heading="####")]
