"""A browser and a page served with the fake assistant, both for the whole session."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from rag.ui import conversation
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.serving import (
    CHROMIUM_ARGUMENTS,
    Visitor,
    chromium_path,
    new_context,
    running_page,
    visiting,
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def quick_frames() -> Iterator[None]:
    """Let answers grow faster than one reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversation, "FRAME_SECONDS", 0.005)
        yield


@pytest.fixture(scope="session")
def shared_assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def assistant(shared_assistant: FakeAssistant) -> FakeAssistant:
    """The assistant behind ``url``, which has forgotten the tests before."""
    shared_assistant.forget()
    return shared_assistant


@pytest.fixture(scope="session")
def url(shared_assistant: FakeAssistant) -> Iterator[str]:
    with running_page(lambda progress: shared_assistant) as address:
        yield address


@pytest.fixture(scope="session")
def shared_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has gradio's scripts in its cache, which halves the time of a visit."""
    context = new_context(chromium)
    yield context
    context.close()


@pytest.fixture
def someone(shared_context: BrowserContext, url: str) -> Iterator[Visitor]:
    with visiting(shared_context) as someone:
        someone.open(url)
        yield someone
        someone.check(url)
