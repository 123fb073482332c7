"""Download official texts in the background, one run at a time, while questions are asked."""

import logging
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rag.errors import RadiactError
from rag.messages import french
from rag.ui import wording
from rag.ui.loading import Loading, Step

if TYPE_CHECKING:
    from rag.pipeline import PullReport, SourceReport

logger = logging.getLogger(__name__)


class Downloads:
    """The one run that may be going on, and what the earlier ones came to.

    Attributes:
        step: the last thing that the run reported.
        report: what the last run came to; ``None`` while there was none, or it failed as a whole.
        problem: why the last run failed as a whole, in French.
        outcomes: what last became of each text, by its id.
    """

    def __init__(self, loading: Loading) -> None:
        self._loading = loading
        self._running = threading.Lock()
        self.step = Step()
        self.report: PullReport | None = None
        self.problem = ""
        self.outcomes: Mapping[str, SourceReport] = {}

    @property
    def running(self) -> bool:
        """Whether a run is going on."""
        return self._running.locked()

    def start(self, ids: Sequence[str]) -> bool:
        """Start to download texts, the whole catalogue if none is named; False if one runs."""
        if not self._running.acquire(blocking=False):
            return False
        self.step, self.report, self.problem = Step(wording.PULL_STARTS), None, ""
        work = threading.Thread(
            target=self._run, args=(tuple(ids),), name="radiact-downloads", daemon=True
        )
        work.start()
        return True

    def _run(self, ids: tuple[str, ...]) -> None:
        try:
            report = self._loading.assistant.pull(ids, progress=self._tell)
            self.outcomes = {**self.outcomes, **{one.text.id: one for one in report.sources}}
            self.report = report
        except RadiactError as error:
            self.problem = french(error)
        except Exception:
            logger.exception("The official texts could not be downloaded")
            self.problem = wording.PANEL_UNEXPECTED
        finally:
            self._running.release()

    def _tell(self, label: str, done: int, total: int) -> None:
        self.step = Step(label, done, total)
