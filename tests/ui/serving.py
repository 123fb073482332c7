"""Serve the page in a thread, and visit it with a browser that can reach nothing else."""

import asyncio
import contextlib
import os
import queue
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from rag.config import Settings
from rag.ui.loading import Loading, OpenAssistant
from rag.ui.server import listen, serve_on

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Gradio's client loses the messages of a question sent while it closes the stream of the one
# before, some 20 ms after its last words: nobody types that fast, but a test does.
SETTLE_MILLISECONDS = 150
RECORD_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.blockedURI));
"""


def chromium_path() -> str:
    """Find the system's Chromium, or fail the test with a plain message."""
    path = os.environ.get("RADIACT_TEST_CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if path is None:
        pytest.fail(
            "Chromium is not installed: install it, or set RADIACT_TEST_CHROMIUM, "
            "or leave these tests out with -m 'not browser'."
        )
    return path


@contextlib.contextmanager
def running_page(open_assistant: OpenAssistant) -> Iterator[str]:
    """Serve the page on a free port, as ``rag.ui.serve`` does, and yield its address."""
    settings = Settings(port=0)
    loading = Loading(open_assistant)
    servers: queue.SimpleQueue[uvicorn.Server] = queue.SimpleQueue()
    with listen(settings) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        serving = serve_on(listener, settings, loading, served=servers.put)
        thread = threading.Thread(target=asyncio.run, args=(serving,), daemon=True)
        thread.start()
        server = servers.get(timeout=60)
        loading.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@dataclass
class Visitor:
    """Someone with a browser of their own; ``requests`` holds every address it asked for."""

    page: Page
    requests: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.page.get_by_label("Votre question").wait_for()

    def ask(self, question: str, *, wait: bool = True) -> None:
        before = self.page.locator(".turn").count()
        self.page.get_by_label("Votre question").fill(question)
        self.page.keyboard.press("Enter")
        if wait:
            self.page.locator(f'#turn-{before + 1}[aria-busy="false"]').wait_for()
            self.page.wait_for_timeout(SETTLE_MILLISECONDS)

    def turn(self, number: int) -> Locator:
        return self.page.locator(f"#turn-{number}")

    def card(self, turn: int, source: int) -> Locator:
        return self.page.locator(f"#source-{turn}-{source}")

    def check(self, url: str) -> None:
        """Check that nothing else was contacted, or even tried, and that no script failed."""
        elsewhere = [r for r in self.requests if not r.startswith((url, "data:", "blob:"))]
        assert elsewhere == []
        assert self.page.evaluate("window.violations") == []
        assert self.problems == []


@contextlib.contextmanager
def visitor(chromium: Browser, **options: object) -> Iterator[Visitor]:
    """Open a browser window that shares nothing with others; ``options`` are Playwright's."""
    context = new_context(chromium, **options)
    try:
        with visiting(context) as someone:
            yield someone
    finally:
        context.close()


def new_context(chromium: Browser, **options: object) -> BrowserContext:
    """Make a browser of someone's own: its storage and its cache."""
    context = chromium.new_context(**{"locale": "en-US", **options})
    context.set_default_timeout(20_000)
    return context


@contextlib.contextmanager
def visiting(context: BrowserContext) -> Iterator[Visitor]:
    """Open a page in a browser, and note what it asks for and what goes wrong in it."""
    page = context.new_page()
    page.add_init_script(RECORD_VIOLATIONS)
    someone = Visitor(page)
    page.on("request", lambda request: someone.requests.append(request.url))
    page.on("pageerror", lambda error: someone.problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning") and someone.problems.append(message.text)
        ),
    )
    try:
        yield someone
    finally:
        page.close()
