"""The commands themselves. Each opens what it needs, and only that."""

from pathlib import Path
from typing import Annotated

import typer

from rag import __version__
from rag.cli import documents, feedback, indexes, sources
from rag.cli.answers import print_answer
from rag.cli.console import errors, output, print_json, progress_bar
from rag.cli.evaluation import evaluate
from rag.cli.explanations import print_explanations
from rag.cli.filters import (
    Documents,
    Kinds,
    Languages,
    Publishers,
    Since,
    Until,
    parse_day,
    read_filters,
)
from rag.config import Settings
from rag.exports import Provenance, format_of, write_export
from rag.messages import NBSP, OUTCOMES, french, typographic
from rag.privacy import check_question
from rag.serialization import answer_to_json, report_to_json
from rag.types import IngestReport, Outcome
from rag.understanding import checked

app = typer.Typer(
    name="radiact",
    help="Réponses citées, en français, sur la réglementation de l’IA en radiologie.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(documents.app, name="documents")
app.add_typer(feedback.app, name="feedback")
app.add_typer(indexes.app, name="index")
app.add_typer(sources.app, name="sources")

Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON.")]


def _version(wanted: bool) -> None:  # typer's callback form
    if wanted:
        output.print(__version__)
        raise typer.Exit


@app.callback()
def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Version.")
    ] = False,
) -> None: ...


@app.command()
def serve() -> None:
    """Servir la page web."""
    from rag.cli.serving import serve_page

    serve_page(Settings.from_environment())


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Fichiers et dossiers à indexer.")
    ] = None,
    wait: Annotated[
        float, typer.Option(help="Secondes d’attente si une autre indexation est en cours.")
    ] = 10,
    as_json: Json = False,
) -> None:
    """Indexer des fichiers et des dossiers (par défaut, le dossier des documents)."""
    from rag.pipeline import Assistant

    with progress_bar(hidden=as_json) as progress:
        assistant = Assistant.open(Settings.from_environment(), progress=progress)
        report = assistant.ingest(paths or (), progress=progress, wait_seconds=wait)
    if as_json:
        print_json(report_to_json(report))
    else:
        _print_report(report)
    if report.count(Outcome.FAILED):
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="La question, en français.")],
    as_of: Annotated[
        str | None,
        typer.Option(
            help="Répondre d’après le droit de ce jour, par exemple 2025-06-01 "
            "(aujourd’hui par défaut)."
        ),
    ] = None,
    history: Annotated[
        list[str] | None, typer.Option(help="Question précédente (répétable).")
    ] = None,
    kind: Kinds = None,
    publisher: Publishers = None,
    since: Since = None,
    until: Until = None,
    language: Languages = None,
    document: Documents = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Dire d’où vient le score de chaque passage trouvé.")
    ] = False,
    export: Annotated[
        Path | None,
        typer.Option(help=f"Écrire aussi la réponse dans ce fichier{NBSP}: .docx, .pdf ou .md."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Répondre à une question."""
    # What is wrong is told before anything slow is imported.
    checked(question)
    check_question(question, history or ())
    if export:
        format_of(export)
    day = parse_day(as_of) if as_of else None
    filters = read_filters(
        kinds=kind,
        publishers=publisher,
        since=since,
        until=until,
        languages=language,
        documents=document,
    )
    settings = Settings.from_environment()
    from rag.pipeline import Assistant

    with progress_bar(hidden=as_json) as progress:
        assistant = Assistant.open(settings, progress=progress)
    answer = assistant.ask(question, history=history or (), as_of=day, filters=filters)
    if as_json:
        print_json(answer_to_json(answer, explained=explain))
    else:
        print_answer(answer)
        if explain:
            print_explanations(answer)
    if export:
        encoder = str(assistant.describe()["model"])
        write_export(answer, export, provenance=Provenance.now(encoder=encoder))
        errors.print(typographic(f"Réponse exportée : {export}"), markup=False)


app.command()(evaluate)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Vérifier l’installation, et que rien ne sort de la machine."""
    from rag.cli.doctor import diagnose, print_diagnosis

    diagnosis = diagnose(Settings.from_environment())
    if as_json:
        print_json(diagnosis)
    else:
        print_diagnosis(diagnosis)
    if not diagnosis["sound"]:
        raise typer.Exit(1)


def _print_report(report: IngestReport) -> None:
    for file in report.files:
        if file.outcome is Outcome.UNCHANGED:
            continue
        line = f"{OUTCOMES[file.outcome]} : {Path(file.path).name}"
        if file.passages:
            line += f" ({file.passages} passage{'s' if file.passages > 1 else ''})"
        if file.error:
            line += f" — {french(file.error)}"
        target = errors if file.outcome is Outcome.FAILED else output
        target.print(typographic(line), markup=False)
    counts = ", ".join(f"{report.count(outcome)} {word}" for outcome, word in _TOTALS.items())
    output.print(typographic(f"Bilan : {counts}."), markup=False)


_TOTALS = {
    Outcome.ADDED: "ajouté(s)",
    Outcome.UPDATED: "mis à jour",
    Outcome.UNCHANGED: "inchangé(s)",
    Outcome.REMOVED: "retiré(s)",
    Outcome.FAILED: "en échec",
}
