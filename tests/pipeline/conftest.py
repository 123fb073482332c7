"""The whole chain with a chat model: real documents, encoder and protocols, played answers."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from rag.pipeline import Assistant
from rag.types import Answer
from tests.language_model.servers import LanguageServer, OllamaServer, OpenAIServer, Script
from tests.pipeline.written_chat import Told, index_notices

Ask = Callable[..., Told]
Open = Callable[..., Assistant]
LIMITS = {"llm_first_token_seconds": 30.0, "llm_seconds": 30.0}


@pytest.fixture(scope="session")
def embedded() -> SentenceEncoder:
    return SentenceEncoder(str(EMBEDDED_MODEL))


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, embedded: SentenceEncoder) -> Assistant:
    """The notices, indexed once; nobody writes to them."""
    return index_notices(tmp_path_factory.mktemp("redaction"), embedded)


@pytest.fixture(params=(OpenAIServer, OllamaServer), ids=lambda server: server.provider)
def server(request: pytest.FixtureRequest) -> Iterator[LanguageServer]:
    """A server of each protocol in turn; parametrize it indirectly for others."""
    with request.param() as server:
        yield server


@pytest.fixture
def open_assistant(server: LanguageServer, indexed: Assistant, embedded: SentenceEncoder) -> Open:
    """Open an assistant that has the server's model write; limits may be given by name."""

    def open_assistant(**limits: float) -> Assistant:
        settings = server.settings(indexed.settings, **{**LIMITS, **limits})
        opened = Assistant.open(settings, encoder=embedded)
        # What it read of the notices is read once for all the tests.
        return replace(opened, retriever=indexed.retriever)

    return open_assistant


@pytest.fixture
def ask(server: LanguageServer, open_assistant: Open) -> Ask:
    """Ask with a model that writes some words, or plays scripts, and note all that is told."""

    def ask(question: str, *said: str | Script, **options: Any) -> Told:
        limits = {name: options.pop(name) for name in LIMITS if name in options}
        if said:
            server.play(*(Script(text=one) if isinstance(one, str) else one for one in said))
        told: list[Answer] = []
        answer = open_assistant(**limits).ask(question, **{"tell": told.append, **options})
        return Told(answer, tuple(told))

    return ask
