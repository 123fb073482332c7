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
        f"| {label} | {result[name]:.3f} | |" for name, label in _OTHERS.items() if name in result
    ]
    latency = result["latency_ms"]
    lines.append(f"| latence p50 / p95 (ms) | {latency['p50']} / {latency['p95']} | |")
    questions = f"{result['n']} questions, dont {result['n_answerable']} avec réponse"
    return "\n".join([questions, "", *lines])
