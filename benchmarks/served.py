"""The program served as a user starts it, for what is measured in a browser."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from rag.config import PREFIX, Settings
from rag.pipeline import Assistant

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = REPOSITORY / "documents"
CHROMIUM_VARIABLE = "RADIACT_TEST_CHROMIUM"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--lang=fr-FR",  # the browser's own date field
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextlib.contextmanager
def indexed_notices(data: Path | None = None) -> Iterator[Path]:
    """Index the notices of the repository in a folder of the measurement's own, or use ``data``."""
    if data is not None:
        yield data
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        Assistant.open(Settings(data_dir=folder, documents_dir=DOCUMENTS)).ingest()
        yield folder


@contextlib.contextmanager
def served_program(data: Path) -> Iterator[str]:
    """Start ``app.py``, and yield its address as soon as it says that the page is served."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    settings = {"DATA_DIR": data, "DOCUMENTS_DIR": DOCUMENTS, "PORT": port}
    with subprocess.Popen(  # our own module
        [sys.executable, "app.py"],
        env={**kept, **{PREFIX + name: str(value) for name, value in settings.items()}},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None  # noqa: S101  # for the type checker
        process.stdout.readline()
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def chromium_path() -> str:
    """Find the system's Chromium, or stop with a plain message."""
    found = (os.environ.get(CHROMIUM_VARIABLE), *map(shutil.which, CHROMIUM_NAMES))
    path = next(filter(None, found), None)
    if path is None:
        sys.exit(f"Chromium est introuvable : indiquez-le dans {CHROMIUM_VARIABLE}.")
    return path


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium, which can reach nothing but this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()
