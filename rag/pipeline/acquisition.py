"""Fetch official texts and index them: each failure is named, and stops no other text."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from rag.config import Settings
from rag.errors import Problem, RadiactError, SourceError, StoreError
from rag.pipeline.assistant import Assistant
from rag.pipeline.lock import writing
from rag.privacy import check_path
from rag.sources import (
    Access,
    Catalogue,
    Fetched,
    OfficialText,
    Policy,
    SourceFolder,
    adopt,
    fetch,
    read_catalogue,
    sweep,
)
from rag.types import FileReport, Outcome, Progress, PullOutcome

_Obtain: TypeAlias = Callable[[SourceFolder], Fetched]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """The outcome for one text.

    Attributes:
        indexed: what became of its document; None where there was no file to index.
        was_damaged: the former local copy was not the file that had been fetched.
        error: set for a failure, and for what must be done by hand.
    """

    text: OfficialText
    outcome: PullOutcome
    indexed: FileReport | None = None
    was_damaged: bool = False
    error: RadiactError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullReport:
    """The outcome of one ``pull_sources``, in the catalogue's order."""

    sources: tuple[SourceReport, ...]

    def count(self, outcome: PullOutcome) -> int:
        """Count the texts with this outcome."""
        return sum(report.outcome is outcome for report in self.sources)


def pull_sources(
    assistant: Assistant,
    ids: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    wait_seconds: float = 0,
    policy: Policy | None = None,
    today: date | None = None,
) -> PullReport:
    """Bring official texts up to date and index them, also those that are here already.

    A run cut off anywhere is completed by the next one. A document that was removed by hand comes
    back only when it is named.

    Args:
        assistant: where they are indexed.
        ids: of the texts; the whole catalogue by default.
        progress: told of each download, in kilobytes, then as ``ingest`` tells.
        wait_seconds: how long to wait for another process that is writing.
        policy: limits of the downloads, else the usual ones.
        today: the day noted as that of the check, else the present one.

    Raises:
        ConfigurationError: the catalogue cannot be used, or has no such text.
        StoreError: another process is fetching texts.
    """
    catalogue = read_catalogue(assistant.settings.catalogue_file)
    limits = policy or make_policy(assistant.settings, catalogue)
    day = today or date.today()

    def download(folder: SourceFolder) -> Fetched:
        if folder.text.access is Access.MANUAL:
            raise _by_hand(folder.text)
        return fetch(folder, policy=limits, today=day, progress=_kilobytes(progress, folder.text))

    run = _Run(assistant, progress=progress, wait_seconds=wait_seconds, restoring=bool(ids))
    return run.acquire(catalogue.select(ids), download)


def take_source(
    assistant: Assistant,
    id: str,
    file: Path,
    *,
    progress: Progress | None = None,
    wait_seconds: float = 0,
    today: date | None = None,
) -> PullReport:
    """Index a file that a person saved as the text that the catalogue calls ``id``.

    Raises:
        ConfigurationError: the catalogue cannot be used, or has no such text.
        PatientDataError: the path, which is kept as where the text is from, tells of a patient.
        StoreError: another process is fetching texts.
    """
    check_path(file.absolute())
    texts = read_catalogue(assistant.settings.catalogue_file).select([id])
    day = today or date.today()
    run = _Run(assistant, progress=progress, wait_seconds=wait_seconds, restoring=True)
    return run.acquire(texts, lambda folder: adopt(folder, file, today=day))


def make_policy(settings: Settings, catalogue: Catalogue) -> Policy:
    """Give the usual limits, widened to an internal mirror where the settings say so."""
    allowed = settings.allow_private_sources
    return Policy(hosts=catalogue.hosts, allow_private=allowed, allow_http=allowed)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run of ``pull_sources`` or ``take_source``."""

    assistant: Assistant
    progress: Progress | None
    wait_seconds: float
    restoring: bool

    def acquire(self, texts: Iterable[OfficialText], obtain: _Obtain) -> PullReport:
        """Obtain texts one by one, then index all that is sound."""
        root = Path(os.path.abspath(self.assistant.settings.sources_dir))
        with writing(root / "pull.lock", wait_seconds=self.wait_seconds):
            sweep(root)
            folders = [SourceFolder(root, text) for text in texts]
            reports = [_obtain(folder, obtain) for folder in folders]
            documents = self._index([folder.path for folder in folders if _is_sound(folder)])
        return PullReport(
            sources=tuple(
                _with_document(report, documents.get(folder.path))
                for report, folder in zip(reports, folders, strict=True)
            )
        )

    def _index(self, paths: list[Path]) -> dict[Path, FileReport]:
        if not paths:
            return {}
        try:
            report = self.assistant.ingest(
                paths,
                progress=self.progress,
                wait_seconds=self.wait_seconds,
                restore_removed=self.restoring,
            )
        except StoreError as error:
            return {path: _not_indexed(path, error) for path in paths}
        return {Path(file.path): file for file in report.files}


def _obtain(folder: SourceFolder, obtain: _Obtain) -> SourceReport:
    text = folder.text
    try:
        former = folder.copy()
        outcome = PullOutcome(obtain(folder).value)
    except RadiactError as error:
        by_hand = error.problem is Problem.SOURCE_BY_HAND
        outcome = PullOutcome.MANUAL if by_hand else PullOutcome.FAILED
        return SourceReport(text=text, outcome=outcome, error=error)
    was_damaged = former is not None and not former.is_sound
    return SourceReport(text=text, outcome=outcome, was_damaged=was_damaged)


def _is_sound(folder: SourceFolder) -> bool:
    copy = folder.copy()
    return copy is not None and copy.is_sound


def _with_document(report: SourceReport, document: FileReport | None) -> SourceReport:
    """Add what became of the document; that it was not indexed is a failure of its own."""
    if document is None or document.error is None:
        return replace(report, indexed=document)
    error = report.error if report.outcome is PullOutcome.FAILED else _readable(document)
    return replace(report, outcome=PullOutcome.FAILED, indexed=document, error=error)


def _readable(document: FileReport) -> RadiactError | None:
    error = document.error
    if error is None or error.problem is not Problem.DUPLICATE_ID:
        return error
    return SourceError(
        Problem.SOURCE_HELD,
        id=error.details["id"],
        other=error.details["other"],
        path=document.path,
    )


def _not_indexed(path: Path, error: StoreError) -> FileReport:
    return FileReport(outcome=Outcome.FAILED, path=str(path), error=error)


def _by_hand(text: OfficialText) -> SourceError:
    return SourceError(Problem.SOURCE_BY_HAND, id=text.id, address=text.address)


def _kilobytes(progress: Progress | None, text: OfficialText) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if progress:
            progress(f"Téléchargement de {text.id} (Ko)", done // 1000, total // 1000)

    return tell
