"""A server of language models, whatever its protocol: see ``tests.language_model.servers``."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, ClassVar, Self

from rag.config import Settings
from tests.language_model.scripts import MODEL, Chat, Ending, Script
from tests.language_model.wire import Request, read_request, send_head, send_json


class LanguageServer(ABC):
    """A server in a thread of its own; see ``tests.language_model.servers``.

    Attributes:
        requests: those that came, in order, lists of models included.
        was_asked: set when a client has sent a whole request to the model.
        hung_up: set when a client closes the connection before the end of a response.
        answered: set when a response was sent to its end.
    """

    provider: ClassVar[str]
    base_path: ClassVar[str] = ""
    chat_path: ClassVar[str]
    models_path: ClassVar[str]
    content_type: ClassVar[str]

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.was_asked = threading.Event()
        self.hung_up = threading.Event()
        self.answered = threading.Event()
        self._scripts = [Script()]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve)
        self._is_serving = threading.Event()
        self._port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._is_serving.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def url(self) -> str:
        """What ``RADIACT_LLM_URL`` is set to."""
        return f"http://{self.host}{self.base_path}"

    @property
    def asked(self) -> list[Request]:
        """The requests that asked the model something."""
        return [request for request in self.requests if request.method == "POST"]

    def play(self, *scripts: Script) -> None:
        """Set what the next requests get in turn; the last one is for all that follow."""
        self._scripts = list(scripts)

    def settings(self, settings: Settings, **changes: Any) -> Settings:
        """Give settings that lead to this server."""
        return replace(settings, llm=f"{self.provider}:{MODEL}", llm_url=self.url, **changes)

    @abstractmethod
    def piece(self, text: str) -> str:
        """Write a piece of text as the protocol does."""

    @abstractmethod
    def thought(self, text: str) -> str: ...

    @abstractmethod
    def end(self, finish: str) -> str: ...

    @abstractmethod
    def raw(self, line: str) -> str: ...

    @abstractmethod
    def error(self, words: str) -> dict[str, Any]: ...

    @abstractmethod
    def models(self) -> dict[str, Any]: ...

    def _serve(self) -> None:
        self._loop.run_until_complete(self._serve_until_stopped())
        self._loop.close()

    async def _serve_until_stopped(self) -> None:
        self._stopping = asyncio.Event()
        self._answering = set[asyncio.Task[None]]()
        self._connections = set[asyncio.Task[Any]]()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._is_serving.set()
        await self._stopping.wait()
        server.close()
        await asyncio.sleep(0.01)  # what was accepted just now is taken in, to be closed
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._connections)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering = asyncio.ensure_future(self._answer(reader, writer))
        self._answering.add(answering)
        if connection := asyncio.current_task():
            self._connections.add(connection)
        with suppress(asyncio.CancelledError, ConnectionError, asyncio.IncompleteReadError):
            await answering
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        self.requests.append(request)
        if request.method == "GET":
            is_known = request.path == self.base_path + self.models_path
            body = self.models() if is_known else self.error("inconnu")
            await send_json(writer, 200 if is_known else 404, body)
            return
        self.was_asked.set()
        script = self._scripts.pop(0) if len(self._scripts) > 1 else self._scripts[0]
        if request.path != self.base_path + self.chat_path:
            script = Script(status=404)
        sending = asyncio.ensure_future(self._play(script, request, writer))
        leaving = asyncio.ensure_future(reader.read(1))
        await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        has_left = not sending.done() or isinstance(sending.exception(), ConnectionError)
        (self.hung_up if has_left else self.answered).set()
        for task in (sending, leaving):
            task.cancel()
        await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _play(self, script: Script, request: Request, writer: asyncio.StreamWriter) -> None:
        if script.closes:
            return
        if script.status != 200:
            # As real servers do, it repeats what it was asked.
            body = self.error(f"refus de {request.messages} pour {request.headers}")
            await send_json(writer, script.status, body, script.headers)
            return
        send_head(writer, 200, {"Content-Type": self.content_type, **script.headers})
        async for line in self._lines(script, request.messages):
            data = line.encode()
            writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            await writer.drain()
        if script.ending is not Ending.CUT:
            writer.write(b"0\r\n\r\n")
            await writer.drain()

    async def _lines(self, script: Script, messages: Chat) -> AsyncIterator[str]:
        if script.thinking:
            yield self.thought(script.thinking)
        await asyncio.sleep(script.first_pause)
        pieces = script.split(messages)
        for index, piece in enumerate(pieces):
            await asyncio.sleep(script.pause if index else 0)
            yield self.piece(piece)
            if script.garbage and not index:
                yield self.raw(script.garbage)
        while script.ending is Ending.ENDLESS:
            await asyncio.sleep(script.pause)
            yield self.piece(pieces[-1])
        if script.ending is Ending.SILENT:
            await asyncio.sleep(60)
        if script.ending is Ending.WHOLE:
            yield self.end(script.finish)
