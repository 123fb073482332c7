"""Data of patients in the page; every person and number is invented."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rag.config import Settings
from rag.errors import PatientDataError
from rag.pipeline import Assistant
from rag.ui import chat, render
from rag.ui.conversation import reply
from rag.ui.loading import Loading
from rag.ui.turns import Turn, guarded, history
from tests.conftest import HashingEncoder
from tests.factories import write_notice
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.loops import run
from tests.ui.serving import Visitor, running_page, visitor

DATUM = "185057800608491"
MASKED = "peut-on envoyer [numéro de sécurité sociale] à l’éditeur <b> ?"
QUESTION = MASKED.replace("[numéro de sécurité sociale]", DATUM)


def loading_of(assistant: object) -> Loading:
    loading = Loading(lambda progress: assistant).start()
    assert loading.assistant is assistant
    return loading


def frames_of(question: str, loading: Loading, earlier: tuple[Turn, ...] = ()) -> list[Turn]:
    async def collect() -> list[Turn]:
        asked = Turn(number=1, question=question)
        gate = asyncio.Semaphore(1)
        return [turn async for turn in reply(asked, earlier=earlier, loading=loading, gate=gate)]

    return run(collect())


def updates_of(question: str, day: str, loading: Loading) -> list[tuple]:
    async def collect() -> list[tuple]:
        gate = asyncio.Semaphore(1)
        answering = chat._answer(question, "", (), day, "", loading=loading, gate=gate)
        return [updates async for updates in answering]

    return run(collect())


def test_stopped_question_is_masked_from_the_first_frame_and_never_asked(assistant):
    (only,) = frames_of(QUESTION, loading_of(assistant))
    assert only.question == MASKED
    assert "un numéro de sécurité sociale" in only.problem
    assert only.stopped
    assert only.finished
    assert assistant.asked == []
    assert history((only,)) == ()


def test_question_is_stopped_before_the_assistant_is_ready():
    (only,) = frames_of(QUESTION, Loading(lambda progress: FakeAssistant()))
    assert only.stopped


@pytest.mark.parametrize("day", ["", "?"])
def test_nothing_that_the_page_is_sent_holds_the_datum(assistant, day):
    (updates,) = updates_of(QUESTION, day, loading_of(assistant))
    assert DATUM not in repr(updates)
    turns, conversation, _, question, *_ = updates
    assert turns == (guarded(Turn(number=1, question=QUESTION)),)
    assert "Poser la question masquée" in conversation
    assert question == ""


def test_masked_question_is_offered_escaped():
    turn = guarded(Turn(number=1, question=QUESTION))
    page = render.conversation((turn,))
    assert "<b>" not in page
    assert f'data-fill-question="{MASKED.replace("<b>", "&lt;b&gt;")}"' in page
    ordinary = Turn(number=1, question="Quoi ?", problem="Problème.")
    assert "data-fill-question" not in render.conversation((ordinary,))


@pytest.mark.browser
def test_masked_question_goes_back_into_the_box(someone: Visitor, assistant: FakeAssistant):
    someone.ask(QUESTION)
    box = someone.page.get_by_label("Votre question")
    expect(someone.turn(1)).to_contain_text("Ce texte semble contenir un numéro de sécurité")
    expect(box).to_have_value("")
    assert DATUM not in someone.page.content()
    someone.turn(1).get_by_role("button", name="Poser la question masquée").press("Enter")
    expect(box).to_have_value(MASKED)
    expect(box).to_be_focused()
    someone.page.keyboard.press("Enter")
    someone.page.locator('#turn-2[aria-busy="false"]').wait_for()
    someone.page.wait_for_timeout(150)
    assert assistant.asked == [(MASKED, ())]


class Failing:
    """The real assistant, which fails where the question says « panne »."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> object:
        return getattr(self._assistant, name)

    def ask(self, question: str, **options: object) -> object:
        if "panne" in question:
            raise RuntimeError(question)
        return self._assistant.ask(question, **options)


class Records(logging.Handler):
    """Keeps every record that a logger lets through, with its traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(f"{record.name} {self.format(record)}")


@pytest.fixture
def records() -> Iterator[Records]:
    """What loggers write at their default levels, wherever it would go."""
    handler = Records()
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    listened = [one for one in loggers if one is logging.root or not one.propagate]
    for one in listened:
        one.addHandler(handler)
    yield handler
    for one in listened:
        one.removeHandler(handler)


def files_holding(folder: Path, word: str) -> list[Path]:
    return [
        path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()
    ]


@pytest.mark.browser
def test_no_log_and_no_file_holds_the_words_of_a_question(
    chromium: Browser, settings: Settings, records: Records, capfd: pytest.CaptureFixture[str]
):
    write_notice(settings.documents_dir, "journaux", "Le déployeur garde les journaux six mois.")
    opened = Assistant.open(settings, encoder=HashingEncoder())
    opened.ingest()
    questions = (
        "Combien de mois le déployeur zorglub garde les journaux ?",
        f"Le zorglub {DATUM} garde les journaux ?",
        "panne zorglub",
    )
    with running_page(lambda progress: Failing(opened)) as url, visitor(chromium) as someone:
        someone.open(url)
        for question in questions:
            someone.ask(question)
        expect(someone.turn(1).locator(".cite").first).to_be_visible()
        expect(someone.turn(2)).to_contain_text("un numéro de sécurité sociale")
        expect(someone.turn(3)).to_contain_text("Une erreur inattendue")
        assert DATUM not in someone.page.content()
        with pytest.raises(PatientDataError):
            opened.ask(questions[1])
    printed = capfd.readouterr()
    told = "\n".join((*records.told, printed.out, printed.err))
    assert "The answer failed with RuntimeError" in told
    assert "zorglub" not in told
    assert DATUM not in told
    assert files_holding(settings.data_dir, "zorglub") == []
