import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import yaml

from rag import loaders
from rag.errors import LoadError, Problem, RadiactError, StoreError
from rag.loaders.metadata import sidecar
from rag.sources import Fetched, Policy, SourceFolder, adopt, fetch, storage, sweep
from tests.conftest import REPOSITORY
from tests.loaders.checks import column, make_pdf
from tests.sources import site as answers
from tests.sources.catalogues import make_text
from tests.sources.site import Answer, Site, act, page, redirect, status

TODAY = date(2026, 11, 24)
GOOD, NEW = act(), act("Le déployeur conserve les journaux de l’IA un an.")
Fetch = Callable[..., Fetched]


@pytest.fixture
def make_folder(site: Site, tmp_path: Path) -> Callable[..., SourceFolder]:
    def make_folder(*served: Answer, **fields: Any) -> SourceFolder:
        address = site.serve("/texte", *served)
        text = make_text(tmp_path, **{"address": address, **fields})
        return SourceFolder(tmp_path / "sources", text)

    return make_folder


@pytest.fixture
def folder(make_folder: Callable[..., SourceFolder]) -> SourceFolder:
    """A folder that holds a good copy."""
    return make_folder(page(GOOD))


@pytest.fixture
def bring(policy: Policy) -> Fetch:
    def bring(folder: SourceFolder, *, today: date = TODAY, limits: Policy = policy) -> Fetched:
        return fetch(folder, policy=limits, today=today, progress=lambda _done, _total: None)

    return bring


def problem_of(action: Callable[[], object]) -> Problem:
    with pytest.raises(RadiactError) as raised:
        action()
    return raised.value.problem


def files_of(folder: SourceFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.folder.iterdir() if path.is_file()}


def leftovers(folder: SourceFolder) -> list[Path]:
    return [path for path in folder.folder.iterdir() if path.is_dir()]


def test_text_comes_with_its_metadata_and_its_provenance(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site
) -> None:
    folder = make_folder(
        answers.versioned(GOOD, '"1"'),
        language="fr",
        published="2024-07-12",
        version_date="2024-07-13",
        status="modifie",
        covers=["a#b"],
    )
    assert bring(folder) is Fetched.DOWNLOADED
    document = loaders.load(folder.path)
    assert document.metadata == replace(folder.text.metadata, checked=TODAY)
    origin = json.loads((folder.folder / "provenance.json").read_text())
    assert origin["sha256"] == sha256(GOOD).hexdigest()
    assert origin["size"] == len(GOOD)
    assert origin["address"] == origin["final_address"] == folder.text.address
    assert (origin["etag"], origin["content_type"]) == ('"1"', "text/html; charset=utf-8")
    assert origin["fetched_at"][:4].isdecimal()
    assert origin["last_modified"] == "Fri, 12 Jul 2024 00:00:00 GMT"
    asked = site.requests[0][1]
    assert (asked["accept"], asked["accept-language"]) == (
        "text/html, application/xhtml+xml",
        "fra",
    )
    assert sorted(files_of(folder)) == [
        "32024R1689.html", "32024R1689.html.yaml", "provenance.json",
    ]  # fmt: skip
    assert leftovers(folder) == []


def test_unchanged_text_is_not_sent_again(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site
) -> None:
    folder = make_folder(answers.versioned(GOOD, '"1"'))
    bring(folder)
    before = files_of(folder)
    assert bring(folder, today=TODAY + timedelta(days=1)) is Fetched.UNCHANGED
    assert site.requests[1][1]["if-none-match"] == '"1"'
    assert site.requests[1][1]["if-modified-since"] == "Fri, 12 Jul 2024 00:00:00 GMT"
    assert files_of(folder) == before


