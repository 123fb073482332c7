"""Answers that come as they are written, and who stops listening stops the writing."""

import asyncio
import threading
from contextlib import aclosing

import pytest

from rag.errors import Problem, QuestionError
from rag.ui import wording, writing
from rag.ui.conversation import reply
from rag.ui.loading import Loading
from rag.ui.turns import Turn, interrupt
from rag.ui.writing import written
from tests.ui.fake_assistant import FakeAssistant, make_abstention, make_answer
from tests.ui.fake_writing import FAILURE, TOLD, as_far_as, make_written_answer
from tests.ui.loops import run

QUESTION = "Réponds lentement"
PATIENCE = 10


def replying(assistant, question=QUESTION, *, gate=None):
    loading = Loading(lambda progress: assistant).start()
    assert loading.assistant is assistant
    asked = Turn(number=1, question=question)
    return reply(asked, earlier=(), loading=loading, gate=gate or asyncio.Semaphore(1))


def told(turn):
    return [sentence.text for paragraph in turn.paragraphs for sentence in paragraph]


async def until_written(replies):
    """Listen until two sentences are shown."""
    async for turn in replies:
        if len(told(turn)) == 2:
            return turn
    raise AssertionError("nothing was written")


async def stopped(assistant):
    assert await asyncio.to_thread(assistant.pen.stopped.wait, PATIENCE)


def test_sentences_are_shown_as_they_come_then_the_whole(assistant: FakeAssistant):
    async def listen():
        turns = []
        async for turn in replying(assistant):
            turns.append(turn)
            if len(told(turn)) == 2:
                assistant.pen.may_end.set()
        return turns

    *growing, last = run(listen())
    assert not any(turn.finished for turn in growing)
    assert growing[-1].growing
    assert told(last) == list(TOLD)
    assert last.finished
    assert last.key
    assert not any(turn.key for turn in growing)


def test_question_as_understood_is_told_before_the_first_sentence(assistant: FakeAssistant):
    def write(question, tell, stop):
        tell(as_far_as(make_written_answer(understood="Compris"), 0))
        assistant.pen.may_end.wait(PATIENCE)
        return make_written_answer()

    assistant.pen.write = write

    async def listen():
        async for turn in replying(assistant):
            if turn.understood:
                assistant.pen.may_end.set()
                return turn
        raise AssertionError("nothing was understood")

    turn = run(listen())
    assert (turn.answer, turn.notice) == (None, wording.WRITING)


def test_closed_listener_stops_the_writing_and_leaves_its_place(assistant: FakeAssistant):
    async def listen():
        gate = asyncio.Semaphore(1)
        async with aclosing(replying(assistant, gate=gate)) as replies:
            turn = await until_written(replies)
        assert not gate.locked()
        await stopped(assistant)
        return interrupt(turn)

    turn = run(listen())
    assert turn.finished
    assert told(turn) == list(TOLD[:2])


def test_cancelled_listener_stops_the_writing(assistant: FakeAssistant):
    """As « Arrêter » and « Nouvelle conversation » do, while nothing new comes."""
    written_enough = asyncio.Event()

    async def listen():
        async for turn in replying(assistant):
            if len(told(turn)) == 2:
                written_enough.set()

    async def cancel():
        listening = asyncio.create_task(listen())
        await asyncio.wait_for(written_enough.wait(), PATIENCE)
        await asyncio.sleep(0.05)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await stopped(assistant)

    run(cancel())


def test_listener_is_given_a_turn_while_nothing_comes(
    assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "BEAT_SECONDS", 0.01)

    async def listen():
        async with aclosing(replying(assistant)) as replies:
            turn = await until_written(replies)
            beat = await anext(replies)
        return turn is beat

    assert run(listen())


def test_answer_of_quotes_in_place_of_what_was_written_comes_whole(assistant: FakeAssistant):
    def write(question, tell, stop):
        tell(as_far_as(make_written_answer(), 2))
        assistant.pen.may_end.wait(PATIENCE)
        return make_answer(failure=FAILURE)

    assistant.pen.write = write

    async def listen():
        turns = []
        async for turn in replying(assistant):
            turns.append(turn)
            if turn.growing:
                assistant.pen.may_end.set()
        return turns

    *growing, last = run(listen())
    assert all(turn.shown is None for turn in growing)
    assert last.answer.failure is FAILURE


@pytest.mark.parametrize(
    "end", [make_abstention("q"), RuntimeError("secret"), QuestionError(Problem.QUESTION_EMPTY)]
)
def test_writing_may_end_otherwise(assistant: FakeAssistant, end):
    def write(question, tell, stop):
        tell(as_far_as(make_written_answer(), 2))
        if isinstance(end, Exception):
            raise end
        return end

    assistant.pen.write = write

    async def listen():
        return [turn async for turn in replying(assistant)]

    last = run(listen())[-1]
    assert last.finished
    assert told(last) == []
    assert "secret" not in last.problem


def test_two_who_ask_at_once_hear_their_own_answer():
    def asking(name):
        def ask(tell, stop):
            for count in range(3):
                tell(as_far_as(make_written_answer(name), count))
            return make_written_answer(name)

        return ask

    async def listen(name):
        return [answer async for answer, _ in written(asking(name)) if answer]

    async def both():
        return await asyncio.gather(listen("un"), listen("deux"))

    for name, heard in zip(("un", "deux"), run(both()), strict=True):
        assert {answer.question for answer in heard} == {name}


def test_what_is_told_once_stopped_is_not_heard():
    left = threading.Event()

    def ask(tell, stop):
        assert stop.wait(PATIENCE)
        tell(make_written_answer())
        left.set()
        return make_written_answer()

    async def listen():
        async with aclosing(written(ask)) as answers:
            async for heard, _ in answers:
                return heard

    async def leave():
        heard = await listen()
        assert await asyncio.to_thread(left.wait, PATIENCE)
        return heard

    assert run(leave()) is None
