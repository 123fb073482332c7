"""Write the README's table of figures from the latest results.

    python -m benchmarks.readme

What stands between the two marks of the README is this module's; the rest is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from benchmarks.results_folder import (
    FULL,
    RESULTS,
    latest,
    machine,
    read_ablation,
    read_environment,
)
from rag.dates import french_date
from rag.evaluation import read_run
from rag.evaluation.lines import Run
from rag.evaluation.report import decimal, is_measured
from rag.messages import NBSP, typographic

REPOSITORY = Path(__file__).parents[1]
README = REPOSITORY / "README.md"
BEGIN = "<!-- mesures : écrit par python -m benchmarks.readme, ne pas modifier à la main -->"
END = "<!-- fin des mesures -->"
COLUMNS = {
    "recall@1": "bon passage en premier",
    "recall@5": "parmi les cinq premiers",
    "verified": "phrases vérifiées",
    "answer_span": "fait clé cité",
    "false_answers": "réponses à tort",
    "false_refusals": "refus à tort",
}
WORTH = "recall@5"


def update(readme: Path = README, results: Path = RESULTS) -> bool:
    """Bring the README in line with the latest results; tell whether it changed."""
    folder = latest(results)
    if folder is None:
        raise FileNotFoundError(results)
    before = readme.read_text(encoding="utf-8")
    after = replaced(before, block(folder))
    readme.write_text(after, encoding="utf-8")
    return after != before


def replaced(text: str, new: str) -> str:
    """Put a block between the marks of a text."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(BEGIN)
    return pattern.sub(lambda _: f"{BEGIN}\n{new}\n{END}", text)


def block(folder: Path) -> str:
    """Write the figures of a folder of results."""
    environment = read_environment(folder)
    day = french_date(datetime.fromisoformat(environment["measured_at"]).date())
    link = f"benchmarks/results/{folder.name}/rapport.md"
    about = typographic(
        f"Au commit `{environment['commit']}`, le {day}, sur {machine(environment)}, "
        f"sans modèle de langage. Entre crochets, les intervalles à 95{NBSP}% "
        f"([tout le détail]({link}), avec les questions échouées). "
    )
    worth = typographic(
        "Ce que vaut chaque partie : part des questions dont le bon passage est parmi les cinq "
        "premiers, et entre crochets l’intervalle à 95 % de l’écart avec RadIAct."
    ).replace(" %", f"{NBSP}%")
    runs = {name: read_run(folder / f"{name}.json") for name in environment["sets"]}
    tables = (_quality(environment, runs), _worth(environment, folder))
    return "\n\n".join([about.strip(), "\n".join(tables[0]), worth, "\n".join(tables[1])])


def _quality(environment: Mapping[str, Any], runs: Mapping[str, Run]) -> Iterator[str]:
    yield f"| questions | documents indexés | {' | '.join(COLUMNS.values())} |"
    yield "|---" * (len(COLUMNS) + 2) + "|"
    for name, told in environment["sets"].items():
        run = runs[name]
        count = f"{run['n']}, dont {run['n_answerable']} avec réponse"
        cells = " | ".join(_figure(run, figure) for figure in COLUMNS)
        yield f"| {told['title']} ({count}) | {told['documents']} | {cells} |"


def _worth(environment: Mapping[str, Any], folder: Path) -> Iterator[str]:
    ablation = read_ablation(folder)
    sets = [name for name in environment["sets"] if name in ablation]
    yield f"| | {' | '.join(environment['sets'][name]['title'] for name in sets)} |"
    yield "|---" * (len(sets) + 1) + "|"
    for variant in dict.fromkeys(name for one in sets for name in ablation[one]):
        cells = [_variant(ablation[one].get(variant)) for one in sets]
        title = f"**{variant}**" if variant == FULL else variant
        yield f"| {title} | {' | '.join(cells)} |"


def _figure(run: Run, name: str) -> str:
    if not is_measured(run, name):
        return "–"  # en dash: not measured
    return f"{decimal(run[name], digits=2)} {_bounds(run['intervals'][name], signed=False)}"


def _variant(figures: Mapping[str, Any] | None) -> str:
    if figures is None:
        return "–"  # en dash: not measured
    figure = figures[WORTH]
    value = decimal(figure["value"], digits=2)
    return f"{value} {_bounds(figure['interval'], signed=True)}" if "interval" in figure else value


def _bounds(bounds: tuple[float, float], *, signed: bool) -> str:
    low, high = (decimal(bound, digits=2, signed=signed) for bound in bounds)
    return f"[{low}{NBSP}; {high}]"


def main() -> None:
    """Mettre les chiffres du README à jour d’après les derniers résultats."""
    typer.echo("README mis à jour." if update() else "README déjà à jour.")


if __name__ == "__main__":
    typer.run(main)
