import sqlite3
from pathlib import Path

import pytest

from rag.errors import ConfigurationError, Problem, StoreError
from rag.register import Register
from tests.factories import make_document, make_passage


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(f"sqlite:///{tmp_path / 'register.sqlite'}")


def test_document_comes_back_as_saved(register: Register) -> None:
    document = make_document("Un texte.", title="Titre")
    register.save(document, [make_passage("Un texte.")], sha256="abc")
    (entry,) = register.entries()
    assert (entry.metadata, entry.sha256) == (document.metadata, "abc")
    (stored,) = register.passages()
    assert stored.passage == make_passage("Un texte.")
    assert register.version_text(stored.version) == "Un texte."


def test_new_version_replaces_the_passages_and_keeps_the_old_text(register: Register) -> None:
    register.save(make_document("Ancien."), [make_passage("Ancien.")], sha256="1")
    former = register.entries()[0].version
    register.save(make_document("Nouveau."), [make_passage("Nouveau.")], sha256="2")
    assert [stored.passage.text for stored in register.passages()] == ["Nouveau."]
    assert register.version_text(former) == "Ancien."


def test_removed_document_has_no_passage_and_keeps_its_versions(register: Register) -> None:
    register.save(make_document("Un texte."), [make_passage("Un texte.")], sha256="1")
    version = register.entries()[0].version
    register.remove("essai", by_hand=True)
    assert register.passages() == register.entries() == []
    assert [entry.id for entry in register.entries(removed=True)] == ["essai"]
    assert register.version_text(version) == "Un texte."


def test_removing_an_unknown_document_is_an_error(register: Register) -> None:
    with pytest.raises(StoreError) as raised:
        register.remove("inconnu", by_hand=True)
    assert raised.value.problem is Problem.UNKNOWN_DOCUMENT


def test_revision_moves_with_every_change(register: Register) -> None:
    revisions = [register.revision()]
    register.save(make_document("Un texte."), [], sha256="1")
    revisions.append(register.revision())
    register.remove("essai", by_hand=True)
    revisions.append(register.revision())
    assert revisions == sorted(set(revisions))


def test_failed_save_leaves_the_former_state(register: Register) -> None:
    register.save(make_document("Ancien."), [make_passage("Ancien.")], sha256="1")
    broken = make_passage("Nouveau.", headings=(object(),))  # not JSON
    with pytest.raises(StoreError):
        register.save(make_document("Nouveau."), [broken], sha256="2")
    assert [stored.passage.text for stored in register.passages()] == ["Ancien."]
    assert register.entries()[0].sha256 == "1"


def test_full_disk_is_named_and_leaves_the_former_state(register: Register, tmp_path: Path) -> None:
    register.save(make_document("Ancien."), [make_passage("Ancien.")], sha256="1")
    with register._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        big = make_document("x" * 1_000_000)
    with pytest.raises(StoreError) as raised:
        register.save(big, [], sha256="2")
    assert raised.value.problem is Problem.DISK_FULL
    assert [stored.passage.text for stored in register.passages()] == ["Ancien."]


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(b"pas une base" * 100)
    with pytest.raises(StoreError) as raised:
        Register(f"sqlite:///{path}")
    assert raised.value.problem is Problem.STORE_UNUSABLE


def test_another_process_sees_what_was_committed(register: Register, tmp_path: Path) -> None:
    register.save(make_document("Un texte."), [make_passage("Un texte.")], sha256="1")
    with sqlite3.connect(tmp_path / "register.sqlite") as other:
        assert other.execute("select count(*) from passages").fetchone() == (1,)
    other.close()


@pytest.mark.parametrize("url", ["pas une adresse", "inconnue://hote/base"])
def test_unusable_address_is_a_setting_to_mend(url: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        Register(url)
    assert raised.value.details["variable"] == "RADIACT_DATABASE_URL"


def test_snapshot_is_of_one_revision(register: Register) -> None:
    register.save(make_document("Un texte."), [make_passage("Un texte.")], sha256="1")
    snapshot = register.snapshot()
    register.remove("essai", by_hand=False)
    assert snapshot.revision < register.revision()
    assert [entry.id for entry in snapshot.entries] == ["essai"]
    assert len(snapshot.passages) == 1
