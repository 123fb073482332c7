"""What the commands print: data on standard output, the rest on standard error."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from rag.errors import ConfigurationError, PatientDataError, QuestionError, RadiactError
from rag.messages import french, typographic
from rag.types import Progress as TellProgress

output = Console(soft_wrap=True, highlight=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)


def print_json(value: Any) -> None:  # noqa: ANN401  # any JSON value
    """Print a value as JSON on standard output, French characters as they are."""
    output.file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_error(error: RadiactError) -> int:
    """Say in one French line what went wrong; give the exit status: 2 for usage, else 1.

    Where someone typed data of a patient, a second line gives the text with them masked.
    """
    errors.print(french(error), style="red", markup=False)
    if isinstance(error, PatientDataError):
        errors.print(
            typographic(f"Texte masqué, que vous pouvez poser : {error.masked}"), markup=False
        )
    return 2 if isinstance(error, ConfigurationError | QuestionError | PatientDataError) else 1


@contextmanager
def progress_bar(*, hidden: bool = False) -> Iterator[TellProgress]:
    """Show bars on standard error, from the first step on; nothing is left of them once done.

    Labels with the same first word share a bar, which starts again when its count goes down.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    disabled = hidden or not errors.is_terminal
    bar = Progress(*columns, console=errors, transient=True, disable=disabled)
    tasks: dict[str, TaskID] = {}
    counts: dict[str, int] = {}

    def tell(label: str, done: int, total: int) -> None:
        bar.start()
        stage = label.split(" ", 1)[0]
        if stage not in tasks:
            tasks[stage] = bar.add_task(label, total=None)
        elif done < counts[stage]:
            bar.reset(tasks[stage])
        counts[stage] = done
        bar.update(tasks[stage], description=label, completed=done, total=total or None)

    try:
        yield tell
    finally:
        if not disabled:
            bar.stop()
