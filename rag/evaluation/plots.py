"""Plots of runs, by matplotlib: the only module that imports it, and only when it draws."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.evaluation.golden import RECALL_DEPTH
from rag.evaluation.lines import Line, Run
from rag.evaluation.metrics import recall_at_k
from rag.evaluation.report import decimal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RECALL, LATENCY, CALIBRATION = "rappel.svg", "latence.svg", "calibration.svg"
TITLES = {
    RECALL: "Part des questions dont la bonne unité est parmi les premiers résultats",
    LATENCY: "Temps de réponse",
    CALIBRATION: "Confiance annoncée et part réelle des questions qui ont une réponse",
}
SIZE_INCHES = (7.0, 4.2)
CALIBRATION_BINS = 10
LATENCY_BINS = 30


def can_plot() -> bool:
    """Tell whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def draw(folder: Path, runs: Mapping[str, Run]) -> list[str]:
    """Draw what the runs have to show; give the names of the files written."""
    drawn = {RECALL: _recall(runs), LATENCY: _latency(runs)}
    if points := calibration([line for run in runs.values() for line in run["questions"]]):
        drawn[CALIBRATION] = _calibration(points)
    for name, figure in drawn.items():
        _save(figure, folder / name)
    return list(drawn)


def recall_curve(run: Run) -> list[float]:
    """Give recall@1 to recall@10."""
    ranks = [line["rank"] for line in run["questions"] if line.get("answerable", True)]
    return [
        float(np.mean([recall_at_k(rank, k=k) for rank in ranks])) if ranks else 0.0
        for k in range(1, RECALL_DEPTH + 1)
    ]


def calibration(lines: Sequence[Line]) -> list[tuple[float, float, int]]:
    """Set the confidence announced against what is so, over bins of equal width.

    Returns:
        For each bin that holds questions: their mean confidence, the share of them that the
        documents answer, their number.
    """
    asked = [line for line in lines if line.get("confidence") is not None]
    bins: dict[int, list[Line]] = {}
    for line in asked:
        place = min(int(line["confidence"] * CALIBRATION_BINS), CALIBRATION_BINS - 1)
        bins.setdefault(place, []).append(line)
    return [
        (
            float(np.mean([line["confidence"] for line in held])),
            float(np.mean([line["answerable"] for line in held])),
            len(held),
        )
        for _, held in sorted(bins.items())
    ]


def _recall(runs: Mapping[str, Run]) -> "Figure":
    figure, axes = _blank(TITLES[RECALL])
    for name, run in runs.items():
        axes.plot(range(1, RECALL_DEPTH + 1), recall_curve(run), marker="o", ms=4, label=name)
    axes.set(xlabel="k premiers résultats", ylabel="rappel à k", ylim=(0, 1.02))
    axes.set_xticks(range(1, RECALL_DEPTH + 1))
    axes.legend(loc="lower right", fontsize=8)
    return figure


def _latency(runs: Mapping[str, Run]) -> "Figure":
    figure, axes = _blank(TITLES[LATENCY])
    timings = {
        name: [line["latency_ms"] for line in run["questions"] if "latency_ms" in line]
        for name, run in runs.items()
    }
    timings = {name: found for name, found in timings.items() if found}
    if timings:
        most = float(np.percentile(np.concatenate(list(timings.values())), 99)) or 1.0
        edges = np.linspace(0, most, LATENCY_BINS + 1)
        for name, found in timings.items():
            axes.hist(np.minimum(found, most), bins=list(edges), histtype="step", label=name)
        axes.legend(loc="upper right", fontsize=8)
    axes.set(xlabel="millisecondes (le dernier centième est ramené au bord)", ylabel="questions")
    return figure


def _calibration(points: Sequence[tuple[float, float, int]]) -> "Figure":
    figure, axes = _blank(TITLES[CALIBRATION])
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":", label="calibration parfaite")
    announced, real, counts = zip(*points, strict=True)
    axes.plot(announced, real, marker="o", label="RadIAct")
    for x, y, count in zip(announced, real, counts, strict=True):
        axes.annotate(str(count), (x, y), xytext=(5, -10), textcoords="offset points", fontsize=8)
    axes.set(xlabel="confiance annoncée", ylabel="part réelle", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.legend(loc="upper left", fontsize=8)
    return figure


def _blank(title: str) -> "tuple[Figure, Axes]":
    from matplotlib.figure import Figure

    figure = Figure(figsize=SIZE_INCHES, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10)
    axes.grid(visible=True, alpha=0.3)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: decimal(value, digits=2).rstrip("0").rstrip(","))
    return figure, axes


def _save(figure: "Figure", path: Path) -> None:
    """Save letters as outlines, and nothing that changes from one run to the next."""
    from matplotlib import rc_context

    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "radiact"}):
        figure.savefig(path, metadata={"Date": None})
