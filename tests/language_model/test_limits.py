"""A model is left when it is too slow or too long, or when the reader has had enough."""

import threading

import pytest

from rag.errors import Problem
from rag.language_model import MOST_CHARACTERS
from rag.messages import french
from tests.language_model.asking import ANSWER, ASKED, SOON, fail
from tests.language_model.conftest import Open
from tests.language_model.servers import Ending, LanguageServer, Script


def test_silent_model_is_left(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(first_pause=60))
    error = fail(open_model(first_token=0.5))
    assert error.problem is Problem.LLM_SLOW
    assert "0.5\N{NO-BREAK SPACE}s" in french(error)
    assert server.hung_up.wait(SOON)


def test_thoughts_are_not_the_first_words(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(text="<think>" + "hum " * 10_000, pieces=10_000, pause=0.05))
    assert fail(open_model(first_token=0.5)).problem is Problem.LLM_SLOW
    assert server.hung_up.wait(SOON)


def test_first_words_are_enough_for_the_first_limit(
    server: LanguageServer, open_model: Open
) -> None:
    server.play(Script(pieces=4, pause=0.4))
    assert open_model(first_token=0.8).write(ASKED) == ANSWER


@pytest.mark.parametrize("ending", [Ending.SILENT, Ending.ENDLESS])
def test_model_that_does_not_end_is_left(
    server: LanguageServer, open_model: Open, ending: Ending
) -> None:
    server.play(Script(ending=ending, pause=0.05))
    assert fail(open_model(whole=1)).problem is Problem.LLM_TOO_LONG
    assert server.hung_up.wait(SOON)


def test_model_that_writes_without_end_is_left(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(text="encore " * 100, ending=Ending.ENDLESS))
    told: list[str] = []
    assert fail(open_model(), tell=told.append).problem is Problem.LLM_TOO_LONG
    assert len(told[-1]) < MOST_CHARACTERS + 1000
    assert server.hung_up.wait(SOON)


def test_stop_stops_the_model_while_it_writes(server: LanguageServer, open_model: Open) -> None:
    stop = threading.Event()
    server.play(Script(ending=Ending.ENDLESS, pause=0.02))
    error = fail(open_model(), tell=lambda _: stop.set(), stop=stop)
    assert error.problem is Problem.LLM_STOPPED
    assert server.hung_up.wait(SOON)
    assert not server.answered.is_set()


def test_stop_stops_the_model_before_it_writes(server: LanguageServer, open_model: Open) -> None:
    stop, model = threading.Event(), open_model(first_token=60, whole=60)

    def stop_once_asked() -> None:
        assert server.was_asked.wait(SOON)
        stop.set()

    server.play(Script(first_pause=60))
    stopping = threading.Thread(target=stop_once_asked)
    stopping.start()
    assert fail(model, stop=stop).problem is Problem.LLM_STOPPED
    assert server.hung_up.wait(SOON)
    stopping.join()


def test_stop_before_the_beginning_asks_nothing(server: LanguageServer, open_model: Open) -> None:
    stop = threading.Event()
    stop.set()
    assert fail(open_model(), stop=stop).problem is Problem.LLM_STOPPED
    assert not server.requests


def test_reader_who_fails_stops_the_model(server: LanguageServer, open_model: Open) -> None:
    def fail_to_show(_: str) -> None:
        raise ZeroDivisionError

    server.play(Script(ending=Ending.ENDLESS, pause=0.02))
    with pytest.raises(ZeroDivisionError):
        open_model().write(ASKED, tell=fail_to_show)
    assert server.hung_up.wait(SOON)
