"""``make evaluate``: how well, on labelled questions and real documents kept outside.

Indexes the notices, the French AI Act and GDPR and the news page in a temporary folder, then asks
the questions. Also prints a BEIR folder's figures.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation import evaluate_beir, evaluate_questions, to_markdown
from rag.pipeline import Assistant

SHARED = Path(__file__).parents[2] / "shared"
DOCUMENTS = (
    "32024R1689/fr.html",
    "32016R0679/fr.html",
    "actualites/thema-radiologie-4090.txt",
)


def run(corpus: Path, benchmarks: Path) -> dict[str, dict[str, Any]]:
    """Measure each set, by its title."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        progress_bar() as progress,
    ):
        settings = replace(Settings.from_environment(), data_dir=Path(temporary), database_url="")
        notices = settings.documents_dir
        Assistant.open(settings).ingest([notices], progress=progress)
        found = {
            "questions-dev.jsonl (notices seules)": evaluate_questions(
                settings, benchmarks / "questions-dev.jsonl", progress=progress
            )
        }
        Assistant.open(settings).ingest([corpus / name for name in DOCUMENTS], progress=progress)
        found["gold-dev.jsonl (notices et textes officiels)"] = evaluate_questions(
            settings, benchmarks / "gold-dev.jsonl", progress=progress
        )
        found["cnil-faq"] = evaluate_beir(settings, benchmarks / "cnil-faq", progress=progress)
        return found


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
) -> None:
    """Mesurer la recherche, les réponses et les abstentions."""
    for folder in (corpus, benchmarks):
        if not folder.is_dir():
            raise typer.BadParameter(f"Dossier absent : {folder}.")
    for title, result in run(corpus, benchmarks).items():
        typer.echo(f"\n## {title}\n\n{to_markdown(result)}")


if __name__ == "__main__":
    typer.run(main)
