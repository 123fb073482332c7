"""A run: its figures, each added up from one line a question.

Lines are plain JSON objects, so that a run read from a file is summed up and compared as the one
just made. A figure that a line lacks, as in a run of an earlier version, does not count it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rag.evaluation.metrics import METRICS, Part, Rank, interval, percentiles, ratio

Line = Mapping[str, Any]
Run = dict[str, Any]


def _at_rank(metric: Callable[[Rank], float]) -> Callable[[Line], Part | None]:
    return lambda line: (metric(line["rank"]), 1) if line.get("answerable", True) else None


def _span(line: Line) -> Part | None:
    found = line.get("answer_span_found")
    return None if found is None else (float(found), 1)


def _told(line: Line) -> Part | None:
    found = line.get("fact_told")
    return None if found is None else (float(found), 1)


def _citation_precision(line: Line) -> Part | None:
    cited = line.get("cited")
    return (sum(cited), len(cited)) if cited else None


def _citation_recall(line: Line) -> Part | None:
    cited = line.get("cited")
    return (float(any(cited)), 1) if cited else None


def _written(line: Line) -> Part | None:
    return (float(line["written"]), 1) if "written" in line and not line["abstained"] else None


def _verified(line: Line) -> Part | None:
    return (line["verified"], line["sentences"]) if line.get("sentences") else None


def _false_answer(line: Line) -> Part | None:
    if "abstained" not in line or line.get("answerable", True):
        return None
    return float(not (line["abstained"] or line.get("unsettled", False))), 1


def _false_refusal(line: Line) -> Part | None:
    if "abstained" not in line or not line.get("answerable", True):
        return None
    return float(line["abstained"]), 1


RETRIEVAL = {name: _at_rank(metric) for name, metric in METRICS.items()}
FIGURES: dict[str, Callable[[Line], Part | None]] = {
    **RETRIEVAL,
    "answer_span": _span,
    "fact_told": _told,
    "verified": _verified,
    "citation_precision": _citation_precision,
    "citation_recall": _citation_recall,
    "written": _written,
    "false_answers": _false_answer,
    "false_refusals": _false_refusal,
}
"""What each question adds to each figure; None where it does not count."""


def parts(name: str, lines: Sequence[Line]) -> list[Part]:
    """List what the questions that count in a figure add to it."""
    return [part for line in lines if (part := FIGURES[name](line)) is not None]


def sum_up(lines: Sequence[Line], names: Sequence[str] = tuple(FIGURES)) -> Run:
    """Sum up the lines of a run; shares are between 0 and 1, 0 where no question counts."""
    counted = {name: parts(name, lines) for name in names}
    return {
        "n": len(lines),
        "n_answerable": sum(bool(line.get("answerable", True)) for line in lines),
        **{name: ratio(found) for name, found in counted.items()},
        "latency_ms": percentiles([line["latency_ms"] for line in lines if "latency_ms" in line]),
        "intervals": {name: interval(found) for name, found in counted.items()},
        "questions": list(lines),
    }
