"""Put a file that the page received among those that answer, or leave things as they were.

In the folder of added files one file is one document: another file of the same name is a new
version of it. A file that cannot be read takes the place of none.
"""

import logging
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from rag.errors import LoadError, Problem
from rag.pipeline.ingestion import Ingestion
from rag.types import FileReport, Outcome
from rag.uploads import readable_errors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What became of a file that was added.

    ``replaced`` is the title of the document that a file of the same name held, if it is another.
    """

    report: FileReport
    replaced: str = ""


def add_file(received: Path, *, folder: Path, ingestion: Ingestion) -> Addition:
    """Put a received file in its place and index it; the former file comes back if that fails.

    The caller holds the writer's lock.

    Raises:
        StoreError: the file cannot be moved, or the stores cannot be written.
    """
    target = Path(os.path.abspath(folder)) / received.name
    entries = ingestion.register.entries()
    held = [one.metadata for one in entries if one.source == target]
    report: FileReport | None = None
    with readable_errors():
        former = _set_aside(target, received.with_name(f"former{target.suffix}"))
        os.replace(received, target)
    try:
        report = _presentable(ingestion.run([target]).files[0])
    finally:
        if report is None or report.outcome is Outcome.FAILED:
            _put_back(former, target)
    has_replaced = report.outcome is not Outcome.FAILED
    others = [facts.title for facts in held if has_replaced and facts.id != report.document]
    return Addition(report=report, replaced=", ".join(others))


def _set_aside(target: Path, aside: Path) -> Path | None:
    """Copy the file that is to be replaced; moved, it would be missing for a moment."""
    if not target.exists():
        return None
    shutil.copy2(target, aside)
    return aside


def _put_back(former: Path | None, target: Path) -> None:
    try:
        if former is None:
            target.unlink(missing_ok=True)
        else:
            os.replace(former, target)
    except OSError as error:
        _log.warning("%s could not be put back: %s", target.name, error.strerror)


def _presentable(report: FileReport) -> FileReport:
    """Tell of an identity that another file holds in the words of the page, not of its folders."""
    error = report.error
    if error is None or error.problem is not Problem.DUPLICATE_ID:
        return report
    other = Path(str(error.details["other"])).name
    held = LoadError(Problem.UPLOAD_HELD, path=report.path, id=error.details["id"], other=other)
    return replace(report, error=held)
