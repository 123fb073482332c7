"""What is opened, what is refused, and that nobody else is told: seen from new processes."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rag.config import Settings
from rag.errors import ConfigurationError, LanguageModelError, Problem
from rag.language_model import ChatModel, ModelName, check_reachable
from rag.messages import french
from tests.conftest import REPOSITORY
from tests.factories import write_notice
from tests.language_model.servers import LanguageServer, OllamaServer, OpenAIServer
from tests.sources.site import closed_port

CHAT_LIBRARIES = {
    "langchain", "langgraph", "openai", "ollama", "mistralai", "tiktoken",
    "langchain_openai", "langchain_ollama", "langchain_mistralai",
}  # fmt: skip
ONLY_FOR_WRITING = ("rag.answerers.written", "rag.verification", "rag.entailment")

ASK = """
import json, sys
connections = []
def hear(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        connections.append(f"{arguments[1][0]}:{arguments[1][1]}")
    elif event == "socket.getaddrinfo":
        connections.append(f"{arguments[0]}:{arguments[1]}")
sys.addaudithook(hear)
from rag.config import Settings
from rag.language_model import ChatModel, check_reachable
model = ChatModel.open(Settings.from_environment())
text = model.write([("human", "Combien de temps ?")])
check_reachable(model.name)
print(json.dumps([text, sorted(set(connections))]))
"""

DEFAULT_MODE = """
import sys
from pathlib import Path
from rag.config import Settings
import rag.cli, rag.cli.app, rag.cli.doctor, rag.cli.serving, rag.ui, rag.ui.page, rag.pipeline
import rag.language_model
folder = Path(sys.argv[1])
settings = Settings(data_dir=folder / "data", documents_dir=folder / "documents")
assistant = rag.pipeline.Assistant.open(settings)
assistant.ingest()
assert assistant.ask("qui garde les journaux ?").sentences
assert assistant.ask("et six mois ?", history=("qui garde les journaux ?",)).hits
assistant.describe()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
print(*sorted(name for name in sys.modules if name.startswith("rag.")))
"""


def run(code: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_default_mode_loads_nothing_for_a_chat_model(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    write_notice(tmp_path / "documents", "journaux", "Le déployeur garde les journaux six mois.")
    loaded = set(run(DEFAULT_MODE, str(tmp_path)).split())
    assert {"chromadb", "rag.answerers", "rag.pipeline.assistant"} <= loaded
    assert not loaded & CHAT_LIBRARIES
    assert not [name for name in loaded if name.startswith(ONLY_FOR_WRITING)]


def test_only_the_model_is_told_whatever_the_environment_says(server: LanguageServer) -> None:
    with OpenAIServer() as other:
        elsewhere = f"http://{other.host}"
        asked = run(
            ASK,
            RADIACT_LLM=f"{server.provider}:modele-essai",
            RADIACT_LLM_URL=server.url,
            LANGSMITH_TRACING="true",
            LANGSMITH_TRACING_V2="true",
            LANGCHAIN_TRACING="true",
            LANGCHAIN_TRACING_V2="true",
            LANGCHAIN_HANDLER="langchain",
            LANGSMITH_API_KEY="lsv2_essai",
            LANGSMITH_ENDPOINT=elsewhere,
            LANGCHAIN_ENDPOINT=elsewhere,
            LANGSMITH_GATEWAY=elsewhere,
            OPENAI_API_BASE=elsewhere,
            OPENAI_BASE_URL=elsewhere,
            OPENAI_PROXY=elsewhere,
            MISTRAL_BASE_URL=elsewhere,
            OLLAMA_HOST=elsewhere,
            HTTP_PROXY=elsewhere,
            ALL_PROXY=elsewhere,
            http_proxy=elsewhere,
            NO_PROXY="",
            no_proxy="",
        )
        text, connections = json.loads(asked)
        assert not other.requests
    assert text
    assert connections == [server.host]


def test_key_of_the_provider_is_sent(
    server: LanguageServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_API_KEY", "MISTRAL_API_KEY", "OLLAMA_API_KEY"):
        monkeypatch.setenv(variable, "cle-essai")
    model = ChatModel.open(server.settings(settings))
    model.write([("human", "Oui ?")])
    check_reachable(model.name)
    sent = [request.headers.get("authorization") for request in server.requests]
    asks_for_one = not isinstance(server, OllamaServer)
    assert sent == ["Bearer cle-essai", "Bearer cle-essai" if asks_for_one else None]


@pytest.mark.parametrize("provider", ["openai", "mistralai"])
def test_missing_key_is_named(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    variable = {"openai": "OPENAI_API_KEY", "mistralai": "MISTRAL_API_KEY"}[provider]
    monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ConfigurationError) as raised:
        ChatModel.open(Settings(llm=f"{provider}:un-modele"))
    assert raised.value.problem is Problem.LLM_KEY
    assert variable in french(raised.value)


@pytest.mark.parametrize("provider", ["ollama", "openai", "mistralai"])
def test_missing_package_is_named_by_its_extra(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    absent = f"langchain_{provider}"
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name == absent else find(name)
    )
    with pytest.raises(ConfigurationError) as raised:
        ChatModel.open(Settings(llm=f"{provider}:un-modele"))
    assert f"pip install 'radiact[{provider}]'" in french(raised.value)


def test_remote_model_is_opened_at_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "cle-essai")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://ailleurs.exemple/v1")
    chat: Any = ChatModel.open(Settings(llm="openai:un-modele")).chat
    assert str(chat.root_async_client.base_url) == "https://api.openai.com/v1/"
    assert "cle-essai" not in repr(chat)


def test_server_is_reached_without_a_question(server: LanguageServer, settings: Settings) -> None:
    check_reachable(ModelName.read(server.settings(settings)))
    (request,) = server.requests
    assert (request.method, request.path) == ("GET", server.base_path + server.models_path)


def test_server_that_is_not_there_is_said_so() -> None:
    name = ModelName.read(Settings(llm="ollama:m", llm_url=f"http://127.0.0.1:{closed_port()}"))
    with pytest.raises(LanguageModelError) as raised:
        check_reachable(name)
    assert raised.value.problem is Problem.LLM_UNREACHABLE


def test_wrong_path_is_said_so(settings: Settings) -> None:
    with OpenAIServer() as server:
        name = ModelName.read(Settings(llm="openai:m", llm_url=f"http://{server.host}"))
        with pytest.raises(LanguageModelError) as raised:
            check_reachable(name)
    assert raised.value.problem is Problem.LLM_NO_MODEL
