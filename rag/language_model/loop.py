"""The event loop on which models are asked: one, in a thread that dies with the program."""

import asyncio
import threading

_starting = threading.Lock()
_running: list[asyncio.AbstractEventLoop] = []


def background_loop() -> asyncio.AbstractEventLoop:
    """Give the loop, started when it is first needed.

    One for all: a connection belongs to the loop that opened it.
    """
    with _starting:
        if not _running:
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="language-model", daemon=True).start()
            _running.append(loop)
        return _running[0]
