"""What a model writes, and what becomes of it when it does not: real servers on this machine."""

import threading
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from rag.config import Settings
from rag.errors import Problem
from rag.language_model import ChatModel, count_tokens
from rag.messages import french
from tests.language_model.asking import ANSWER, ASKED, fail
from tests.language_model.conftest import Open
from tests.language_model.servers import MODEL, Ending, LanguageServer, OllamaServer, Script
from tests.sources.site import closed_port


def test_text_is_told_as_it_grows(server: LanguageServer, open_model: Open) -> None:
    told: list[str] = []
    assert open_model().write(ASKED, tell=told.append) == ANSWER
    assert len(told) == 4
    assert told[-1] == ANSWER
    assert all(after.startswith(before) for before, after in pairwise(told))
    assert [message["role"] for message in server.asked[0].messages] == ["system", "user"]
    assert server.asked[0].body["model"] == MODEL
    assert server.asked[0].body["stream"] is True


def test_answer_does_not_depend_on_chance(server: LanguageServer, open_model: Open) -> None:
    open_model().write(ASKED)
    body = server.asked[0].body
    assert body.get("options", body)["temperature"] == 0


def test_ollama_is_told_how_long_the_context_is(settings: Settings) -> None:
    with OllamaServer() as server:
        model = ChatModel.open(server.settings(settings, llm_context_tokens=5000))
        model.write(ASKED)
        assert server.asked[0].body["options"]["num_ctx"] == 5000


def test_thoughts_are_neither_told_nor_given(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(thinking="secret", text=f"<think>secret</think>\n{ANSWER}", pieces=30))
    told: list[str] = []
    assert open_model().write(ASKED, tell=told.append) == ANSWER
    assert not [text for text in told if "secret" in text or "<" in text]


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (400, Problem.LLM_FAILED),
        (401, Problem.LLM_REFUSED),
        (403, Problem.LLM_REFUSED),
        (404, Problem.LLM_NO_MODEL),
    ],
)
def test_refusal_is_named_and_not_asked_again(
    server: LanguageServer, open_model: Open, status: int, problem: Problem
) -> None:
    server.play(Script(status=status))
    error = fail(open_model())
    assert error.problem is problem
    assert server.host in french(error)
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_passing_failure_is_asked_again(
    server: LanguageServer, open_model: Open, status: int
) -> None:
    server.play(Script(status=status), Script())
    assert open_model().write(ASKED) == ANSWER
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("status", "problem"), [(429, Problem.LLM_BUSY), (500, Problem.LLM_FAILED)]
)
def test_lasting_failure_is_asked_three_times(
    server: LanguageServer, open_model: Open, status: int, problem: Problem
) -> None:
    server.play(Script(status=status))
    assert fail(open_model()).problem is problem
    assert len(server.asked) == 3


def test_asking_again_stops_at_the_limit(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(status=500))
    assert fail(open_model(first_token=0.4)).problem is Problem.LLM_FAILED
    assert len(server.asked) == 1


def test_server_that_asks_to_wait_is_heeded(server: LanguageServer, open_model: Open) -> None:
    if isinstance(server, OllamaServer):
        pytest.skip("Ollama n’en dit rien, et sa bibliothèque ne le lirait pas")
    server.play(Script(status=429, headers={"Retry-After": "2"}), Script())
    start = time.monotonic()
    assert open_model().write(ASKED) == ANSWER
    assert time.monotonic() - start >= 2


def test_server_that_asks_for_more_patience_than_allowed_is_left(
    server: LanguageServer, open_model: Open
) -> None:
    if isinstance(server, OllamaServer):
        pytest.skip("Ollama n’en dit rien, et sa bibliothèque ne le lirait pas")
    server.play(Script(status=429, headers={"Retry-After": "60"}))
    assert fail(open_model()).problem is Problem.LLM_BUSY
    assert len(server.asked) == 1


def test_nobody_listens(server: LanguageServer, settings: Settings) -> None:
    port = closed_port()
    changed = replace(server.settings(settings), llm_url=f"http://127.0.0.1:{port}")
    error = fail(ChatModel.open(changed))
    assert error.problem is Problem.LLM_UNREACHABLE
    assert french(error) == f"Le modèle de langage ne répond pas (127.0.0.1:{port})."


BROKEN = {
    "cut": (Script(ending=Ending.CUT), Problem.LLM_CUT),
    "no end": (Script(ending=Ending.UNFINISHED), Problem.LLM_CUT),
    "no room": (Script(finish="length"), Problem.LLM_CUT),
    "no response": (Script(closes=True), Problem.LLM_CUT),
    "bad json": (Script(garbage='{"choices": [{"del'), Problem.LLM_UNREADABLE),
    "bad payload": (Script(garbage="[1, 2]"), Problem.LLM_UNREADABLE),
    "nothing": (Script(text="", ending=Ending.UNFINISHED), Problem.LLM_UNREADABLE),
    "no text": (Script(text=""), Problem.LLM_EMPTY),
    "only spaces": (Script(text=" \n "), Problem.LLM_EMPTY),
    "only thoughts": (Script(text="<think>Hum.</think>"), Problem.LLM_EMPTY),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_answer_is_no_answer(server: LanguageServer, open_model: Open, fault: str) -> None:
    script, problem = BROKEN[fault]
    server.play(script)
    assert fail(open_model()).problem is problem
    assert len(server.asked) == 1


def test_redirect_is_not_followed(server: LanguageServer, open_model: Open) -> None:
    with type(server)() as other:
        location = {"Location": f"{other.url}{other.chat_path}"}
        server.play(Script(status=307, headers=location))
        fail(open_model())
        assert not other.requests


def test_slow_reader_hears_everything(server: LanguageServer, open_model: Open) -> None:
    told: list[str] = []

    def show(text: str) -> None:
        time.sleep(0.05)
        told.append(text)

    assert open_model().write(ASKED, tell=show) == told[-1] == ANSWER


def test_several_ask_at_once(server: LanguageServer, open_model: Open) -> None:
    server.play(Script(text=lambda messages: messages[-1]["content"], pieces=5, pause=0.05))
    model, got = open_model(), dict[int, str]()

    def ask(number: int) -> None:
        got[number] = model.write([("human", f"La question numéro {number} ?")])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {number: f"La question numéro {number} ?" for number in range(8)}


def test_tokens_are_counted_with_room_to_spare() -> None:
    assert count_tokens("") == 0
    assert count_tokens("abcd") == 2
    assert count_tokens(ANSWER) >= len(ANSWER.split()) * 1.5
