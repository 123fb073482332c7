"""``radiact feedback``: what readers think of the answers."""

import csv
from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Column, Table

from rag.cli.console import output, print_json
from rag.config import Settings
from rag.messages import VERDICTS
from rag.register import open_register
from rag.types import Feedback

app = typer.Typer(help="Les avis des lecteurs sur les réponses.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON.")]

COLUMNS = (
    *("date", "avis", "commentaire", "question"),
    *("droit au", "abstention", "sources", "version"),
)
FORMULA_OPENINGS = ("=", "+", "-", "@", "\t", "\r")


@app.command("list")
def list_feedback(as_json: Json = False) -> None:
    """Lister les avis donnés, du plus ancien au plus récent."""
    given = _given()
    if as_json:
        print_json([_to_json(one) for one in given])
        return
    table = Table(Column("Date", no_wrap=True), "Avis", "Question", "Commentaire")
    for one in given:
        day = f"{one.given_at.astimezone():%Y-%m-%d %H:%M}"
        table.add_row(day, VERDICTS[one.verdict], escape(one.question), escape(one.comment))
    output.print(table)


@app.command()
def export(as_json: Json = False) -> None:
    """Écrire les avis en CSV (ou en JSON) sur la sortie standard, citations comprises."""
    if as_json:
        print_json([_to_json(one) for one in _given()])
    else:
        write_csv(_given())


def write_csv(given: Iterable[Feedback]) -> None:
    """Write a line for each verdict, with the semicolons that a French spreadsheet expects."""
    writer = csv.writer(output.file, delimiter=";")
    writer.writerow(COLUMNS)
    for one in given:
        sources = "\n".join(
            f"{source.document}#{source.anchor} : «\N{NO-BREAK SPACE}{source.quote}"
            "\N{NO-BREAK SPACE}»"
            for source in one.citations
        )
        row = (
            one.given_at.isoformat(timespec="seconds"),
            VERDICTS[one.verdict],
            one.comment,
            one.question,
            one.as_of.isoformat(),
            "oui" if one.abstained else "non",
            sources,
            one.program,
        )
        writer.writerow(map(_as_text, row))


def _as_text(cell: str) -> str:
    """Keep what a reader typed from being computed by the spreadsheet that opens it.

    >>> _as_text("=1+1"), _as_text("Utile")
    ("'=1+1", 'Utile')
    """
    return f"'{cell}" if cell.startswith(FORMULA_OPENINGS) else cell


def _to_json(feedback: Feedback) -> dict[str, Any]:
    return {
        "given_at": feedback.given_at.isoformat(),
        "question": feedback.question,
        "as_of": feedback.as_of.isoformat(),
        "abstained": feedback.abstained,
        "verdict": feedback.verdict.value,
        "comment": feedback.comment,
        "citations": [asdict(source) for source in feedback.citations],
        "program": feedback.program,
    }


def _given() -> list[Feedback]:
    return open_register(Settings.from_environment()).feedback.all()
