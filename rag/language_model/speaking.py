"""Have a chat model write: piece by piece, within limits, until the reader has had enough.

The HTTP requests run on one event loop in a thread of its own, shared by all who ask: to cancel
the task that reads an answer closes its connection, and the server stops computing it.
"""

import asyncio
import contextvars
import math
import queue
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential,
    wait_random,
)

from rag.config import Settings
from rag.errors import LanguageModelError, Problem
from rag.language_model.failures import failure, may_pass, read_failure
from rag.language_model.loop import background_loop
from rag.language_model.names import ModelName
from rag.language_model.opening import open_chat_model
from rag.language_model.speech import Speech

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Messages = Sequence[tuple[str, str]]
"""Roles (``system``, ``human``, ``ai``) and what each says."""

MOST_CHARACTERS = 20_000
"""Far beyond the longest answer: a model that writes more does not end."""

_MOST_THOUGHTS = 5 * MOST_CHARACTERS
_CHARACTERS_PER_TOKEN = 3.0
_ATTEMPTS = 3
_BACKOFF_SECONDS = 0.5
_POLL_SECONDS = 0.05
_UNFINISHED = {"length", "model_length", "content_filter", "error", "abort"}
"""Reasons to end that leave an answer without its end."""


def count_tokens(text: str) -> int:
    """Tell how many tokens a text is at most, or nearly, without the tokenizer of the model.

    French takes three and a half to five characters a token with the vocabularies of current
    models, numbers and references fewer: three leaves room.

    >>> count_tokens("Le déployeur garde les journaux."), count_tokens("")
    (11, 0)
    """
    return math.ceil(len(text) / _CHARACTERS_PER_TOKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatModel:
    """A chat model and the limits within which it writes. Threads may share it.

    Attributes:
        name: the model and the host where it is asked.
        first_token_seconds: how long its first words may take, thoughts and retries included.
        seconds: how long all of it may take.
        context_tokens: how long what is asked and what is written may be together.
        chat: the model as LangChain knows it.
    """

    name: ModelName
    first_token_seconds: float
    seconds: float
    context_tokens: int
    chat: "BaseChatModel"

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the model of the settings, without asking it anything.

        Raises:
            ConfigurationError: see ``open_chat_model``.
        """
        return cls(
            name=ModelName.read(settings),
            first_token_seconds=settings.llm_first_token_seconds,
            seconds=settings.llm_seconds,
            context_tokens=settings.llm_context_tokens,
            chat=open_chat_model(settings),
        )

    def write(
        self,
        messages: Messages,
        *,
        tell: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> str:
        """Give what the model writes. Not to be called from a coroutine.

        Args:
            messages: what it is asked.
            tell: given the text so far each time that there is more, in this thread. What it
                raises ends the writing and is raised here.
            stop: set by another thread to end the writing.

        Raises:
            LanguageModelError: the model did not write an answer, or was stopped.
        """
        self._check(stop)
        texts: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        # In a context of its own, where no tracer of the caller's is on.
        future = contextvars.Context().run(
            asyncio.run_coroutine_threadsafe,
            _Writing(self, messages, texts.put).run(),
            background_loop(),
        )
        future.add_done_callback(lambda _: texts.put(None))
        try:
            while (text := self._next(texts, stop)) is not None:
                if tell:
                    tell(text)
            return future.result()
        finally:
            future.cancel()

    def count_tokens(self, text: str) -> int:
        """Tell how many tokens a text is at most, or nearly: see the function."""
        return count_tokens(text)

    def _next(
        self, texts: "queue.SimpleQueue[str | None]", stop: threading.Event | None
    ) -> str | None:
        """Wait for the next text; None at the end."""
        while True:
            self._check(stop)
            try:
                return texts.get(timeout=_POLL_SECONDS if stop else None)
            except queue.Empty:
                continue

    def _check(self, stop: threading.Event | None) -> None:
        if stop and stop.is_set():
            raise failure(Problem.LLM_STOPPED, self.name)


class _Writing:
    """One answer being written, on the event loop."""

    def __init__(self, model: ChatModel, messages: Messages, tell: Callable[[str], None]) -> None:
        self._model = model
        self._messages = list(messages)
        self._tell = tell
        self._patience: asyncio.Timeout | None = None
        self._has_told = False

    async def run(self) -> str:
        first = min(self._model.first_token_seconds, self._model.seconds)
        try:
            async with asyncio.timeout(self._model.seconds), asyncio.timeout(first) as patience:
                self._patience = patience
                return await self._attempts(first)(self._attempt)
        except TimeoutError:
            problem = Problem.LLM_TOO_LONG if self._has_told else Problem.LLM_SLOW
            raise failure(problem, self._model.name, seconds=f"{first:g}") from None

    def _attempts(self, seconds: float) -> AsyncRetrying:
        """Ask again what may pass, unless that would begin when the time is over."""
        return AsyncRetrying(
            retry=retry_if_exception(lambda error: may_pass(error) and not self._has_told),
            stop=stop_after_attempt(_ATTEMPTS) | stop_before_delay(seconds),
            wait=_wait,
            reraise=True,
        )

    async def _attempt(self) -> str:
        speech, ending = Speech(), dict[str, Any]()
        try:
            async with self._chunks() as chunks:
                async for chunk in chunks:
                    ending |= chunk.response_metadata
                    self._hear(speech, chunk.text)
        except LanguageModelError:
            raise
        except Exception as error:
            raise read_failure(error, self._model.name) from None
        return self._whole(speech, ending)

    @asynccontextmanager
    async def _chunks(self) -> AsyncIterator[AsyncIterator[Any]]:
        from langsmith import tracing_context

        with tracing_context(enabled=False):
            async with aclosing(self._model.chat.astream(self._messages)) as chunks:  # type: ignore[type-var]  # an async generator, though declared as an iterator
                yield chunks

    def _hear(self, speech: Speech, piece: str) -> None:
        if speech.hear(piece):
            if self._patience and not self._has_told:
                self._patience.reschedule(None)
            self._has_told = True
            self._tell(speech.said)
        if len(speech.said) > MOST_CHARACTERS or speech.heard > _MOST_THOUGHTS:
            raise failure(Problem.LLM_TOO_LONG, self._model.name)

    def _whole(self, speech: Speech, ending: Mapping[str, Any]) -> str:
        """Give the whole text, once the server has said that it is whole."""
        text = speech.end()
        if not _is_finished(ending):
            problem = Problem.LLM_CUT if speech.heard else Problem.LLM_UNREADABLE
            raise failure(problem, self._model.name)
        if not text:
            raise failure(Problem.LLM_EMPTY, self._model.name)
        return text


def _is_finished(ending: Mapping[str, Any]) -> bool:
    """Tell whether the server said that an answer is at its end, and that it is all of it."""
    reason = ending.get("finish_reason") or (ending.get("done") and ending.get("done_reason", ""))
    return isinstance(reason, str) and reason not in _UNFINISHED


def _wait(state: RetryCallState) -> float:
    backoff = wait_exponential(multiplier=_BACKOFF_SECONDS) + wait_random(0, _BACKOFF_SECONDS)
    error = state.outcome.exception() if state.outcome else None
    asked = error.details.get("retry_after") if isinstance(error, LanguageModelError) else None
    return max(backoff(state), asked if isinstance(asked, float) else 0.0)
