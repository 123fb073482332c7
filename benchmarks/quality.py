"""``make evaluate``: how well, on the project's own questions and on those kept outside.

Asks the own questions of the notices alone, then those on the official texts (their files' names
begin with ``officiels-``) of both; the other labelled questions and a BEIR folder where they are.
Beside each set, in the same run, the variants of ``benchmarks.ablation``. Writes a folder under
``benchmarks/results/``; a folder that is not on this machine is named, and the rest is measured.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import ablation, machine
from benchmarks.results_folder import RESULTS, MeasuredSet, write_results
from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation import to_markdown
from rag.evaluation.asking import ask_questions
from rag.evaluation.beir import measure_beir, open_beir
from rag.evaluation.golden import read_questions
from rag.evaluation.lines import sum_up
from rag.evaluation.report import decimal
from rag.messages import typographic
from rag.pipeline import Assistant
from rag.types import Progress

SHARED = Path(__file__).parents[2] / "shared"
OWN = Path(__file__).parent / "questions"
ON_OFFICIAL_TEXTS = "officiels-"
DOCUMENTS = (
    "32024R1689/fr.html",
    "32016R0679/fr.html",
    "actualites/thema-radiologie-4090.txt",
)
NOTICES = "notices"
WITH_TEXTS = "notices, règlement IA, RGPD et une page d’actualités"
TITLES = {
    "notices": "Questions du projet sur les notices",
    "officiels": "Questions du projet sur les textes officiels",
    "questions-dev": "Questions de radiologues et de responsables de conformité",
    "gold-dev": "Questions difficiles sur le règlement IA et le RGPD",
    "cnil-faq": "Paraphrases de la foire aux questions de la CNIL",
}
PUBLIC = {"notices", "officiels"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """Where the documents and the questions are; ``temporary`` holds what is made meanwhile."""

    corpus: Path
    benchmarks: Path
    temporary: Path
    progress: Progress

    def run(self) -> Iterator[MeasuredSet]:
        """Measure every set that is here, one after the other."""
        data = self.temporary / "radiact"
        settings = replace(Settings.from_environment(), data_dir=data, database_url="")
        assistant = Assistant.open(settings)
        assistant.ingest(progress=self.progress)
        yield from self._ask(assistant, "notices", own_files(official=False), NOTICES)
        yield from self._ask(assistant, "questions-dev", self._outside("questions-dev"), NOTICES)
        if self.corpus.is_dir():
            texts = [self.corpus / name for name in DOCUMENTS]
            assistant.ingest(texts, progress=self.progress)
            yield from self._ask(assistant, "officiels", own_files(official=True), WITH_TEXTS)
            yield from self._ask(assistant, "gold-dev", self._outside("gold-dev"), WITH_TEXTS)
        if (self.benchmarks / "cnil-faq").is_dir():
            yield self._search(settings, "cnil-faq", "réponses de la CNIL")

    def missing(self) -> list[str]:
        """Say in French what is not on this machine, and so is not measured."""
        said = [] if self.corpus.is_dir() else ["textes officiels, et les questions qui les citent"]
        outside = ("questions-dev.jsonl", "gold-dev.jsonl", "cnil-faq")
        said += [f"questions {name}" for name in outside if not (self.benchmarks / name).exists()]
        return [typographic(f"Absent de cette machine, donc non mesuré : {one}.") for one in said]

    def _ask(
        self, assistant: Assistant, name: str, files: Sequence[Path], documents: str
    ) -> Iterator[MeasuredSet]:
        if not files:
            return
        questions = [question for path in files for question in read_questions(path)]
        yield MeasuredSet(
            name=name,
            title=TITLES[name],
            documents=documents,
            run=sum_up(ask_questions(assistant, questions, progress=self.progress)),
            variants=ablation.ablate(
                assistant,
                ablation.golden(questions, assistant.retriever.corpus().lexicon),
                self.temporary / f"plain-{name}",
                progress=self.progress,
            ),
            is_public=name in PUBLIC,
        )

    def _search(self, settings: Settings, name: str, documents: str) -> MeasuredSet:
        with open_beir(settings, self.benchmarks / name, progress=self.progress) as opened:
            assistant, questions = opened
            return MeasuredSet(
                name=name,
                title=TITLES[name],
                documents=documents,
                run=measure_beir(assistant, questions, progress=self.progress),
                variants=ablation.ablate(
                    assistant,
                    ablation.beir(questions),
                    self.temporary / f"plain-{name}",
                    by_document=True,
                    progress=self.progress,
                ),
            )

    def _outside(self, name: str) -> list[Path]:
        path = self.benchmarks / f"{name}.jsonl"
        return [path] if path.is_file() else []


def own_files(*, official: bool) -> list[Path]:
    """List the files of the project's own questions: on the official texts, or on the notices."""
    return [
        path
        for path in sorted(OWN.glob("*.jsonl"))
        if path.name.startswith(ON_OFFICIAL_TEXTS) is official
    ]


def by_file(sets: Sequence[MeasuredSet]) -> str:
    """Write a table of the project's own questions, file by file."""
    lines = {line["id"]: line for one in sets if one.is_public for line in one.run["questions"]}
    table = [
        "| fichier | questions | échecs | recall@1 | recall@3 |",
        "|---|---|---|---|---|",
    ]
    for path in sorted(OWN.glob("*.jsonl")):
        asked = [lines[one.id] for one in read_questions(path) if one.id in lines]
        if asked:
            run = sum_up(asked)
            failed = sum(line["cause"] is not None for line in asked)
            recalls = " | ".join(decimal(run[f"recall@{k}"], digits=2) for k in (1, 3))
            table.append(f"| {path.stem} | {len(asked)} | {failed} | {recalls} |")
    return "\n".join(table)


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
    results: Annotated[Path, typer.Option(help="Dossier des résultats.")] = RESULTS,
) -> None:
    """Mesurer la recherche, les réponses et les abstentions, et ce que vaut chaque partie."""
    environment = machine.facts()
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        progress_bar() as progress,
    ):
        benchmark = Benchmark(
            corpus=corpus, benchmarks=benchmarks, temporary=Path(temporary), progress=progress
        )
        missing = benchmark.missing()
        for sentence in missing:
            typer.echo(sentence, err=True)
        sets = list(benchmark.run())
    remarks = [*missing, "## Questions du projet, fichier par fichier", by_file(sets)]
    folder = write_results(results, sets, environment, remarks=remarks)
    for one in sets:
        typer.echo(f"\n## {one.title} ({one.documents})\n\n{to_markdown(one.run)}")
    typer.echo(typographic(f"\nRésultats : {folder}."))


if __name__ == "__main__":
    typer.run(main)
