"""An evaluation as a table to read."""

from typing import Any

from rag.evaluation.metrics import METRICS

_OTHERS = {
    "answer_span": "fait clé dans les citations",
    "verified": "phrases vérifiées",
    "false_answers": "réponses à tort",
    "false_refusals": "refus à tort",
}


def to_markdown(result: dict[str, Any]) -> str:
    """Write an evaluation as a Markdown table, with its 95 % intervals."""
    lines = ["| mesure | valeur | intervalle à 95 % |", "|---|---|---|"]
    for name in METRICS:
        low, high = result["intervals"][name]
        lines.append(f"| {name} | {result[name]:.3f} | {low:.3f} – {high:.3f} |")
    lines += [
        f"| {label} | {result[name]:.3f} | |"
        for name, label in _OTHERS.items()
        if _is_measured(result, name)
    ]
    latency = result["latency_ms"]
    lines.append(f"| latence p50 / p95 (ms) | {latency['p50']} / {latency['p95']} | |")
    questions = f"{result['n']} questions, dont {result['n_answerable']} avec réponse"
    return "\n".join([questions, "", *lines])


def _is_measured(result: dict[str, Any], name: str) -> bool:
    """Tell whether an evaluation holds a figure; key facts count where questions have some."""
    if name == "answer_span":
        return any(line.get("answer_span_found") is not None for line in result["questions"])
    return name in result
