"""kill -9 in the middle of ingest: what was indexed answers, and ingest completes the rest."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from tests.conftest import REPOSITORY, HashingEncoder
from tests.factories import write_notice

pytestmark = pytest.mark.slow

FILES = 12
SLOW_INGEST = """
import sys, time
from pathlib import Path
from rag.config import Settings
from rag.pipeline import Assistant
from tests.conftest import HashingEncoder

class SlowEncoder(HashingEncoder):
    def encode(self, texts):
        time.sleep(0.15)
        return super().encode(texts)

data, documents = map(Path, sys.argv[1:])
Assistant.open(Settings(data_dir=data, documents_dir=documents), encoder=SlowEncoder()).ingest()
"""


def snapshot(settings: Settings) -> tuple[list[tuple[str, str]], set[str]]:
    assistant = Assistant.open(settings, encoder=HashingEncoder())
    passages = [(item.passage.id, item.passage.text) for item in assistant.register.passages()]
    return passages, assistant.vector_store.passages.ids()


@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.9])
def test_killed_ingest_is_completed_by_the_next(
    settings: Settings, tmp_path: Path, seconds: float
) -> None:
    for number in range(FILES):
        body = f"Article {number} sur les journaux.\n\n## Section\n\nTexte {number}."
        write_notice(settings.documents_dir, f"notice-{number:02}", body)
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_INGEST, settings.data_dir, settings.documents_dir],
        cwd=REPOSITORY,
    )
    register_file = settings.data_dir / "register.sqlite"
    while not register_file.exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(seconds)
    process.kill()
    assert process.wait() == -9

    assistant = Assistant.open(settings, encoder=HashingEncoder())
    before = len(assistant.register.entries())
    assert before < FILES
    assert assistant.check_indexes().sound
    report = assistant.ingest()
    assert len(report.files) == FILES
    assert not any(file.error for file in report.files)

    undisturbed = Settings(data_dir=tmp_path / "autre", documents_dir=settings.documents_dir)
    Assistant.open(undisturbed, encoder=HashingEncoder()).ingest()
    assert snapshot(settings) == snapshot(undisturbed)
