from collections.abc import Callable, Iterator

import pytest

from rag.config import Settings
from rag.language_model import ChatModel
from tests.language_model.servers import SERVERS, LanguageServer

Open = Callable[..., ChatModel]


@pytest.fixture(params=SERVERS, ids=lambda server: server.provider)
def server(request: pytest.FixtureRequest) -> Iterator[LanguageServer]:
    """A server of each protocol in turn."""
    with request.param() as server:
        yield server


@pytest.fixture
def open_model(server: LanguageServer, settings: Settings) -> Open:
    """Open the model of the server; limits in seconds may be given by name."""

    def open_model(first_token: float = 10, whole: float = 20) -> ChatModel:
        limits = {"llm_first_token_seconds": first_token, "llm_seconds": whole}
        return ChatModel.open(server.settings(settings, **limits))

    return open_model
