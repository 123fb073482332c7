"""``radiact sources``: the catalogue of official texts."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from rag.cli.console import errors, output, print_json, progress_bar
from rag.config import Settings
from rag.dates import french_date
from rag.freshness import Freshness, age_days, review
from rag.messages import PULL_OUTCOMES, STATUSES, french, typographic
from rag.register import open_register
from rag.serialization import freshness_to_json, pull_to_json, source_to_json
from rag.types import PullOutcome

if TYPE_CHECKING:
    from rag.pipeline import PullReport, SourceReport
    from rag.sources import SourceState

app = typer.Typer(help="Les textes officiels à indexer.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON.")]


@app.command("list")
def list_sources(as_json: Json = False) -> None:
    """Lister les textes du catalogue, et dire ceux qui sont là."""
    from rag.sources import survey_sources

    settings = Settings.from_environment()
    states = survey_sources(settings, open_register(settings))
    if as_json:
        print_json([source_to_json(state) for state in states])
        return
    table = Table(
        Column("Identifiant", no_wrap=True),
        "Titre",
        "Éditeur",
        "Format",
        Column("Date", no_wrap=True),
        "Statut",
        "Ici",
    )
    for state in states:
        facts = state.text.metadata
        day = facts.version_date or facts.published
        table.add_row(
            state.text.id,
            escape(facts.title),
            escape(facts.publisher),
            state.text.format.value,
            day.isoformat() if day else "",
            STATUSES[facts.status] if facts.status else "",
            _presence(state),
        )
    output.print(table)


@app.command()
def pull(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]…", help="Textes voulus (tous par défaut).")
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help="Fichier enregistré avec un navigateur, pour un seul texte.")
    ] = None,
    wait: Annotated[
        float, typer.Option(help="Secondes d’attente si une autre indexation est en cours.")
    ] = 10,
    as_json: Json = False,
) -> None:
    """Télécharger des textes officiels et les indexer."""
    from rag.pipeline import Assistant, pull_sources, take_source

    if file is not None and len(ids or ()) != 1:
        raise typer.BadParameter("Avec --file, donnez l’identifiant d’un seul texte.")
    with progress_bar(hidden=as_json) as progress:
        assistant = Assistant.open(Settings.from_environment(), progress=progress)
        if ids and file is not None:
            report = take_source(assistant, ids[0], file, progress=progress, wait_seconds=wait)
        else:
            report = pull_sources(assistant, ids or (), progress=progress, wait_seconds=wait)
    if as_json:
        print_json(pull_to_json(report))
    else:
        _print_pull(report)
    if report.count(PullOutcome.FAILED):
        raise typer.Exit(1)


@app.command()
def check(as_json: Json = False) -> None:
    """Lister les documents indexés qui n’ont pas été vérifiés depuis longtemps."""
    settings, today = Settings.from_environment(), date.today()
    limit = settings.check_after_days
    freshness = review(open_register(settings).entries(), older_than_days=limit, today=today)
    if as_json:
        print_json(freshness_to_json(freshness, older_than_days=limit, today=today))
    else:
        _print_freshness(freshness, older_than_days=limit, today=today)


def _presence(state: "SourceState") -> str:
    if state.copy is not None and not state.copy.is_sound:
        return "fichier abîmé"
    if state.entry is not None:
        return "indexé"
    return "téléchargé" if state.copy is not None else "non"


def _print_pull(report: "PullReport") -> None:
    for source in report.sources:
        target = errors if source.outcome is PullOutcome.FAILED else output
        target.print(typographic(_line(source)), markup=False)
    counts = ", ".join(f"{report.count(outcome)} {word}" for outcome, word in _TOTALS.items())
    output.print(typographic(f"Bilan : {counts}."), markup=False)


_TOTALS = {
    PullOutcome.DOWNLOADED: "téléchargé(s)",
    PullOutcome.UPDATED: "mis à jour",
    PullOutcome.UNCHANGED: "inchangé(s)",
    PullOutcome.FAILED: "en échec",
    PullOutcome.MANUAL: "à enregistrer à la main",
}


def _line(source: "SourceReport") -> str:
    line = f"{PULL_OUTCOMES[source.outcome]} : {source.text.id}"
    if source.indexed and source.indexed.passages:
        passages = source.indexed.passages
        line += f" ({passages} passage{'s' if passages > 1 else ''})"
    if source.was_damaged:
        line += " — la copie locale était abîmée : remplacée"
    if source.error:
        line += f" — {french(source.error)}"
    if source.outcome is PullOutcome.MANUAL and source.text.note:
        line += f" {source.text.note}"
    return line


def _print_freshness(freshness: Freshness, *, older_than_days: int, today: date) -> None:
    if freshness.overdue:
        table = Table(Column("Identifiant", no_wrap=True), "Titre", "Vérifié le", "Il y a (jours)")
        for entry in freshness.overdue:
            checked = entry.metadata.checked
            table.add_row(
                entry.id,
                escape(entry.metadata.title),
                french_date(checked) if checked else "",
                str(age_days(entry.metadata, today)),
            )
        output.print(table)
    else:
        output.print(f"Aucune vérification ne date de plus de {older_than_days} jours.")
    if freshness.unchecked:
        names = ", ".join(entry.id for entry in freshness.unchecked)
        output.print(typographic(f"Jamais vérifiés : {names}."), markup=False)
