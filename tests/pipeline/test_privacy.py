"""Data of patients stay out of the pipeline; every person and number is invented."""

from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import PatientDataError, Problem
from rag.pipeline import Assistant, take_source
from rag.types import Outcome
from tests.conftest import HashingEncoder
from tests.factories import write_notice

DATUM = "185057800608491"


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def files_holding(folder: Path, datum: str) -> list[Path]:
    return [
        path for path in folder.rglob("*") if path.is_file() and datum.encode() in path.read_bytes()
    ]


def test_question_is_refused_before_anything_else(
    assistant: Assistant, encoder: HashingEncoder, settings: Settings
) -> None:
    encoder.encoded.clear()
    with pytest.raises(PatientDataError) as caught:
        assistant.ask(f"Qui garde les journaux de {DATUM} ?")
    assert caught.value.masked == "Qui garde les journaux de [numéro de sécurité sociale] ?"
    assert encoder.encoded == []
    assert files_holding(settings.data_dir, DATUM) == []
    assert assistant.ask(caught.value.masked).hits


def test_history_is_checked_too(assistant: Assistant) -> None:
    with pytest.raises(PatientDataError) as caught:
        assistant.ask("Et combien de temps ?", history=[f"Qui garde le dossier de {DATUM} ?"])
    assert caught.value.problem is Problem.PATIENT_DATA_IN_HISTORY


def test_file_whose_name_tells_of_a_patient_is_refused_and_the_others_are_indexed(
    assistant: Assistant, settings: Settings
) -> None:
    name = f"irm_{DATUM}"
    write_notice(settings.documents_dir, name, "Le fournisseur garde la notice dix ans.")
    write_notice(settings.documents_dir, "notice", "Le fournisseur garde la notice dix ans.")
    told: list[str] = []
    report = assistant.ingest(progress=lambda label, done, total: told.append(label))
    outcomes = {Path(file.path).name: file.outcome for file in report.files}
    assert outcomes == {
        "irm_[numéro de sécurité sociale].md": Outcome.FAILED,
        "journaux.md": Outcome.UNCHANGED,
        "notice.md": Outcome.ADDED,
    }
    assert not any(DATUM in label for label in told)
    assert files_holding(settings.data_dir, DATUM) == []


def test_folder_whose_name_tells_of_a_patient_is_not_indexed(
    assistant: Assistant, settings: Settings
) -> None:
    folder = settings.documents_dir / f"patient {DATUM}"
    folder.mkdir()
    write_notice(folder, "notice", "Le fournisseur garde la notice dix ans.")
    report = assistant.ingest()
    (failed,) = (file for file in report.files if file.outcome is Outcome.FAILED)
    assert DATUM not in failed.path
    assert "numéro de sécurité sociale" in failed.path
    assert files_holding(settings.data_dir, DATUM) == []


def test_file_is_not_taken_for_an_official_text_from_a_path_that_tells_of_a_patient(
    assistant: Assistant, settings: Settings, tmp_path: Path
) -> None:
    saved = tmp_path / DATUM / "reglement.html"
    saved.parent.mkdir()
    saved.write_text("<p>Article premier</p>")
    with pytest.raises(PatientDataError):
        take_source(assistant, "32024R1689", saved)
    assert files_holding(settings.data_dir, DATUM) == []
