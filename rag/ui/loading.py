"""Open the assistant in the background, and say meanwhile how far it is."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias

from rag.config import Settings
from rag.errors import RadiactError
from rag.messages import french
from rag.types import (
    NO_FILTER,
    Answer,
    Filters,
    Metadata,
    PageView,
    Progress,
    Reading,
    TellAnswer,
    Verdict,
)
from rag.ui import wording
from rag.ui.kept import KeptAnswers

if TYPE_CHECKING:
    from rag.library import Listed
    from rag.pipeline import Addition, PullReport
    from rag.sources import SourceState
    from rag.thesaurus import Thesaurus

logger = logging.getLogger(__name__)


class Asker(Protocol):
    """What the page needs of the assistant."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: date | None = None,
        filters: Filters = NO_FILTER,
        tell: TellAnswer | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        """Answer a question; raises ``RadiactError`` where it cannot.

        ``tell`` is told of the answer as it is written, where that takes time; ``stop`` ends it.
        """
        ...

    def judge(self, answer: Answer, *, key: str, verdict: Verdict, comment: str = "") -> None:
        """Keep what a reader thinks of an answer; raises ``RadiactError`` where it cannot."""
        ...

    @property
    def settings(self) -> Settings:
        """The settings that it was opened with."""
        ...

    def library(self) -> "Sequence[Listed]":
        """List what the register holds of the documents that answer."""
        ...

    def add(
        self, received: Path, *, progress: Progress | None = None, wait_seconds: float = 0
    ) -> "Addition":
        """Index a file that was received; raises ``RadiactError`` where it cannot."""
        ...

    def remove(self, document: str) -> None:
        """Take a document out of the answers; raises ``RadiactError`` where it cannot."""
        ...

    def documents(self) -> Sequence[Metadata]:
        """List what is known of the documents that answer."""
        ...

    def describe(self) -> Mapping[str, object]:
        """Count what is known: ``documents``, ``passages``; say where, and with which models."""
        ...

    def glossary(self) -> "Thesaurus":
        """Give the notions of the thesaurus."""
        ...

    def official_texts(self) -> "Sequence[SourceState]":
        """Say what is here of each text of the catalogue."""
        ...

    def read(
        self,
        document: str,
        *,
        version: int | None = None,
        anchor: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Reading:
        """Read a document where a citation leads; raises ``RadiactError`` where it cannot."""
        ...

    def look_at_page(
        self,
        document: str,
        number: int,
        *,
        version: int | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> PageView:
        """Look at a page of a PDF; raises ``RadiactError`` where it cannot."""
        ...

    def page_image(
        self, document: str, number: int, *, width: int, version: int | None = None
    ) -> bytes:
        """Draw a page of a PDF as a PNG; raises ``RadiactError`` where it cannot."""
        ...

    def pull(self, ids: Sequence[str] = (), *, progress: Progress | None = None) -> "PullReport":
        """Download texts and index them; the whole catalogue where none is named."""
        ...


OpenAssistant: TypeAlias = Callable[[Progress], Asker]


@dataclass(frozen=True, slots=True)
class Step:
    """The last report of the assistant being opened; ``total`` is 0 when unknown."""

    label: str = ""
    done: int = 0
    total: int = 0


class Loading:
    """An assistant that is being opened by a thread of its own, and the answers it gave lately."""

    def __init__(self, open_assistant: OpenAssistant) -> None:
        self._open_assistant = open_assistant
        self._opened: Future[Asker] = Future()
        self._step = Step()
        self.kept = KeptAnswers()

    def start(self) -> Self:
        """Start the thread, which does not hold up the end of the program."""
        threading.Thread(target=self._open, name="radiact-loading", daemon=True).start()
        return self

    @property
    def done(self) -> bool:
        """Whether the assistant is open, or has failed to open."""
        return self._opened.done()

    @property
    def progress(self) -> str:
        """How far the preparation is, in French."""
        return wording.progress_line(self._step.label, self._step.done, self._step.total)

    @property
    def failure(self) -> str:
        """Why the assistant could not be opened, in French; empty when it could, or may yet."""
        if not self.done or (error := self._opened.exception()) is None:
            return ""
        if isinstance(error, RadiactError):
            return wording.LOADING_FAILED.format(cause=french(error))
        return wording.LOADING_FAILED.format(cause=wording.LOADING_UNEXPECTED)

    @property
    def assistant(self) -> Asker:
        """The open assistant; waits for it, and raises what prevented it from opening."""
        return self._opened.result()

    def _open(self) -> None:
        try:
            self._opened.set_result(self._open_assistant(self._report))
        except Exception as error:
            if isinstance(error, RadiactError):
                logger.error("%s", french(error))
            else:
                logger.error("The assistant could not be opened", exc_info=error)
            self._opened.set_exception(error)

    def _report(self, label: str, done: int, total: int) -> None:
        self._step = Step(label, done, total)
