"""What became of the files that were indexed and of the texts that were fetched."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rag.errors import RadiactError

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with a label in French, the number of steps done and the total (0 when unknown)."""


class Outcome(StrEnum):
    """What ``ingest`` did with a file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"


class PullOutcome(StrEnum):
    """What ``pull_sources`` did with a text."""

    DOWNLOADED = "downloaded"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    MANUAL = "manual"
    """Only a person with a browser can have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """The outcome for one file; ``error`` is set for a failure."""

    outcome: Outcome
    path: str
    document: str | None = None
    passages: int = 0
    error: RadiactError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """The outcome of one ``ingest``, a line per file."""

    files: tuple[FileReport, ...]

    def count(self, outcome: Outcome) -> int:
        """Count the files with this outcome."""
        return sum(report.outcome is outcome for report in self.files)
