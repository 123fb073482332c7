import io
import shutil
import threading
from pathlib import Path

import pypdf
import pytest

from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.pipeline import Assistant
from rag.pipeline.lock import writing
from rag.types import IngestReport, Outcome
from tests.conftest import HashingEncoder
from tests.factories import write_notice
from tests.loaders.checks import make_pdf

BODY = "Le déployeur garde les journaux.\n\n## Combien de temps ?\n\nSix mois au moins."


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    return Assistant.open(settings, encoder=encoder)


def outcomes(report: IngestReport) -> dict[str, Outcome]:
    return {Path(file.path).name: file.outcome for file in report.files}


def test_second_ingest_changes_and_encodes_nothing(
    assistant: Assistant, settings: Settings, encoder: HashingEncoder
) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.ADDED}
    encoded = len(encoder.encoded)
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.UNCHANGED}
    assert len(encoder.encoded) == encoded


def test_only_changed_passages_are_encoded_again(
    assistant: Assistant, settings: Settings, encoder: HashingEncoder
) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    encoder.encoded.clear()
    write_notice(settings.documents_dir, "un", BODY.replace("Six mois", "Douze mois"))
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.UPDATED}
    assert len(encoder.encoded) == 1
    assert "Douze mois" in encoder.encoded[0]
    assert assistant.check_indexes().sound


def test_vanished_file_is_gone_from_answers(assistant: Assistant, settings: Settings) -> None:
    path = write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    path.unlink()
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.REMOVED}
    assert assistant.ask("Combien de temps garder les journaux ?").hits == ()
    assert assistant.check_indexes().sound


def test_moved_file_is_recognised(
    assistant: Assistant, settings: Settings, encoder: HashingEncoder
) -> None:
    path = write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    encoder.encoded.clear()
    moved = settings.documents_dir / "dossier" / "renommé.md"
    moved.parent.mkdir()
    path.rename(moved)
    assert outcomes(assistant.ingest()) == {"renommé.md": Outcome.UNCHANGED}
    assert [entry.source for entry in assistant.register.entries()] == [moved]
    assert encoder.encoded == []


def test_changed_id_replaces_the_document(assistant: Assistant, settings: Settings) -> None:
    path = write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    path.write_text(path.read_text("utf-8").replace("id: un", "id: deux"), "utf-8")
    assistant.ingest()
    assert [entry.id for entry in assistant.register.entries()] == ["deux"]
    assert assistant.check_indexes().sound


def test_two_files_with_one_id_are_named(assistant: Assistant, settings: Settings) -> None:
    first = write_notice(settings.documents_dir, "un", BODY)
    shutil.copy(first, settings.documents_dir / "zzz.md")
    (settings.documents_dir / "zzz.md").write_text(first.read_text("utf-8") + "\nDe plus.", "utf-8")
    report = assistant.ingest()
    assert outcomes(report) == {"un.md": Outcome.ADDED, "zzz.md": Outcome.FAILED}
    assert report.files[1].error is not None
    assert report.files[1].error.problem is Problem.DUPLICATE_ID


def test_bad_files_are_named_and_the_others_indexed(
    assistant: Assistant, settings: Settings
) -> None:
    write_notice(settings.documents_dir, "bon", BODY)
    (settings.documents_dir / "vide.txt").touch()
    (settings.documents_dir / "faux.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    (settings.documents_dir / "abîmé.pdf").write_bytes(b"%PDF-1.7 puis rien")
    (settings.documents_dir / "inconnu.xyz").write_text("texte")
    image = make_pdf([[]], image=True)
    (settings.documents_dir / "numérisé.pdf").write_bytes(image)
    protected = pypdf.PdfWriter(clone_from=io.BytesIO(image))
    protected.encrypt("secret")
    protected.write(settings.documents_dir / "protégé.pdf")
    report = assistant.ingest()
    problems = {Path(file.path).name: file.error.problem for file in report.files if file.error}
    assert problems == {
        "vide.txt": Problem.EMPTY,
        "faux.pdf": Problem.WRONG_EXTENSION,
        "abîmé.pdf": Problem.UNREADABLE,
        "inconnu.xyz": Problem.UNSUPPORTED,
        "numérisé.pdf": Problem.NO_TEXT,
        "protégé.pdf": Problem.ENCRYPTED,
    }
    assert report.count(Outcome.ADDED) == 1


def test_file_that_turns_bad_keeps_its_last_good_version(
    assistant: Assistant, settings: Settings
) -> None:
    path = write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    path.write_text("", "utf-8")
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.FAILED}
    assert "Six mois" in assistant.ask("Combien de temps ?").hits[0].passage.text


