import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from rag.cli.serving import open_and_index
from rag.config import Settings
from rag.pipeline.lock import writing
from tests.conftest import REPOSITORY
from tests.factories import write_notice

pytestmark = pytest.mark.slow


def tell(label: str, done: int, total: int) -> None:
    pass


def test_documents_are_indexed_before_the_first_answer(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    (settings.documents_dir / "vide.txt").touch()
    assistant = open_and_index(settings, tell)
    assert assistant.describe()["documents"] == 1
    assert "vide.txt" in capsys.readouterr().err


def test_removed_document_does_not_come_back_at_the_next_start(settings: Settings) -> None:
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    open_and_index(settings, tell).remove("journaux")
    assert open_and_index(settings, tell).describe()["documents"] == 0


def test_page_starts_without_a_documents_folder(settings: Settings) -> None:
    settings.documents_dir.rmdir()
    assert open_and_index(settings, tell).describe()["documents"] == 0


def test_page_starts_while_another_process_indexes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.cli.serving.LONGEST_WAIT_SECONDS", 0)
    with writing(settings.lock_file):
        assert open_and_index(settings, tell).describe()["documents"] == 0


def test_app_serves_the_page_and_stops_on_interrupt(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "RADIACT_DATA_DIR": str(tmp_path / "data"),
        "RADIACT_DOCUMENTS_DIR": str(tmp_path),
        "RADIACT_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline().startswith("RadIAct est prêt\N{NO-BREAK SPACE}: http://")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
            assert "RadIAct" in response.read().decode()
        second = subprocess.run(
            [sys.executable, "app.py"],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert second.returncode == 2
        assert f"Le port {port} est déjà pris" in second.stderr
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
