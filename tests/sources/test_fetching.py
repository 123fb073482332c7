"""A text is fetched, recognised, compared with the copy, and dated."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from rag import loaders
from rag.errors import Problem
from rag.loaders.metadata import sidecar
from rag.sources import Fetched, SourceFolder
from tests.sources import site as answers
from tests.sources.folders import GOOD, NEW, TODAY, Fetch, files_of, leftovers, problem_of
from tests.sources.site import Site, page, status


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
