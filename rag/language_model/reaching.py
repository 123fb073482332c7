"""Ask a model's server whether it is there, without sending it a question."""

from rag.errors import Problem
from rag.language_model.failures import failure, read_failure, status_failure
from rag.language_model.names import ModelName
from rag.language_model.opening import connection_options, key_of

_SECONDS = 5.0
_PATHS = {"ollama": "/api/tags", "mistralai": "/models", "openai": "/models"}
"""Where each protocol lists the models of a server."""


def check_reachable(name: ModelName) -> None:
    """List the models of the server: a short request that holds no question.

    Raises:
        ConfigurationError: the provider's own server needs a key.
        LanguageModelError: it does not answer, or not well.
    """
    import httpx

    key = key_of(name)
    headers = {"Authorization": f"Bearer {key}"} if name.key_variable else {}
    address = name.base_url + _PATHS[name.provider]
    try:
        response = httpx.get(address, headers=headers, timeout=_SECONDS, **connection_options(name))
    except httpx.TimeoutException:
        raise failure(Problem.LLM_SLOW, name, seconds=f"{_SECONDS:g}") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise read_failure(error, name) from None
    if not response.is_success:
        raise status_failure(name, response.status_code)
