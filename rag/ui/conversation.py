"""How a turn fills up: with what it waits for, then with its answer as it comes."""

import asyncio
import logging
import threading
import traceback
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import replace

from rag.errors import RadiactError
from rag.messages import french
from rag.types import Answer, TellAnswer
from rag.ui import wording
from rag.ui.loading import Loading
from rag.ui.turns import Turn, count_words, growing, guarded, history
from rag.ui.writing import written

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.25
FRAME_SECONDS = 0.04
MOST_FRAMES = 24


async def reply(
    turn: Turn, *, earlier: tuple[Turn, ...], loading: Loading, gate: asyncio.Semaphore
) -> AsyncGenerator[Turn, None]:
    """Yield the turn as it fills: what it waits for, then the answer.

    Quotes come by groups of words; what a language model writes, as it is verified. A turn may come
    twice the same. Closed before the end, it stops the model. ``gate`` limits how many questions
    are answered at once.
    """
    turn = guarded(turn)
    yield turn
    if turn.stopped:
        return
    while not loading.done:
        yield replace(turn, notice=wording.waiting_line(loading.progress))
        await asyncio.sleep(POLL_SECONDS)
    if loading.failure:
        yield replace(turn, problem=loading.failure)
        return
    yield replace(turn, notice=wording.QUEUED if gate.locked() else wording.SEARCHING)
    has_grown = False
    async with gate, aclosing(_answered(turn, earlier=earlier, loading=loading)) as growth:
        async for answered in growth:
            has_grown = has_grown or answered.is_written
            if not answered.finished:
                yield answered
    if not has_grown:
        for frame in _frames(answered):
            yield frame
            await asyncio.sleep(FRAME_SECONDS)
    yield answered


async def _answered(
    turn: Turn, *, earlier: tuple[Turn, ...], loading: Loading
) -> AsyncGenerator[Turn, None]:
    """Yield the turn as its answer is written, the same where nothing is new, then its end."""

    def ask(tell: TellAnswer, stop: threading.Event) -> Answer:
        return loading.assistant.ask(
            turn.question,
            history=history(earlier),
            as_of=turn.as_of,
            filters=turn.filters,
            tell=tell,
            stop=stop,
        )

    current = replace(turn, notice=wording.SEARCHING)
    try:
        async with aclosing(written(ask)) as answers:
            async for answer, is_whole in answers:
                if is_whole:
                    current = loading.kept.keep(replace(turn, answer=answer))
                elif answer is not None:
                    current = growing(turn, answer)
                yield current
    except RadiactError as error:
        yield replace(turn, problem=french(error))
    except Exception as error:  # the message could hold the question, so only the place is logged
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("The answer failed with %s\n%s", type(error).__name__, place)
        yield replace(turn, problem=wording.UNEXPECTED)


def _frames(turn: Turn) -> Iterator[Turn]:
    """Yield the turn with more and more of its answer, never yet the whole."""
    if turn.answer is None or turn.answer.abstained:
        return
    words = count_words(turn.answer)
    for shown in range(0, words, max(3, -(-words // MOST_FRAMES))):
        yield replace(turn, shown=shown)
