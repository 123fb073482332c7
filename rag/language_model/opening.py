"""Open a chat model through LangChain, so that only the host that is shown is ever asked.

What is set for each provider was read in the code of the packages that ``constraints.txt`` pins.
Nothing of LangChain is imported before a model is opened.
"""

import importlib.util
import math
import os
from typing import TYPE_CHECKING, Any

from rag.config import Settings, secret
from rag.errors import ConfigurationError, Problem
from rag.language_model.names import ModelName

if TYPE_CHECKING:
    import httpx
    from langchain_core.language_models import BaseChatModel

NO_KEY = "aucune"
"""Sent where a server asks for no key: the libraries refuse to be given none."""

_TRACING = ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING")
_OLD_TRACING = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


def open_chat_model(settings: Settings) -> "BaseChatModel":
    """Open the chat model of the settings; it is not asked anything yet.

    Raises:
        ConfigurationError: its name or address is unusable, its package is not installed, or its
            key is missing.
    """
    name = ModelName.read(settings)
    _check_package(name)
    key = key_of(name)
    forbid_tracing()
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(
            name.model,
            model_provider=name.provider,
            base_url=name.base_url,
            temperature=0,
            **_OPTIONS[name.provider](name, settings, key),
        )
    except Exception:  # whatever the libraries refuse, in words that may hold the key
        raise ConfigurationError(Problem.LLM_UNUSABLE, model=str(name)) from None
    return chat


def key_of(name: ModelName) -> str:
    """Give the provider's key; a word in its place for a server that may need none.

    Raises:
        ConfigurationError: the provider's own server needs one.
    """
    key = secret(name.key_variable)
    if name.key_variable and name.is_own_server and not key:
        raise ConfigurationError(Problem.LLM_KEY, model=str(name), variable=name.key_variable)
    return key or NO_KEY


def connection_options(name: ModelName) -> dict[str, Any]:
    """Give the options of an httpx client that reaches the model's host and no other.

    A redirect would hand the question to a host that is not the one shown; a proxy has no part
    in what stays on this machine.
    """
    return {"follow_redirects": False, "trust_env": name.is_remote}


def forbid_tracing() -> None:
    """Keep LangSmith from being told of the questions, whatever the environment asks for.

    The old variables make LangChain refuse to run; each call also says it to LangSmith itself,
    which reads these only once.
    """
    for variable in _TRACING:
        os.environ[variable] = "false"
    for variable in _OLD_TRACING:
        os.environ.pop(variable, None)


def _check_package(name: ModelName) -> None:
    for package in ("langchain", f"langchain_{name.provider}"):
        if importlib.util.find_spec(package) is None:
            raise ConfigurationError(Problem.LLM_PACKAGE, model=str(name), extra=name.provider)


def _for_ollama(name: ModelName, settings: Settings, _key: str) -> dict[str, Any]:
    """Say how long the context is: beyond its own, Ollama drops the beginning without a word."""
    options = connection_options(name) | {"timeout": settings.llm_seconds, "limits": _limits()}
    return {"num_ctx": settings.llm_context_tokens, "client_kwargs": options}


def _for_mistralai(name: ModelName, settings: Settings, key: str) -> dict[str, Any]:
    client = _client(name, settings)
    client.headers["Authorization"] = f"Bearer {key}"
    return {
        "api_key": key,
        "async_client": client,
        "max_retries": 0,
        "timeout": math.ceil(settings.llm_seconds),
    }


def _for_openai(name: ModelName, settings: Settings, key: str) -> dict[str, Any]:
    """Use the protocol that every server speaks, and none of the settings of the environment."""
    return {
        "api_key": key,
        "http_async_client": _client(name, settings),
        "openai_proxy": None,
        "max_retries": 0,
        "timeout": settings.llm_seconds,
        "stream_chunk_timeout": None,
        "stream_usage": False,
        "use_responses_api": False,
    }


_OPTIONS = {"ollama": _for_ollama, "mistralai": _for_mistralai, "openai": _for_openai}


def _client(name: ModelName, settings: Settings) -> "httpx.AsyncClient":
    import httpx

    return httpx.AsyncClient(
        base_url=name.base_url,
        timeout=settings.llm_seconds,
        limits=_limits(),
        **connection_options(name),
    )


def _limits() -> "httpx.Limits":
    """Keep no connection: one that has slept since the last question may be dead."""
    import httpx

    return httpx.Limits(max_keepalive_connections=0)
