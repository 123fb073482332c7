"""Servers of language models on this machine, which speak the real protocols, well or badly.

with OpenAIServer() as server:
    server.play(Script(text="Six mois [1]."))              # the same for every request
    server.play(Script(status=429), Script(text="Oui."))   # in turn, then the last one again
    server.play(Script(text=lambda messages: messages[-1]["content"]))
    settings = server.settings(settings)              # RADIACT_LLM and RADIACT_LLM_URL
    …
    server.requests[-1].messages, server.hung_up.wait(5)
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any, ClassVar, Self

from rag.config import Settings

Chat = list[dict[str, Any]]
MODEL = "modele-essai"
REASONS = {400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 429: "Too Many Requests"}


class Ending(Enum):
    """How a stream ends."""

    WHOLE = auto()
    UNFINISHED = auto()
    """The HTTP response is whole, but nothing says that the answer is."""
    CUT = auto()
    """The connection is closed in the middle of the HTTP response."""
    ENDLESS = auto()
    """The last piece comes again and again, as long as someone listens."""
    SILENT = auto()
    """Nothing more comes, and the connection stays open."""


@dataclass(frozen=True, kw_only=True)
class Script:
    """What a server does with one request.

    Attributes:
        text: what the model writes, or what makes it from the messages.
        pieces: how many pieces it comes in.
        first_pause: seconds before the first piece.
        pause: seconds before each of the others.
        status: of the response; where it is not 200, no piece is sent.
        headers: of the response.
        ending: how the stream ends.
        finish: the reason of the end.
        thinking: sent before, in the field that servers have for thoughts.
        garbage: sent as it is after the first piece, in place of a message.
        closes: close the connection without any response.
    """

    text: str | Callable[[Chat], str] = "Le déployeur garde les journaux six mois [1]."
    pieces: int = 4
    first_pause: float = 0
    pause: float = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    ending: Ending = Ending.WHOLE
    finish: str = "stop"
    thinking: str = ""
    garbage: str = ""
    closes: bool = False

    def split(self, messages: Chat) -> list[str]:
        """Give the pieces of the text."""
        text = self.text(messages) if callable(self.text) else self.text
        size = max(1, -(-len(text) // self.pieces))
        return [text[start : start + size] for start in range(0, len(text), size)]


@dataclass(frozen=True)
class Request:
    """What a client sent; ``body`` is empty for a GET."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def messages(self) -> Chat:
        return list(self.body["messages"])


class LanguageServer:
    """A server in a thread of its own; see the module.

    Attributes:
        requests: those that came, in order, lists of models included.
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

    def piece(self, text: str) -> str:
        """Write a piece of text as the protocol does."""
        raise NotImplementedError

    def thought(self, text: str) -> str:
        raise NotImplementedError

    def end(self, finish: str) -> str:
        raise NotImplementedError

    def raw(self, line: str) -> str:
        raise NotImplementedError

    def error(self, words: str) -> dict[str, Any]:
        raise NotImplementedError

    def models(self) -> dict[str, Any]:
        raise NotImplementedError

    def _serve(self) -> None:
        self._loop.run_until_complete(self._serve_until_stopped())
        self._loop.close()

    async def _serve_until_stopped(self) -> None:
        self._stopping = asyncio.Event()
        self._answering = set[asyncio.Task[None]]()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._is_serving.set()
        await self._stopping.wait()
        server.close()
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._answer(reader, writer))
        self._answering.add(task)
        try:
            with suppress(asyncio.CancelledError, ConnectionError):
                await task
        finally:
            self._answering.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await _read_request(reader)
        self.requests.append(request)
        if request.method == "GET":
            is_known = request.path == self.base_path + self.models_path
            body = self.models() if is_known else self.error("inconnu")
            await _send_json(writer, 200 if is_known else 404, body)
            return
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
            await _send_json(writer, script.status, body, script.headers)
            return
        _send_head(writer, 200, {"Content-Type": self.content_type, **script.headers})
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


class OpenAIServer(LanguageServer):
    """Chat completions of OpenAI, as vLLM and llama.cpp serve them: server-sent events."""

    provider = "openai"
    base_path = "/v1"
    chat_path = "/chat/completions"
    models_path = "/models"
    content_type = "text/event-stream"

    def piece(self, text: str) -> str:
        return self._event({"role": "assistant", "content": text})

    def thought(self, text: str) -> str:
        return self._event({"role": "assistant", "reasoning_content": text})

    def end(self, finish: str) -> str:
        return self._event({}, finish) + self.raw("[DONE]")

    def raw(self, line: str) -> str:
        return f"data: {line}\n\n"

    def error(self, words: str) -> dict[str, Any]:
        return {"error": {"message": words, "type": "essai", "param": None, "code": None}}

    def models(self) -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model"}]}

    def _event(self, delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "essai-1", "object": "chat.completion.chunk", "created": 1_795_000_000}
        return self.raw(_json({**chunk, "model": MODEL, "choices": [choice]}))


class MistralServer(OpenAIServer):
    """The same protocol, but for thoughts, which are blocks of the content."""

    provider = "mistralai"

    def thought(self, text: str) -> str:
        block = {"type": "thinking", "thinking": [{"type": "text", "text": text}]}
        return self._event({"role": "assistant", "content": [block]})


class OllamaServer(LanguageServer):
    """Ollama's own protocol: one JSON object a line."""

    provider = "ollama"
    chat_path = "/api/chat"
    models_path = "/api/tags"
    content_type = "application/x-ndjson"

    def piece(self, text: str) -> str:
        return self._line({"role": "assistant", "content": text})

    def thought(self, text: str) -> str:
        return self._line({"role": "assistant", "content": "", "thinking": text})

    def end(self, finish: str) -> str:
        ending = {"done": True, "done_reason": finish, "total_duration": 1, "eval_count": 1}
        return self._line({"role": "assistant", "content": ""}, **ending)

    def raw(self, line: str) -> str:
        return f"{line}\n"

    def error(self, words: str) -> dict[str, Any]:
        return {"error": words}

    def models(self) -> dict[str, Any]:
        return {"models": [{"name": f"{MODEL}:latest", "model": f"{MODEL}:latest"}]}

    def _line(self, message: dict[str, Any], **ending: Any) -> str:
        head = {"model": MODEL, "created_at": "2026-11-29T08:00:00Z", "message": message}
        return self.raw(_json({"done": False, **head, **ending}))


SERVERS: tuple[type[LanguageServer], ...] = (OpenAIServer, MistralServer, OllamaServer)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def _read_request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, json.loads(body) if body else {})


def _send_head(writer: asyncio.StreamWriter, status: int, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}", "Connection: close"]
    if "Content-Length" not in headers:
        lines.append("Transfer-Encoding: chunked")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())


async def _send_json(
    writer: asyncio.StreamWriter,
    status: int,
    value: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> None:
    body = _json(value).encode()
    kind = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    _send_head(writer, status, {**kind, **(headers or {})})
    writer.write(body)
    await writer.drain()
