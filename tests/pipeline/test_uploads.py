from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.library import Origin
from rag.pipeline import Addition, Assistant
from rag.pipeline.lock import writing
from rag.types import Outcome
from rag.uploads import Reception
from tests.conftest import HashingEncoder
from tests.factories import NOTICE, write_notice

SIX = "# Journaux\n\nLe déployeur garde les journaux du système pendant six mois au moins.\n"
TWELVE = SIX.replace("six mois", "douze mois")


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    return Assistant.open(settings, encoder=encoder)


def add(assistant: Assistant, name: str, content: str | bytes) -> Addition:
    with Reception(assistant.settings, name) as reception:
        reception.write(content if isinstance(content, bytes) else content.encode())
        return assistant.add(reception.finish())


def texts(assistant: Assistant) -> str:
    return " ".join(stored.passage.text for stored in assistant.register.passages())


def test_added_file_answers_until_it_is_removed(assistant: Assistant, settings: Settings) -> None:
    assert add(assistant, "journaux.md", SIX).report.outcome is Outcome.ADDED
    assert add(assistant, "journaux.md", SIX).report.outcome is Outcome.UNCHANGED
    assert add(assistant, "journaux.md", TWELVE).report.outcome is Outcome.UPDATED
    assert "douze mois" in texts(assistant)
    (listed,) = assistant.library()
    assert (listed.origin, listed.file, listed.versions) == (Origin.UPLOADED, "journaux.md", 2)
    assistant.remove("journaux")
    assert texts(assistant) == ""
    assert list(settings.uploads_dir.iterdir()) == []
    assert assistant.register.version_counts() == {"journaux": 2}
    assert add(assistant, "journaux.md", TWELVE).report.outcome is Outcome.ADDED


def test_later_ingest_keeps_added_files_and_not_removed_ones(
    assistant: Assistant, settings: Settings
) -> None:
    write_notice(settings.documents_dir, "notice", "Une notice.")
    for name in ("gardé.md", "retiré.md"):
        add(assistant, name, SIX.replace("Journaux", name))
    assistant.remove("retire")
    assert assistant.ingest().count(Outcome.REMOVED) == 0
    assert [listed.entry.id for listed in assistant.library()] == ["garde", "notice"]


def test_unreadable_update_leaves_the_former_file(assistant: Assistant, settings: Settings) -> None:
    add(assistant, "journaux.md", SIX)
    report = add(assistant, "journaux.md", b"%PDF-1.4 \x00\x01").report
    assert report.error is not None
    assert report.error.problem is Problem.WRONG_EXTENSION
    assert (settings.uploads_dir / "journaux.md").read_text("utf-8") == SIX
    assert "six mois" in texts(assistant)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("vide.md", b"  ", Problem.EMPTY),
        ("faux.pdf", b"du texte", Problem.WRONG_EXTENSION),
        ("faux.docx", b"\x89PNG....", Problem.WRONG_EXTENSION),
        ("muet.md", b"---\n---\n", Problem.NO_TEXT),
    ],
)
def test_file_that_cannot_be_read_is_not_kept(
    assistant: Assistant, settings: Settings, name: str, content: bytes, problem: Problem
) -> None:
    report = add(assistant, name, content).report
    assert report.error is not None
    assert report.error.problem is problem
    assert list(settings.uploads_dir.iterdir()) == []


def test_identity_of_another_document_is_refused(assistant: Assistant, settings: Settings) -> None:
    path = write_notice(settings.documents_dir, "notice", "Une notice.")
    assistant.ingest()
    usurper = NOTICE.format(id="notice", title="Autre", body="Autre chose.")
    report = add(assistant, "autre.md", usurper).report
    assert report.error is not None
    assert report.error.problem is Problem.UPLOAD_HELD
    assert report.error.details["other"] == path.name
    assert "Une notice." in texts(assistant)
    assistant.remove("notice")
    assert add(assistant, "autre.md", usurper).report.outcome is Outcome.ADDED
    assert path.exists()


def test_other_document_in_a_file_of_the_same_name_is_told(assistant: Assistant) -> None:
    first = NOTICE.format(id="un", title="Premier", body="Un texte.")
    add(assistant, "guide.md", first)
    addition = add(assistant, "guide.md", first.replace("id: un", "id: deux"))
    assert (addition.report.outcome, addition.replaced) == (Outcome.ADDED, "Premier")


def test_nothing_is_lost_while_another_process_writes(
    assistant: Assistant, settings: Settings
) -> None:
    add(assistant, "journaux.md", SIX)
    with writing(settings.lock_file):
        with pytest.raises(StoreError) as refused:
            add(assistant, "journaux.md", TWELVE)
        assert refused.value.problem is Problem.LOCKED
        with pytest.raises(StoreError):
            assistant.remove("journaux")
    assert "six mois" in texts(assistant)
    assert (settings.uploads_dir / "journaux.md").read_text("utf-8") == SIX


def test_origin_of_each_document_is_told(assistant: Assistant, tmp_path: Path) -> None:
    write_notice(assistant.settings.documents_dir, "notice", "Une notice.")
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    assistant.ingest([assistant.settings.documents_dir, write_notice(elsewhere, "guide", "Guide.")])
    origins = {listed.entry.id: (listed.origin, listed.file) for listed in assistant.library()}
    assert origins == {
        "notice": (Origin.FOLDER, "notice.md"),
        "guide": (Origin.ELSEWHERE, "guide.md"),
    }
    assert {listed.passages for listed in assistant.library()} == {1}
    assert all(len(listed.entry.text_sha256) == 64 for listed in assistant.library())


def test_time_of_the_last_change_follows_the_register(assistant: Assistant) -> None:
    assert assistant.describe()["changed_at"] is None
    add(assistant, "journaux.md", SIX)
    added = assistant.register.last_change()
    assistant.remove("journaux")
    removed = assistant.register.last_change()
    assert added is not None
    assert removed is not None
    assert removed > added
    assert added.tzinfo is not None
