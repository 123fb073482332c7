import shutil
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from rag.config import Settings
from rag.errors import Problem, StoreError
from rag.pipeline import Assistant
from rag.pipeline.lock import writing
from tests.conftest import HashingEncoder
from tests.factories import write_notice


@pytest.fixture
def filled(settings: Settings, encoder: HashingEncoder) -> Assistant:
    write_notice(settings.documents_dir, "un", "Le déployeur garde les journaux six mois.")
    write_notice(settings.documents_dir, "deux", "L’amende atteint quinze millions d’euros.")
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def damage(settings: Settings) -> Path:
    """Put rubbish in place of the vectors, as another process would find it."""
    SharedSystemClient.clear_system_cache()
    shutil.rmtree(settings.vector_store_dir)
    settings.vector_store_dir.mkdir()
    damaged = settings.vector_store_dir / "chroma.sqlite3"
    damaged.write_bytes(b"pas une base" * 500)
    return damaged


def test_lost_vector_store_is_rebuilt_at_the_next_start(
    filled: Assistant, settings: Settings
) -> None:
    SharedSystemClient.clear_system_cache()  # the next start is in a process of its own
    shutil.rmtree(settings.vector_store_dir)
    again = Assistant.open(settings, encoder=HashingEncoder())
    assert again.check_indexes().sound
    assert again.ask("déployeur journaux").hits[0].dense > 0


def test_check_counts_what_is_missing_without_mending_it(
    filled: Assistant, settings: Settings
) -> None:
    filled.vector_store.passages.delete(sorted(filled.vector_store.passages.ids())[:1])
    report = Assistant.open(settings, encoder=HashingEncoder(), repairing=False).check_indexes()
    assert (report.passages, report.missing, report.orphans) == (2, 1, 0)
    assert not report.sound


def test_another_encoder_gets_its_own_vectors(filled: Assistant, settings: Settings) -> None:
    other = HashingEncoder("autre")
    assert Assistant.open(settings, encoder=other).check_indexes().sound
    assert len(other.encoded) == 2


def test_rebuild_encodes_everything_again(filled: Assistant, encoder: HashingEncoder) -> None:
    encoder.encoded.clear()
    assert filled.rebuild_indexes().sound
    assert len(encoder.encoded) == 2


def test_damaged_vector_store_is_rebuilt_at_the_next_start(
    filled: Assistant, settings: Settings
) -> None:
    damage(settings)
    assert Assistant.open(settings, encoder=HashingEncoder()).check_indexes().sound


def test_damaged_vector_store_is_not_touched_while_another_process_writes(
    filled: Assistant, settings: Settings
) -> None:
    damaged = damage(settings)
    with writing(settings.lock_file), pytest.raises(StoreError) as raised:
        Assistant.open(settings, encoder=HashingEncoder())
    assert raised.value.problem is Problem.LOCKED
    assert damaged.exists()