def test_page_that_changes_around_its_text_is_unchanged(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    visited = GOOD.replace(b"<body>", b"<body><script>visite(2)</script>")
    folder = make_folder(page(GOOD), page(visited))
    bring(folder)
    assert bring(folder) is Fetched.UNCHANGED
    assert folder.path.read_bytes() == GOOD


def test_changed_text_replaces_the_former_one(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    folder = make_folder(page(GOOD), page(NEW))
    bring(folder)
    assert bring(folder, today=TODAY + timedelta(days=1)) is Fetched.UPDATED
    assert folder.path.read_bytes() == NEW
    assert loaders.load(folder.path).metadata.checked == TODAY + timedelta(days=1)


@pytest.mark.parametrize("days", [31, -1])
def test_unchanged_text_is_dated_anew_from_time_to_time(
    make_folder: Callable[..., SourceFolder], bring: Fetch, days: int
) -> None:
    folder = make_folder(answers.versioned(GOOD, '"1"'))
    bring(folder)
    later = TODAY + timedelta(days=days)
    assert bring(folder, today=later) is Fetched.UNCHANGED
    assert loaders.load(folder.path).metadata.checked == later
    assert folder.copy() is not None


def test_what_the_catalogue_says_anew_reaches_the_sidecar(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    bring(make_folder(answers.versioned(GOOD, '"1"')))
    folder = make_folder(answers.versioned(GOOD, '"1"'), title="Autre titre")
    assert bring(folder) is Fetched.UNCHANGED
    assert loaders.load(folder.path).metadata.title == "Autre titre"


def test_fallback_is_tried_when_the_address_fails(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site
) -> None:
    other = site.serve("/secours", answers.versioned(GOOD, '"1"'))
    folder = make_folder(status(202), fallback=other)
    assert bring(folder) is Fetched.DOWNLOADED
    assert bring(folder) is Fetched.UNCHANGED
    copy = folder.copy()
    assert copy is not None
    assert copy.provenance is not None
    assert copy.provenance.address == other


def test_failure_of_the_first_address_is_the_one_told(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site
) -> None:
    folder = make_folder(status(202), fallback=site.serve("/secours", status(404)))
    assert problem_of(lambda: bring(folder)) is Problem.SOURCE_CHALLENGE


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


def test_pinned_text_is_that_very_file(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    pin = sha256(GOOD).hexdigest()
    folder = make_folder(page(GOOD), page(NEW), sha256=pin)
    assert bring(folder) is Fetched.DOWNLOADED
    assert problem_of(lambda: bring(folder)) is Problem.SOURCE_HASH
    assert folder.path.read_bytes() == GOOD


def test_new_pin_replaces_a_copy_that_says_the_same(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    bring(make_folder(answers.versioned(GOOD, '"1"')))
    other = GOOD.replace(b"<body>", b"<body><!-- 2 -->")
    folder = make_folder(page(other), sha256=sha256(other).hexdigest())
    assert bring(folder) is Fetched.UPDATED
    assert folder.path.read_bytes() == other


def test_copy_that_was_touched_is_fetched_again(
    make_folder: Callable[..., SourceFolder], bring: Fetch, site: Site
) -> None:
    folder = make_folder(answers.versioned(GOOD, '"1"'))
    bring(folder)
    folder.path.write_bytes(GOOD.replace(b"six mois", b"un mois"))
    copy = folder.copy()
    assert copy is not None
    assert not copy.is_sound
    assert bring(folder) is Fetched.DOWNLOADED
    assert "if-none-match" not in site.requests[1][1]
    assert folder.path.read_bytes() == GOOD


@pytest.mark.parametrize("content", [None, "", "{}", '{"sha256": 3}'])
def test_copy_without_a_readable_provenance_is_fetched_again(
    folder: SourceFolder, bring: Fetch, content: str | None
) -> None:
    bring(folder)
    provenance = folder.folder / "provenance.json"
    provenance.unlink() if content is None else provenance.write_text(content)
    assert bring(folder) is Fetched.DOWNLOADED
    assert folder.copy() is not None


def test_format_that_changes_leaves_one_file(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    bring(make_folder(page(b"<p>Le guide garde les journaux de l'IA.</p>"), id="guide"))
    folder = make_folder(
        page(b"Le guide garde les journaux de l'IA.", "text/plain"), id="guide", format="text"
    )
    assert bring(folder) is Fetched.DOWNLOADED
    assert sorted(files_of(folder)) == ["guide.txt", "guide.txt.yaml", "provenance.json"]


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


def test_sidecar_says_what_the_loader_reads_back(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    folder = make_folder(
        page(GOOD), title="Un : titre « difficile » #1", note="à la main", licence="CC BY 4.0"
    )
    bring(folder)
    values = yaml.safe_load(sidecar(folder.path).read_text("utf-8"))
    assert values["title"] == "Un : titre « difficile » #1"
    assert "note" not in values
    assert loaders.load(folder.path).metadata.title == values["title"]


def test_consolidated_act_is_recognised_as_its_act(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    folder = make_folder(page(GOOD), id="02024R1689-20260727")
    assert bring(folder) is Fetched.DOWNLOADED
    assert loaders.load(folder.path).id == "02024R1689-20260727"


def test_act_whose_title_is_not_read_is_recognised_by_its_articles(
    make_folder: Callable[..., SourceFolder], bring: Fetch
) -> None:
    untitled = GOOD.replace("RÈGLEMENT (UE) 2024/1689".encode(), b"TEXTE")
    folder = make_folder(page(untitled), id="02024R1689-20260727")
    assert bring(folder) is Fetched.DOWNLOADED


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fr.html", "fr.pdf"])
def test_real_act_is_recognised(
    corpus: Path, make_folder: Callable[..., SourceFolder], bring: Fetch, name: str
) -> None:
    body = (corpus / "32016R0679" / name).read_bytes()
    kind = "application/pdf" if name.endswith("pdf") else "text/html"
    folder = make_folder(
        page(body, kind),
        id="32016R0679",
        format=name.partition(".")[2],
        contains="RÈGLEMENT (UE) 2016/679",
    )
    assert bring(folder) is Fetched.DOWNLOADED
