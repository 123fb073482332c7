"""``radiact evaluate``: measure, compare with a former measurement, write a report."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from rag import __version__
from rag.cli.console import errors, output, print_json, progress_bar
from rag.config import Settings
from rag.dates import french_date
from rag.errors import ConfigurationError, Problem
from rag.messages import typographic
from rag.types import EXTRACTIVE, WRITTEN, Progress


class AnswererChoice(StrEnum):
    """Who answers the questions."""

    EXTRACTIVE = EXTRACTIVE
    LLM = WRITTEN


NO_PLOTS = (
    "Les courbes n’ont pas été tracées : il y faut matplotlib. Installez-le par "
    "« python -m pip install --constraint constraints.txt --editable '.[evaluation]' ». "
    "Le reste du rapport est écrit."
)


def evaluate(
    questions: Annotated[
        Path | None, typer.Option(help="Questions étiquetées, un objet JSON par ligne.")
    ] = None,
    beir: Annotated[Path | None, typer.Option(help="Dossier au format BEIR.")] = None,
    answerer: Annotated[
        AnswererChoice | None,
        typer.Option(
            help="Qui répond : « extractive », ou « llm », le modèle de RADIACT_LLM "
            "(par défaut, comme dans la page)."
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(help="Mesure antérieure à comparer : ce que --json avait affiché."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Dossier où écrire rapport.md, run.json et les courbes.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Sortie en JSON.")] = False,
) -> None:
    """Mesurer la recherche et les réponses sur des questions étiquetées."""
    from rag.evaluation import compare, prepare_folder, read_run

    asked = questions or beir
    if asked is None or (questions and beir):
        raise typer.BadParameter("Donnez --questions FICHIER ou --beir DOSSIER.")
    settings = _settings(answerer)
    former = read_run(against) if against else None
    if report:
        prepare_folder(report)
    with progress_bar(hidden=as_json) as progress:
        run = _measure(settings, asked, is_beir=beir is not None, progress=progress)
    if former:
        run["against"] = compare(former, run)
    if as_json:
        print_json(run)
    else:
        _print(run)
    if report and not _write(report, asked.name, run):
        errors.print(typographic(NO_PLOTS), markup=False)
        raise typer.Exit(1)


def _settings(answerer: AnswererChoice | None) -> Settings:
    """Read the settings, for who is to answer.

    Raises:
        ConfigurationError: a chat model is to answer, and none is named.
    """
    settings = Settings.from_environment()
    if answerer is AnswererChoice.LLM and not settings.llm:
        raise ConfigurationError(Problem.LLM_NOT_SET)
    return replace(settings, llm="") if answerer is AnswererChoice.EXTRACTIVE else settings


def _measure(
    settings: Settings, asked: Path, *, is_beir: bool, progress: Progress
) -> dict[str, Any]:
    from rag.evaluation import evaluate_beir, evaluate_questions

    measure = evaluate_beir if is_beir else evaluate_questions
    return measure(settings, asked, progress=progress)


def _print(run: dict[str, Any]) -> None:
    from rag.evaluation import comparison_to_markdown, failures_to_markdown, to_markdown

    blocks = [to_markdown(run), "# Échecs", failures_to_markdown(run)]
    if "against" in run:
        blocks += ["# Depuis la mesure antérieure", comparison_to_markdown(run["against"])]
    output.print("\n\n".join(blocks), markup=False)


def _write(folder: Path, title: str, run: dict[str, Any]) -> bool:
    from rag.evaluation import write_report, write_run

    comparisons = {title: run["against"]} if "against" in run else {}
    introduction = f"RadIAct {__version__}, le {french_date(date.today())}."
    write_run(folder / "run.json", run)
    return write_report(folder, {title: run}, introduction=introduction, comparisons=comparisons)
