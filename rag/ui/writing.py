"""Ask, and hear of the answer as it is written; who stops listening stops the writing."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Callable
from typing import TypeAlias

from rag.types import Answer, TellAnswer

BEAT_SECONDS = 1.0
"""How often a listener is given a turn to speak, even where nothing new was written."""

Ask: TypeAlias = Callable[[TellAnswer, threading.Event], Answer]
"""Asks, in a thread: told where to tell the answer as it comes, and what ends the writing."""


async def written(ask: Ask) -> AsyncGenerator[tuple[Answer | None, bool], None]:
    """Yield the answer as it is written, None where nothing is new, with whether it is whole.

    Closed or cancelled before the end, it ends the writing, which a thread goes on with meanwhile.
    A listener that has left is only noticed as something is yielded to it, hence the beats.
    """
    loop = asyncio.get_running_loop()
    stop, news = threading.Event(), asyncio.Event()
    latest: list[Answer] = []

    def receive(answer: Answer) -> None:
        latest[:] = [answer]
        news.set()

    def tell(answer: Answer) -> None:
        if not stop.is_set():
            loop.call_soon_threadsafe(receive, answer)

    asking = asyncio.create_task(asyncio.to_thread(ask, tell, stop))
    asking.add_done_callback(lambda _: news.set())
    try:
        while not asking.done():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), BEAT_SECONDS)
            news.clear()
            if not asking.done():
                yield latest.pop() if latest else None, False
        yield await asking, True
    finally:
        stop.set()
        asking.cancel()
