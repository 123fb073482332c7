"""What an error of the libraries means, without a word of it: it may hold the question or a key.

Three libraries and two HTTP clients raise these. They are told apart by the names of their
classes, so that none has to be imported.
"""

import ssl
from collections.abc import Iterator

from rag.errors import LanguageModelError, Problem
from rag.language_model.names import ModelName
from rag.retry_after import seconds_to_wait

_BY_NAME = {
    "SSEError": Problem.LLM_UNREADABLE,
    "DecodingError": Problem.LLM_UNREADABLE,
    "JSONDecodeError": Problem.LLM_UNREADABLE,
    "ValidationError": Problem.LLM_UNREADABLE,
    "UnicodeDecodeError": Problem.LLM_UNREADABLE,
    "ConnectError": Problem.LLM_UNREACHABLE,
    "ProxyError": Problem.LLM_UNREACHABLE,
    "TimeoutException": Problem.LLM_SLOW,
    "RemoteProtocolError": Problem.LLM_CUT,
    "NetworkError": Problem.LLM_CUT,
    # A message that is JSON, but not of the form that the library expects.
    "LookupError": Problem.LLM_UNREADABLE,
    "TypeError": Problem.LLM_UNREADABLE,
    "AttributeError": Problem.LLM_UNREADABLE,
    "ValueError": Problem.LLM_UNREADABLE,
}
"""The first of these names in the ancestry of an error tells what it is."""

_BY_STATUS = {
    401: Problem.LLM_REFUSED,
    403: Problem.LLM_REFUSED,
    404: Problem.LLM_NO_MODEL,
    429: Problem.LLM_BUSY,
}
PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})


def failure(problem: Problem, name: ModelName, **details: object) -> LanguageModelError:
    """Make the error that says a problem of a model."""
    return LanguageModelError(problem, host=name.host, model=name.model, **details)


def status_failure(name: ModelName, status: int, retry_after: str = "") -> LanguageModelError:
    """Make the error that says which status a server answered."""
    return failure(
        _BY_STATUS.get(status, Problem.LLM_FAILED),
        name,
        status=status,
        cause=f"réponse {status}",
        retry_after=seconds_to_wait(retry_after),
    )


def read_failure(error: BaseException, name: ModelName) -> LanguageModelError:
    """Make the error that says what an error of the libraries means."""
    for cause in _chain(error):
        if status := _status(cause):
            headers = getattr(getattr(cause, "response", None), "headers", {})
            return status_failure(name, status, headers.get("retry-after", ""))
    for cause in _chain(error):
        if problem := _named(cause):
            return failure(problem, name)
    return failure(Problem.LLM_FAILED, name, cause="erreur inattendue")


def may_pass(error: BaseException) -> bool:
    """Tell whether asking again may succeed."""
    if not isinstance(error, LanguageModelError):
        return False
    status = error.details.get("status")
    return error.problem is Problem.LLM_UNREACHABLE or status in PASSING_STATUSES


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an error, then those that it was raised for, outermost first."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _status(error: BaseException) -> int | None:
    """Give the status of an HTTP response that is an error, in the ways the libraries hold it."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) and status >= 300 else None


def _named(error: BaseException) -> Problem | None:
    if isinstance(error, ssl.SSLError):
        return Problem.LLM_UNREACHABLE
    names = (ancestor.__name__ for ancestor in type(error).__mro__)
    return next((_BY_NAME[name] for name in names if name in _BY_NAME), None)
