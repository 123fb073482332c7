"""A copy that was good stays so: bad answers, slow servers, full disks, killed runs."""

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from rag import loaders
from rag.errors import Problem, StoreError
from rag.sources import Policy, SourceFolder, storage, sweep
from tests.conftest import REPOSITORY
from tests.loaders.checks import column, make_pdf
from tests.sources import site as answers
from tests.sources.folders import GOOD, NEW, Fetch, files_of, leftovers, problem_of
from tests.sources.site import Answer, Site, act, page, redirect, status

PDF = make_pdf([column("Autre fichier " * 3, *["Une ligne de texte." * 2] * 12)])


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (status(404), Problem.SOURCE_STATUS),
        (status(202), Problem.SOURCE_CHALLENGE),
        (status(500), Problem.SOURCE_BUSY),
        (status(429, Retry_After="3600"), Problem.SOURCE_BUSY),
        (answers.cut(NEW), Problem.SOURCE_CUT),
        (page(NEW, "application/json"), Problem.SOURCE_TYPE),
        (page(PDF), Problem.WRONG_EXTENSION),
        (page(b""), Problem.EMPTY),
        (page(b"<html></html>"), Problem.NO_TEXT),
        (page(b"<html><p>Confirmez que vous n\xc3\xaates pas un robot.</p></html>"),
         Problem.SOURCE_CONTENT),
        (page(b"<html><p>Recherche : journaux de l'IA, 0 resultat.</p></html>"),
         Problem.SOURCE_OTHER),
        (page(act(number="2024/1690")), Problem.SOURCE_OTHER),
        (page(b"x" * 3_000_001), Problem.SOURCE_TOO_LARGE),
        (answers.endless(b"x" * 500_000, 0), Problem.SOURCE_TOO_LARGE),
        (redirect("/texte"), Problem.SOURCE_REDIRECTS),
        (redirect("https://exemple.fr/"), Problem.SOURCE_HOST),
    ],
)  # fmt: skip
def test_good_copy_survives_every_fault(
    make_folder: Callable[..., SourceFolder], bring: Fetch, fault: Answer, problem: Problem
) -> None:
    folder = make_folder(page(GOOD), fault)
    bring(folder)
    before = files_of(folder)
    assert problem_of(lambda: bring(folder)) is problem
    assert files_of(folder) == before
    assert leftovers(folder) == []
    copy = folder.copy()
    assert copy is not None
    assert copy.is_sound


@pytest.mark.parametrize("slow", [answers.endless(NEW, 0.1), answers.stalled])
def test_good_copy_survives_a_slow_server(
    make_folder: Callable[..., SourceFolder], bring: Fetch, slow: Answer, hasty: Policy
) -> None:
    folder = make_folder(page(GOOD), slow)
    bring(folder)
    before = files_of(folder)
    assert problem_of(lambda: bring(folder, limits=hasty)) is Problem.SOURCE_TIMEOUT
    assert files_of(folder) == before
    assert leftovers(folder) == []


def test_parser_that_breaks_on_a_file_is_a_named_failure(
    folder: SourceFolder, bring: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise IndexError("des mots du document")

    monkeypatch.setattr(loaders, "load", fail)
    assert problem_of(lambda: bring(folder)) is Problem.UNREADABLE


class FullDisk:
    """A file on a disk that is full after ``free`` bytes."""

    def __init__(self, file: BinaryIO, free: int) -> None:
        self._file, self._free = file, free

    def __enter__(self) -> "FullDisk":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        self._free -= len(data)
        if self._free < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(data)


@pytest.mark.parametrize("suffix", [".html", ".yaml", ".json"])
def test_full_disk_keeps_the_good_copy(
    make_folder: Callable[..., SourceFolder],
    bring: Fetch,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    folder = make_folder(page(GOOD), page(NEW))
    bring(folder)
    before = files_of(folder)

    def open_for_writing(path: Path) -> Any:
        return FullDisk(path.open("wb"), 10 if path.suffix == suffix else 10**9)

    monkeypatch.setattr(storage, "open_for_writing", open_for_writing)
    monkeypatch.setattr("rag.sources.fetching.open_for_writing", open_for_writing)
    with pytest.raises(StoreError) as raised:
        bring(folder)
    assert raised.value.problem is Problem.DISK_FULL
    assert files_of(folder) == before
    assert leftovers(folder) == []


def test_folder_that_cannot_be_made_is_named(folder: SourceFolder, bring: Fetch) -> None:
    folder.root.write_text("un fichier à la place du dossier")
    assert problem_of(lambda: bring(folder)) is Problem.SOURCE_FOLDER


def test_leftovers_of_a_killed_run_are_swept(folder: SourceFolder, bring: Fetch) -> None:
    bring(folder)
    abandoned = folder.folder / ".reception-abandon"
    abandoned.mkdir()
    (abandoned / folder.path.name).write_bytes(GOOD[:100])
    sweep(folder.root)
    assert not abandoned.exists()
    assert folder.path.read_bytes() == GOOD


KILLED = """
import sys
from datetime import date
from pathlib import Path
from rag.sources import Policy, SourceFolder, fetch, read_catalogue
root, catalogue = map(Path, sys.argv[1:])
policy = Policy(hosts=frozenset({"127.0.0.1"}), allow_private=True, allow_http=True)
text = read_catalogue(catalogue).texts[0]
fetch(SourceFolder(root, text), policy=policy, today=date.today(), progress=lambda *_: None)
"""


def test_killed_download_leaves_the_good_copy(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site, tmp_path: Path
) -> None:
    folder = make_folder(page(GOOD), answers.endless(NEW, 0.05))
    bring(folder)
    before = files_of(folder)
    command = [sys.executable, "-c", KILLED, str(folder.root), str(tmp_path / "sources.yaml")]
    child = subprocess.Popen(command, cwd=REPOSITORY)
    deadline = time.monotonic() + 30
    while not any(path.stat().st_size for path in folder.folder.glob(".reception-*/*")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert files_of(folder) == before
    assert leftovers(folder) != []
    sweep(folder.root)
    assert leftovers(folder) == []
    assert loaders.load(folder.path).id == "32024R1689"
