"""Serve the page: what ``radiact serve`` and ``python app.py`` do."""

from typing import TYPE_CHECKING

from rag.cli.console import errors, progress_bar
from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.messages import french, typographic
from rag.types import IngestReport, Progress

if TYPE_CHECKING:
    from rag.pipeline import Assistant

LONGEST_WAIT_SECONDS = 600


def serve_page(settings: Settings) -> None:
    """Serve the page; meanwhile load the models, and index what changed in the documents folder.

    Raises:
        ConfigurationError: the port is taken, or the address cannot be used.
    """
    from rag.ui import serve

    serve(settings, lambda progress: open_and_index(settings, progress))


def open_and_index(settings: Settings, tell_page: Progress) -> "Assistant":
    """Open the assistant, ready to answer; progress shows in the terminal and in the page."""
    from rag.pipeline import Assistant  # in the background, while the page is already served

    with progress_bar() as tell_terminal:

        def tell(label: str, done: int, total: int) -> None:
            tell_terminal(label, done, total)
            tell_page(label, done, total)

        assistant = Assistant.open(settings, progress=tell)
        report = _index(assistant, tell)
        tell_page("Chargement de l’encodeur", 0, 0)
        assistant.describe()
    for file in report.files:
        if file.error:
            errors.print(typographic(f"{file.path} : {french(file.error)}"), markup=False)
    return assistant


def _index(assistant: "Assistant", tell: Progress) -> IngestReport:
    """Index the documents folder, unless there is none or another process does it."""
    if not assistant.settings.documents_dir.is_dir():
        return IngestReport(files=())
    try:
        return assistant.ingest(
            progress=tell, wait_seconds=LONGEST_WAIT_SECONDS, restore_removed=False
        )
    except StoreError as error:
        if error.problem is not Problem.LOCKED:
            raise
        return IngestReport(files=())
