import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.sources import Access, read_catalogue
from rag.types import Status
from tests.conftest import REPOSITORY
from tests.sources.catalogues import make_entry, write_catalogue

OWN = REPOSITORY / "documents" / "sources.yaml"


def test_entry_gives_the_metadata_of_its_document(tmp_path: Path) -> None:
    entry = make_entry(published="2024-07-12", status="modifie", covers=["csp#L4001-3"])
    text = read_catalogue(write_catalogue(tmp_path, entry)).texts[0]
    assert text.id == "32024R1689"
    assert text.metadata.published == date(2024, 7, 12)
    assert text.metadata.status is Status.AMENDED
    assert text.metadata.covers == ("csp#L4001-3",)
    assert text.metadata.url == text.address
    assert text.access is Access.DOWNLOAD


def test_hosts_are_those_of_what_is_downloaded(tmp_path: Path) -> None:
    path = write_catalogue(
        tmp_path,
        make_entry("un", address="https://UN.fr:8443/a", fallback="https://secours.fr/a"),
        make_entry("deux", address="https://a-la-main.fr/", access="manuel"),
        hosts=["Renvoi.fr"],
    )
    assert read_catalogue(path).hosts == {"un.fr", "secours.fr", "renvoi.fr"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "csp#L4001-3"),
        ("id", "../ailleurs"),
        ("id", "CON"),
        ("id", "fin."),
        ("id", ""),
        ("title", ""),
        ("publisher", None),
        ("kind", "roman"),
        ("format", "markdown"),
        ("format", 3),
        ("address", "ftp://exemple.fr/a.html"),
        ("address", "file:///etc/passwd"),
        ("address", "https:///a.html"),
        ("address", "https://moi:secret@exemple.fr/"),
        ("address", "https://exemple.fr:99999/"),
        ("address", "https://exemple.fr/a b"),
        ("address", "https://[::1"),
        ("fallback", "http:"),
        ("contains", " "),
        ("access", "parfois"),
        ("sha256", "ABC"),
        ("published", "hier"),
        ("status", "valable"),
        ("covers", "csp"),
        ("checked", "2026-11-24"),
        ("adresse", "https://exemple.fr/"),
    ],
)
def test_bad_entry_is_named_with_its_field(tmp_path: Path, field: str, value: object) -> None:
    path = write_catalogue(tmp_path, make_entry("bon"), {**make_entry("mauvais"), field: value})
    with pytest.raises(ConfigurationError) as raised:
        read_catalogue(path)
    assert raised.value.problem is Problem.BAD_CATALOGUE
    assert raised.value.details["field"] == field
    assert raised.value.details["entry"] in ("mauvais", "n° 2", value)


@pytest.mark.parametrize(
    "content", ["", "sources: []", "sources: [1]", "sources: {", "- un", "sources: [{}]\nautre: 1"]
)
def test_bad_catalogue_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "sources.yaml").write_text(content)
    with pytest.raises(ConfigurationError) as raised:
        read_catalogue(tmp_path / "sources.yaml")
    assert raised.value.problem is Problem.BAD_CATALOGUE


def test_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        read_catalogue(tmp_path / "absent.yaml")


@pytest.mark.parametrize("hosts", ["exemple.fr", ["exemple.fr/chemin"], [3]])
def test_bad_host_is_named(tmp_path: Path, hosts: object) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_catalogue(write_catalogue(tmp_path, make_entry(), hosts=hosts))
    assert raised.value.details["field"] == "hosts"


def test_two_entries_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read_catalogue(write_catalogue(tmp_path, make_entry("ESR"), make_entry("esr")))
    assert raised.value.details["field"] == "id"


def test_unknown_id_is_named(tmp_path: Path) -> None:
    catalogue = read_catalogue(write_catalogue(tmp_path, make_entry("un"), make_entry("deux")))
    assert [text.id for text in catalogue.select(["deux"])] == ["deux"]
    assert len(catalogue.select()) == 2
    with pytest.raises(ConfigurationError) as raised:
        catalogue.select(["deux", "trois"])
    assert raised.value.problem is Problem.UNKNOWN_SOURCE
    assert raised.value.details["id"] == "trois"


def test_catalogue_of_the_documents_folder_comes_before_ours(settings: Settings) -> None:
    assert settings.catalogue_file == OWN
    own = write_catalogue(settings.documents_dir, make_entry())
    assert settings.catalogue_file == own


@pytest.fixture(scope="module")
def texts() -> dict[str, Any]:
    return {text.id: text for text in read_catalogue(OWN).texts}


@pytest.mark.parametrize(
    "id",
    [
        "32024R1689", "02024R1689-20260727", "32026R1744", "32017R0745", "32017R0746",
        "32016R0679", "32025R0327", "esr-2025", "esr-pms-2025", "mdcg-2019-11", "mdcg-2025-6",
        "has-avec-2025", "has-cnil-2026", "cnil-ia-fiches", "cnil-sante-2026",
    ],
)  # fmt: skip
def test_our_catalogue_holds_what_a_user_should_index(texts: dict[str, Any], id: str) -> None:
    assert texts[id].metadata.licence
    assert texts[id].metadata.version_date or texts[id].access is Access.MANUAL


def test_our_addresses_are_encrypted_and_acts_are_asked_for_by_their_celex_number(
    texts: dict[str, Any],
) -> None:
    for text in texts.values():
        assert all(address.startswith("https://") for address in text.addresses)
        if re.match(r"[03]20", text.id):
            assert all(address.endswith(text.id) for address in text.addresses)


def test_legifrance_is_left_to_browsers(texts: dict[str, Any]) -> None:
    for text in texts.values():
        assert "legifrance" not in text.address or text.access is Access.MANUAL


def test_no_notice_bears_the_id_of_an_official_text(texts: dict[str, Any]) -> None:
    for notice in (REPOSITORY / "documents").rglob("*.md"):
        match = re.search(r"^id: (.+)$", notice.read_text("utf-8"), re.MULTILINE)
        assert match is None or match[1].strip() not in texts, notice
