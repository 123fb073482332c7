"""The labelled questions that weights are fitted on, each set of the documents it is about."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.quality import DOCUMENTS, OWN, own_files
from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation.golden import GoldenQuestion, read_questions
from rag.pipeline import Assistant
from rag.types import Progress

NOTICES, OFFICIAL, GOLD = "notices", "officiels", "gold-dev"


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Questions, and an assistant that has read what they are about."""

    name: str
    assistant: Assistant
    questions: list[GoldenQuestion]

    def answerable(self) -> list[GoldenQuestion]:
        """List the questions that have an answer."""
        return [question for question in self.questions if question.answerable]


@contextmanager
def temporary_settings() -> Iterator[tuple[Settings, Progress]]:
    """Give the settings in use on an empty index, and a bar of progress."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        progress_bar() as progress,
    ):
        settings = Settings.from_environment()
        yield replace(settings, data_dir=Path(temporary), database_url=""), progress


def labelled_sets(
    settings: Settings, corpus: Path, benchmarks: Path, progress: Progress
) -> Iterator[LabelledSet]:
    """Yield the sets on the notices alone, then those on the notices beside the official texts."""
    assistant = Assistant.open(settings)
    assistant.ingest(progress=progress)
    files = [*own_files(official=False), benchmarks / "questions-dev.jsonl"]
    yield LabelledSet(NOTICES, assistant, _read(files))
    assistant.ingest([corpus / name for name in DOCUMENTS], progress=progress)
    files = [*own_files(official=True), OWN / "sans-reponse.jsonl"]
    yield LabelledSet(OFFICIAL, assistant, _read(files))
    yield LabelledSet(GOLD, assistant, _read([benchmarks / "gold-dev.jsonl"]))


def _read(files: list[Path]) -> list[GoldenQuestion]:
    return [question for path in files for question in read_questions(path)]