def test_missing_path_is_named(assistant: Assistant, tmp_path: Path) -> None:
    report = assistant.ingest([tmp_path / "absent.md"])
    assert report.files[0].error is not None
    assert report.files[0].error.problem is Problem.NOT_FOUND


def test_removed_document_stays_out_until_asked_back(
    assistant: Assistant, settings: Settings
) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    assistant.remove("un")
    assert assistant.ask("Combien de temps garder les journaux ?").hits == ()
    assistant.ingest(restore_removed=False)
    assert assistant.register.entries() == []
    assert outcomes(assistant.ingest()) == {"un.md": Outcome.ADDED}
    assert assistant.check_indexes().sound


def test_second_writer_is_told_who_holds_the_lock(assistant: Assistant, settings: Settings) -> None:
    with writing(settings.lock_file), pytest.raises(StoreError) as raised:
        assistant.ingest()
    assert raised.value.problem is Problem.LOCKED
    assert "processus" in str(raised.value.details["holder"])


def test_hidden_files_and_sidecars_are_not_documents(
    assistant: Assistant, settings: Settings
) -> None:
    (settings.documents_dir / ".caché.md").write_text("x")
    (settings.documents_dir / "note.txt").write_text("Une note sur le contrôle humain.")
    (settings.documents_dir / "note.txt.yaml").write_text("title: Ma note\nkind: guide\n")
    report = assistant.ingest()
    assert outcomes(report) == {"note.txt": Outcome.ADDED}
    assert assistant.register.entries()[0].metadata.title == "Ma note"


def test_changed_sidecar_updates_its_document(assistant: Assistant, settings: Settings) -> None:
    (settings.documents_dir / "note.txt").write_text("Une note sur le contrôle humain.")
    assistant.ingest()
    (settings.documents_dir / "note.txt.yaml").write_text("title: Ma note\n")
    assert outcomes(assistant.ingest()) == {"note.txt": Outcome.UPDATED}


def test_vanished_file_that_returns_answers_again(
    assistant: Assistant, settings: Settings, tmp_path: Path
) -> None:
    path = write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    path.rename(tmp_path / "ailleurs.md")
    assistant.ingest()
    (tmp_path / "ailleurs.md").rename(path)
    assert outcomes(assistant.ingest(restore_removed=False)) == {"un.md": Outcome.ADDED}


def test_folder_that_is_missing_loses_nothing(assistant: Assistant, settings: Settings) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    settings.documents_dir.rename(settings.documents_dir.with_name("débranché"))
    report = assistant.ingest()
    assert [file.outcome for file in report.files] == [Outcome.FAILED]
    assert len(assistant.register.entries()) == 1


def test_one_file_under_two_spellings_is_one_document(
    assistant: Assistant, settings: Settings
) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    assistant.ingest()
    roundabout = settings.documents_dir / ".." / settings.documents_dir.name
    assert outcomes(assistant.ingest([roundabout])) == {"un.md": Outcome.UNCHANGED}


def test_second_writer_waits_for_the_first(assistant: Assistant, settings: Settings) -> None:
    write_notice(settings.documents_dir, "un", BODY)
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(settings.lock_file):
            held.set()
            free.wait(timeout=30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=30)
    threading.Timer(0.3, free.set).start()
    assert outcomes(assistant.ingest(wait_seconds=30)) == {"un.md": Outcome.ADDED}
    holder.join()


def test_what_editors_leave_behind_is_not_a_document(
    assistant: Assistant, settings: Settings
) -> None:
    for name in ("~$rapport.docx", "Thumbs.db", "desktop.ini"):
        (settings.documents_dir / name).write_bytes(b"x")
    assert assistant.ingest().files == ()


def test_lock_that_cannot_be_made_is_named(assistant: Assistant, settings: Settings) -> None:
    settings.lock_file.unlink(missing_ok=True)
    settings.lock_file.mkdir()
    with pytest.raises(StoreError) as raised:
        assistant.ingest()
    assert raised.value.problem is Problem.STORE_UNUSABLE


def test_damaged_registry_fails_by_name_and_the_former_one_stays(
    assistant: Assistant, settings: Settings
) -> None:
    registry = settings.documents_dir / "amendments.yaml"
    registry.write_text("acts: [{id: x, name: l’acte}]\n", encoding="utf-8")
    assert outcomes(assistant.ingest())[registry.name] is Outcome.ADDED
    registry.write_text("acts: [{nom: l’acte}]\n", encoding="utf-8")
    report = assistant.ingest()
    assert outcomes(report)[registry.name] is Outcome.FAILED
    assert assistant.retriever.corpus().law.name("x") == "l’acte"
    registry.unlink()
    assert outcomes(assistant.ingest())[registry.name] is Outcome.REMOVED
    assert assistant.retriever.corpus().law.name("x") == "x"
