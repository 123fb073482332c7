"""Two runs side by side, over the questions that both asked: what was won, and what was lost."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rag.errors import ConfigurationError, Problem
from rag.evaluation.lines import FIGURES, Line, Run
from rag.evaluation.metrics import Part, interval_of_difference, ratio


def read_run(path: Path) -> Run:
    """Read a run that ``radiact evaluate --json`` printed.

    Raises:
        ConfigurationError: the file is missing or holds something else.
    """
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        if not all({"id", "rank"} <= set(line) for line in run["questions"]):
            raise KeyError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(Problem.BAD_RUN, path=path) from error
    return dict(run)


def compare(before: Run, after: Run) -> dict[str, Any]:
    """Compare two runs, question by question.

    Returns:
        ``n`` questions in common; ``only_before`` and ``only_after``, the ids of the others; for
        each of the ``figures``, its values before and after on the common questions, the
        difference and its 95 % interval; ``won`` and ``lost``, the questions that changed.
    """
    former = {line["id"]: line for line in before["questions"]}
    present = {line["id"]: line for line in after["questions"]}
    pairs = [(former[key], line) for key, line in present.items() if key in former]
    changes = [change for pair in pairs for change in _changes(*pair)]
    return {
        "n": len(pairs),
        "only_before": [key for key in former if key not in present],
        "only_after": [key for key in present if key not in former],
        "figures": {name: figure for name in FIGURES if (figure := _figure(name, pairs))},
        "won": [change for better, change in changes if better],
        "lost": [change for better, change in changes if not better],
    }


def _figure(name: str, pairs: Sequence[tuple[Line, Line]]) -> dict[str, Any] | None:
    """Compare a figure over the questions that count in it on both sides, if there is any."""
    before: list[Part] = []
    after: list[Part] = []
    for former, present in pairs:
        one, other = FIGURES[name](former), FIGURES[name](present)
        if one is not None and other is not None:
            before.append(one)
            after.append(other)
    if not before:
        return None
    return {
        "n": len(before),
        "before": ratio(before),
        "after": ratio(after),
        "difference": round(ratio(after) - ratio(before), 4),
        "interval": interval_of_difference(before, after),
    }


def _rank(line: Line) -> tuple[Any, float] | None:
    if not line.get("answerable", True):
        return None
    return line["rank"], 1 / line["rank"] if line["rank"] else 0


def _abstention(line: Line) -> tuple[Any, float] | None:
    if "abstained" not in line:
        return None
    if line.get("answerable", True):
        return line["abstained"], not line["abstained"]
    is_refused = line["abstained"] or line.get("unsettled", False)
    return is_refused, is_refused


def _span(line: Line) -> tuple[Any, float] | None:
    found = line.get("answer_span_found")
    return None if found is None else (found, found)


ASPECTS: dict[str, Callable[[Line], tuple[Any, float] | None]] = {
    "rank": _rank,
    "abstained": _abstention,
    "answer_span_found": _span,
}
"""What may change in a question: the value to show, and how good it is; None where it has none."""


def _changes(former: Line, present: Line) -> list[tuple[bool, dict[str, Any]]]:
    """List what changed in a question, each with whether it is for the better."""
    changes = []
    for name, aspect in ASPECTS.items():
        one, other = aspect(former), aspect(present)
        if one is None or other is None or one[1] == other[1]:
            continue
        change = {"id": present["id"], "aspect": name, "before": one[0], "after": other[0]}
        if "question" in present:
            change["question"] = present["question"]
        changes.append((other[1] > one[1], change))
    return changes
