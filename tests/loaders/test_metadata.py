import hashlib
from datetime import date
from pathlib import Path

import pytest

from rag.errors import LoadError, Problem
from rag.loaders import load
from rag.types import Amendment, Kind, Status
from tests.loaders.checks import write

FRONT_MATTER = """---
id: 32026R1744-notice
title: Report de l’application
publisher: RadIAct
kind: notice
language: fr
status: modifie
published: 2026-01-15
version_date: "2026-02-01"
checked: 2026-03-01
applies_from: 2026-08-02
covers: ["32024R1689#art_113", csp#L4001-3]
amended_by:
  - {unit: art_113, by: 32026R1744, from: 2026-08-02, note: report}
etiquettes: [inconnue]
---
Texte.
"""


def test_front_matter_becomes_metadata(tmp_path: Path) -> None:
    metadata = load(write(tmp_path, "a.md", FRONT_MATTER)).metadata
    assert (metadata.id, metadata.kind, metadata.status) == (
        "32026R1744-notice", Kind.NOTICE, Status.AMENDED,
    )  # fmt: skip
    assert metadata.published == date(2026, 1, 15)
    assert metadata.version_date == date(2026, 2, 1)
    assert metadata.applies_from == date(2026, 8, 2)
    assert metadata.covers == ("32024R1689#art_113", "csp#L4001-3")
    assert metadata.amended_by == (
        Amendment(unit="art_113", by="32026R1744", effective=date(2026, 8, 2), note="report"),
    )


@pytest.mark.parametrize(
    ("line", "field"),
    [("kind: roman", "kind"), ("status: mort", "status"), ("published: hier", "published"),
     ("published: 2025", "published"), ("published: 2025-02-30", "published"),
     ("title: [a]", "title"), ("id: 'a b'", "id"), ("id: 'a#b'", "id"), ("covers: art_1", "covers"),
     ("amended_by: [{unit: art_1}]", "amended_by"), ("kind: [loi]", "kind"),
     ("': [", "yaml"), ("a: &x [1]\nb: *x", "yaml"), ("- liste", "yaml")],
)  # fmt: skip
def test_bad_value_names_its_field(tmp_path: Path, line: str, field: str) -> None:
    with pytest.raises(LoadError) as caught:
        load(write(tmp_path, "a.md", f"---\n{line}\n---\nTexte.\n"))
    assert caught.value.problem is Problem.BAD_METADATA
    assert caught.value.details["field"] == field


def test_sidecar_overrides_what_the_file_says(tmp_path: Path) -> None:
    path = write(tmp_path, "a.html", "<title>Page</title><p>Du texte.</p>")
    bare = load(path)
    write(tmp_path, "a.html.yaml", "id: has-2025\ntitle: Guide\nkind: recommandation\n")
    document = load(path)
    assert (document.id, document.metadata.title) == ("has-2025", "Guide")
    assert document.metadata.kind is Kind.RECOMMENDATION
    assert document.sha256 != bare.sha256
    assert bare.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_bad_sidecar_fails_its_file(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "Du texte.")
    write(tmp_path, "a.txt.yaml", "kind: roman")
    with pytest.raises(LoadError) as caught:
        load(path)
    assert caught.value.problem is Problem.BAD_METADATA
    assert caught.value.details["path"] == f"{path}.yaml"
