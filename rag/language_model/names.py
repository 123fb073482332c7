"""Which chat model is asked, by which provider, and which host receives the questions.

All of it is read from the settings: nothing is imported, nothing is asked.
"""

from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

from rag.config import Settings, is_loopback
from rag.errors import ConfigurationError, Problem


@dataclass(frozen=True, slots=True)
class Provider:
    """What speaks one protocol, and where it is unless the settings say otherwise.

    Attributes:
        base_url: of its own servers, or of the one that runs on this machine.
        key_variable: the environment variable of the key that its own servers ask for; empty
            where they ask for none.
    """

    base_url: str
    key_variable: str = ""


PROVIDERS = {
    "ollama": Provider("http://127.0.0.1:11434"),
    "mistralai": Provider("https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
    "openai": Provider("https://api.openai.com/v1", "OPENAI_API_KEY"),
}
"""Those that have an extra of the same name; ``openai`` is also vLLM, llama.cpp and others."""


@dataclass(frozen=True, slots=True)
class ModelName:
    """A chat model as ``RADIACT_LLM`` names it, and the address where it is asked."""

    provider: str
    model: str
    base_url: str

    @classmethod
    def read(cls, settings: Settings) -> Self:
        """Read the name of the model and its address from the settings.

        >>> name = ModelName.read(Settings(llm="ollama:qwen3:8b"))
        >>> name.model, name.host, name.is_remote
        ('qwen3:8b', '127.0.0.1:11434', False)

        Raises:
            ConfigurationError: the provider is not one of ``PROVIDERS``, no model is named, or the
                address is not one that may be asked.
        """
        provider, _, model = settings.llm.partition(":")
        if provider not in PROVIDERS or not model:
            raise ConfigurationError(
                Problem.LLM_UNKNOWN_PROVIDER, value=settings.llm, providers=", ".join(PROVIDERS)
            )
        # Always told to the libraries: some would else read another address in the environment
        # than the one that is shown.
        base_url = settings.llm_url or PROVIDERS[provider].base_url
        _check(base_url)
        return cls(provider, model, base_url.rstrip("/"))

    def __str__(self) -> str:
        return f"{self.provider}:{self.model}"

    @property
    def host(self) -> str:
        """The host that receives the questions, with its port where the address has one."""
        return urlsplit(self.base_url).netloc

    @property
    def is_remote(self) -> bool:
        """Tell whether the questions leave this machine."""
        return not is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def is_own_server(self) -> bool:
        """Tell whether the provider's own server is asked, not another that speaks as it does."""
        return self.base_url == PROVIDERS[self.provider].base_url

    @property
    def key_variable(self) -> str:
        """The environment variable that holds the provider's key; empty where it has none."""
        return PROVIDERS[self.provider].key_variable


def describe_model(settings: Settings) -> dict[str, object]:
    """Name the chat model of the settings, and its host, for the page.

    Raises:
        ConfigurationError: see ``ModelName.read``.
    """
    name = ModelName.read(settings)
    return {"llm": str(name), "llm_host": name.host, "llm_is_remote": name.is_remote}


def _check(base_url: str) -> None:
    """Refuse an address that cannot be asked, or that holds a secret which would be shown.

    Raises:
        ConfigurationError: it does not repeat the address, for the same reason.
    """
    try:
        parts = urlsplit(base_url)
        is_usable = parts.scheme in {"http", "https"} and parts.port != 0 and _is_bare(parts)
    except ValueError:  # the port is no number, or the brackets of an IPv6 address do not match
        is_usable = False
    if not is_usable:
        raise ConfigurationError(Problem.LLM_ADDRESS)


def _is_bare(parts: SplitResult) -> bool:
    return bool(parts.hostname) and not ("@" in parts.netloc or parts.query or parts.fragment)
