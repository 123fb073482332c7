"""Runs and their comparison as French Markdown to read."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.evaluation.causes import LABELS, Cause
from rag.evaluation.lines import FIGURES, Line, Run, parts
from rag.messages import typographic

NAMES = {
    "answer_span": "fait clé dans les citations",
    "fact_told": "fait clé dans la réponse",
    "verified": "phrases vérifiées",
    "citation_precision": "citations d’une unité attendue",
    "citation_recall": "réponses qui citent une unité attendue",
    "written": "réponses rédigées par un modèle",
    "false_answers": "réponses à tort",
    "false_refusals": "refus à tort",
}
"""What figures are called; the usual metrics keep their own names."""

HITS_SHOWN = 3
_CHANGES = {
    "rank": "bonne unité",
    "abstained": "abstention",
    "answer_span_found": "fait clé cité",
}


def to_markdown(run: Run) -> str:
    """Write a run's figures as a table, with their 95 % intervals."""
    lines = ["| mesure | valeur | intervalle à 95 % |", "|---|---|---|"]
    lines += [
        f"| {NAMES.get(name, name)} | {decimal(run[name])} | {_range(run['intervals'][name])} |"
        for name in FIGURES
        if is_measured(run, name)
    ]
    p50, p95 = (decimal(run["latency_ms"][name], digits=1) for name in ("p50", "p95"))
    lines.append(f"| latence p50 / p95 (ms) | {p50} / {p95} | |")
    questions = f"{run['n']} questions, dont {run['n_answerable']} avec réponse"
    return "\n".join([questions, "", *lines])


def failures_to_markdown(run: Run, *, heading: str = "##") -> str:
    """List the questions that failed, under a heading for each cause."""
    blocks = []
    for cause in Cause:
        failed = [line for line in run["questions"] if line.get("cause") == cause]
        if failed:
            blocks.append(f"{heading} {LABELS[cause]} ({len(failed)})")
            blocks.append("\n".join(map(_failure, failed)))
    return "\n\n".join(blocks) or typographic("Aucun échec.")


def comparison_to_markdown(comparison: dict[str, Any], *, heading: str = "##") -> str:
    """Write what a run won and lost since a former one."""
    sentences = [f"{comparison['n']} questions communes."]
    for key, text in (("only_before", "avant seulement"), ("only_after", "maintenant seulement")):
        if count := len(comparison[key]):
            sentences.append(typographic(f"Posées {text} : {count}."))
    table = [
        "| mesure | questions | avant | maintenant | écart | intervalle à 95 % de l’écart |",
        "|---|---|---|---|---|---|",
        *(_compared(name, figure) for name, figure in comparison["figures"].items()),
    ]
    blocks = [" ".join(sentences), "\n".join(table)]
    for title, key in (("Gagné", "won"), ("Perdu", "lost")):
        changes = comparison[key]
        blocks.append(f"{heading} {title} ({len(changes)})")
        blocks += ["\n".join(map(_change, changes))] if changes else []
    return "\n\n".join(blocks)


def is_measured(run: Run, name: str) -> bool:
    """Tell whether a run holds a figure, in which at least one question counts."""
    return name in run and bool(parts(name, run["questions"]))


def decimal(value: float, *, digits: int = 3, signed: bool = False) -> str:
    """Write a number in French.

    >>> decimal(0.5), decimal(-0.04, digits=2, signed=True), decimal(0, digits=1, signed=True)
    ('0,500', '−0,04', '0,0')
    """
    rounded = round(value, digits)
    sign = "+" if signed and rounded > 0 else "−" if rounded < 0 else ""  # minus
    return sign + f"{abs(rounded):.{digits}f}".replace(".", ",")


def _range(bounds: Sequence[float]) -> str:
    low, high = bounds
    return f"{decimal(low)} – {decimal(high)}"  # en dash


def _failure(line: Line) -> str:
    return typographic(f"- {' ; '.join(_facts(line))}")


def _facts(line: Line) -> Iterator[str]:
    yield f"`{line['id']}`" + _quoted(line)
    if line.get("answerable", True):
        yield f"rang {line['rank'] or '–'}"  # en dash: none
    if line.get("confidence") is not None:
        yield f"confiance {decimal(line['confidence'], digits=2)}"
    if shown := line["hits"][:HITS_SHOWN]:
        yield "premiers : " + ", ".join(f"`{hit}`" for hit in shown)


def _quoted(line: Line | dict[str, Any]) -> str:
    """Quote the question, where the run holds it."""
    return f" « {' '.join(line['question'].split())} »" if line.get("question") else ""


def _compared(name: str, figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    cells = [
        NAMES.get(name, name),
        str(figure["n"]),
        decimal(figure["before"]),
        decimal(figure["after"]),
        decimal(figure["difference"], signed=True),
        f"{decimal(low, signed=True)} à {decimal(high, signed=True)}",
    ]
    return f"| {' | '.join(cells)} |"


def _change(change: dict[str, Any]) -> str:
    before, after = (_state(change[key]) for key in ("before", "after"))
    what = _CHANGES[change["aspect"]]
    return typographic(f"- `{change['id']}`{_quoted(change)} : {what}, {before} → {after}")


def _state(value: bool | int | None) -> str:
    if value is None:
        return "absente"
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"rang {value}"
