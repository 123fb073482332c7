"""``radiact documents``: the register."""

from datetime import date
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from rag.cli.console import output, print_json
from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.freshness import age_days
from rag.messages import KINDS, STATUSES, typographic
from rag.register import Entry, Register, open_register
from rag.serialization import entry_to_json

app = typer.Typer(help="Les documents indexés.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON.")]
Identifier = Annotated[str, typer.Argument(help="Identifiant du document.")]


@app.command("list")
def list_documents(as_json: Json = False) -> None:
    """Lister les documents indexés."""
    register = open_register(Settings.from_environment())
    counts = register.passage_counts()
    entries = register.entries()
    if as_json:
        print_json([entry_to_json(entry, passages=counts[entry.id]) for entry in entries])
        return
    table = Table(
        Column("Identifiant", no_wrap=True),
        "Titre",
        "Nature",
        "Éditeur",
        Column("Date", no_wrap=True),
        "Statut",
        "Vérifié",
        "Passages",
    )
    for entry in entries:
        facts = entry.metadata
        day = facts.version_date or facts.published
        age = age_days(facts, date.today())
        table.add_row(
            entry.id,
            escape(facts.title),
            KINDS[facts.kind],
            escape(facts.publisher),
            day.isoformat() if day else "",
            STATUSES[facts.status] if facts.status else "",
            "jamais" if age is None else f"il y a {age}\N{NO-BREAK SPACE}j",
            str(counts[entry.id]),
        )
    output.print(table)


@app.command()
def show(identifier: Identifier, as_json: Json = False) -> None:
    """Montrer un document et ses passages."""
    register = open_register(Settings.from_environment())
    entry = _entry(register, identifier)
    passages = [stored.passage for stored in register.passages(identifier)]
    if as_json:
        shown = [
            {"passage": passage.id, "reference": passage.label, "page": passage.page,
             "start": passage.start, "end": passage.end, "text": passage.text}
            for passage in passages
        ]  # fmt: skip
        print_json({**entry_to_json(entry, passages=len(passages)), "texts": shown})
        return
    output.print(entry.metadata.title, style="bold", markup=False)
    for passage in passages:
        output.print(f"\n{passage.label} ({passage.id})", style="dim", markup=False)
        output.print(passage.text, markup=False)


@app.command()
def remove(identifier: Identifier) -> None:
    """Retirer un document des réponses (ses versions restent au registre, pour preuve)."""
    from rag.pipeline import Assistant

    settings = Settings.from_environment()
    _entry(open_register(settings), identifier)
    Assistant.open(settings).remove(identifier)
    output.print(typographic(f"Document retiré : {identifier}"), markup=False)


def _entry(register: Register, identifier: str) -> Entry:
    for entry in register.entries():
        if entry.id == identifier:
            return entry
    raise StoreError(Problem.UNKNOWN_DOCUMENT, id=identifier)
