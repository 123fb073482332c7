"""A file that somebody saved by hand is taken as if it had been fetched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag import loaders
from rag.errors import LoadError, Problem
from rag.sources import Fetched, SourceFolder, adopt
from tests.sources.folders import GOOD, NEW, TODAY, problem_of
from tests.sources.site import act


def test_file_saved_by_hand_is_taken(
    make_folder: Callable[..., SourceFolder], tmp_path: Path
) -> None:
    folder = make_folder(access="manuel")
    saved = tmp_path / "page enregistrée.html"
    saved.write_bytes(GOOD)
    assert adopt(folder, saved, today=TODAY) is Fetched.DOWNLOADED
    assert adopt(folder, saved, today=TODAY) is Fetched.UNCHANGED
    saved.write_bytes(NEW)
    assert adopt(folder, saved, today=TODAY) is Fetched.UPDATED
    copy = folder.copy()
    assert copy is not None
    assert copy.provenance is not None
    assert copy.provenance.final_address.startswith("file://")
    assert loaders.load(folder.path).metadata.checked == TODAY
    assert saved.read_bytes() == NEW


def test_file_saved_by_hand_that_is_something_else_is_refused(
    folder: SourceFolder, tmp_path: Path
) -> None:
    saved = tmp_path / "page.html"
    saved.write_bytes(act("Rien à voir."))
    assert problem_of(lambda: adopt(folder, saved, today=TODAY)) is Problem.SOURCE_CONTENT
    with pytest.raises(LoadError):
        adopt(folder, tmp_path / "absent.html", today=TODAY)
    assert folder.copy() is None
