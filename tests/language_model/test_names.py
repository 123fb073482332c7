import pytest

from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.language_model import PROVIDERS, ModelName, describe_model
from rag.messages import french
from rag.pipeline.opening import describe_writer


@pytest.mark.parametrize(
    ("llm", "url", "provider", "model", "host", "is_remote"),
    [
        ("ollama:mistral-small", "", "ollama", "mistral-small", "127.0.0.1:11434", False),
        ("ollama:qwen3:8b", "http://[::1]:9/", "ollama", "qwen3:8b", "[::1]:9", False),
        ("openai:gpt", "", "openai", "gpt", "api.openai.com", True),
        ("mistralai:m", "", "mistralai", "m", "api.mistral.ai", True),
        ("openai:org/m", "http://localhost:8000/v1", "openai", "org/m", "localhost:8000", False),
        ("openai:m", "https://llm.chu.fr/v1", "openai", "m", "llm.chu.fr", True),
        ("ollama:m", "http://192.168.1.9:11434", "ollama", "m", "192.168.1.9:11434", True),
        ("openai:m", "http://127.0.0.1.exemple.fr/v1", "openai", "m", "127.0.0.1.exemple.fr", True),
    ],
)
def test_model_and_host_are_read(
    llm: str, url: str, provider: str, model: str, host: str, is_remote: bool
) -> None:
    name = ModelName.read(Settings(llm=llm, llm_url=url))
    assert (name.provider, name.model, name.host, name.is_remote) == (
        provider,
        model,
        host,
        is_remote,
    )
    assert str(name) == llm


@pytest.mark.parametrize("llm", ["mistral-small", "anthropic:claude", "ollama:", ":m", "Ollama:m"])
def test_unknown_provider_is_told_with_those_known(llm: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        ModelName.read(Settings(llm=llm))
    assert raised.value.problem is Problem.LLM_UNKNOWN_PROVIDER
    assert all(provider in french(raised.value) for provider in PROVIDERS)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",
        "ftp://127.0.0.1/v1",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://moi:secret@127.0.0.1/v1",
        "http://secret@127.0.0.1/v1",
        "http://127.0.0.1/v1?key=secret",
        "http://127.0.0.1/v1#secret",
        "http://127.0.0.1:99999/v1",
        "http://[::1/v1",
    ],
)
def test_unusable_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        ModelName.read(Settings(llm="openai:m", llm_url=url))
    assert raised.value.problem is Problem.LLM_ADDRESS
    assert "secret" not in f"{raised.value}{french(raised.value)}"


def test_page_is_told_of_the_model_and_its_host() -> None:
    assert describe_writer(Settings()) == {"llm": "", "llm_host": "", "llm_is_remote": False}
    assert describe_model(Settings(llm="mistralai:m")) == {
        "llm": "mistralai:m",
        "llm_host": "api.mistral.ai",
        "llm_is_remote": True,
    }
