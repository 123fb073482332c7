"""``radiact index``: the derived indexes against the register."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.console import output, print_json, progress_bar
from rag.config import Settings
from rag.messages import typographic

if TYPE_CHECKING:
    from rag.pipeline import IndexReport

app = typer.Typer(help="Les index dérivés du registre.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Sortie en JSON.")]


@app.command()
def check(as_json: Json = False) -> None:
    """Comparer les index au registre, sans rien changer."""
    from rag.pipeline import Assistant

    report = Assistant.open(Settings.from_environment(), repairing=False).check_indexes()
    _print(report, as_json=as_json)
    if not report.sound:
        raise typer.Exit(1)


@app.command()
def rebuild(as_json: Json = False) -> None:
    """Refaire les index à partir du registre."""
    from rag.pipeline import Assistant

    with progress_bar(hidden=as_json) as progress:
        assistant = Assistant.open(Settings.from_environment(), repairing=False)
        report = assistant.rebuild_indexes(progress=progress)
    _print(report, as_json=as_json)


def _print(report: "IndexReport", *, as_json: bool) -> None:
    if as_json:
        print_json({**asdict(report), "sound": report.sound})
        return
    state = "Index en ordre" if report.sound else "Index à refaire (radiact index rebuild)"
    output.print(
        typographic(
            f"{state} : {report.passages} passages, {report.missing} sans vecteur, "
            f"{report.orphans} vecteurs orphelins."
        )
    )
