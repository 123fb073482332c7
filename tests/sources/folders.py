"""A folder of one fetched text: what it is asked in tests, and what is seen of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rag.errors import Problem, RadiactError
from rag.sources import Fetched, SourceFolder
from tests.sources.site import act

TODAY = date(2026, 11, 24)
GOOD, NEW = act(), act("Le déployeur conserve les journaux de l’IA un an.")
Fetch = Callable[..., Fetched]


def problem_of(action: Callable[[], object]) -> Problem:
    with pytest.raises(RadiactError) as raised:
        action()
    return raised.value.problem


def files_of(folder: SourceFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.folder.iterdir() if path.is_file()}


def leftovers(folder: SourceFolder) -> list[Path]:
    return [path for path in folder.folder.iterdir() if path.is_dir()]
