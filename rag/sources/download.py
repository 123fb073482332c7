"""Download one file: within limits, from allowed hosts only, again where the failure may pass."""

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import BinaryIO

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from rag import __version__
from rag.errors import Problem, SourceError
from rag.retry_after import seconds_to_wait
from rag.sources.addresses import check_address, check_peer
from rag.sources.policy import Policy

USER_AGENT = f"RadIAct/{__version__}"
_PASSING = {
    Problem.SOURCE_UNREACHABLE,
    Problem.SOURCE_TIMEOUT,
    Problem.SOURCE_CUT,
    Problem.SOURCE_BUSY,
}
# Answers of sites that want a browser: a script to run (202), a refusal (403), a captcha (405).
_FOR_BROWSERS = {202, 403, 405}
_BUSY = {408, 429}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was received, as the server described it and as it is; ``size`` in bytes."""

    final_address: str
    sha256: str
    size: int
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(kw_only=True)
class Download:
    """The download of one address into a file. Not to be run from a coroutine.

    Attributes:
        address: asked for; redirects lead elsewhere.
        file: written from its beginning, once for each attempt.
        content_types: those accepted.
        headers: sent with each request; with a condition in them, 304 is an answer.
        progress: told of the bytes received and of those announced, 0 when they are not.
    """

    address: str
    file: BinaryIO
    content_types: tuple[str, ...]
    policy: Policy
    headers: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[int, int], None] = lambda _done, _total: None

    def run(self) -> Received | None:
        """Download the file; None where the server says that it has not changed.

        Raises:
            SourceError: why it cannot be had.
        """
        return asyncio.run(self._run_in_time())

    async def _run_in_time(self) -> Received | None:
        try:
            async with asyncio.timeout(self.policy.total_seconds):
                return await self._run()
        except TimeoutError as error:
            raise self._too_slow(self.policy.total_seconds) from error

    async def _run(self) -> Received | None:
        attempts = AsyncRetrying(
            retry=retry_if_exception(self._may_pass),
            stop=stop_after_attempt(self.policy.attempts),
            wait=self._wait,
            reraise=True,
        )
        return await attempts(self._attempt)

    async def _attempt(self) -> Received | None:
        self.file.seek(0)
        self.file.truncate()
        timeout = httpx.Timeout(self.policy.read_seconds, connect=self.policy.connect_seconds)
        headers = {"User-Agent": USER_AGENT, **self.headers}
        with self._readable_errors():
            async with httpx.AsyncClient(
                timeout=timeout, headers=headers, verify=_certificates()
            ) as client:
                return await self._follow(client)

    async def _follow(self, client: httpx.AsyncClient) -> Received | None:
        """Follow redirects one by one: each is a new address to check."""
        url = httpx.URL(self.address)
        for _ in range(self.policy.max_redirects + 1):
            async with self._answer(client, url) as response:
                if response.next_request is None:
                    return await self._receive(response)
                url = self._encrypted(response.next_request.url)
        raise SourceError(Problem.SOURCE_REDIRECTS, host=url.host, limit=self.policy.max_redirects)

    @asynccontextmanager
    async def _answer(
        self, client: httpx.AsyncClient, url: httpx.URL
    ) -> AsyncIterator[httpx.Response]:
        port = url.port or (80 if url.scheme == "http" else 443)
        await check_address(url.scheme, url.host, port, policy=self.policy)
        async with client.stream("GET", url) as response:
            stream = response.extensions["network_stream"]
            peer = stream.get_extra_info("server_addr")
            check_peer(peer, url.scheme, url.host, policy=self.policy)
            yield response

    async def _receive(self, response: httpx.Response) -> Received | None:
        conditions = {"if-none-match", "if-modified-since"}
        if response.status_code == 304 and conditions & {name.lower() for name in self.headers}:
            return None
        self._check_status(response)
        content_type = self._check_type(response)
        digest, size = await self._write(response)
        return Received(
            final_address=str(response.url),
            sha256=digest,
            size=size,
            content_type=content_type,
            etag=response.headers.get("etag", ""),
            last_modified=response.headers.get("last-modified", ""),
        )

    async def _write(self, response: httpx.Response) -> tuple[str, int]:
        length = response.headers.get("content-length", "")
        announced = int(length) if length.isdecimal() else 0
        self._check_size(announced)
        digest, size = hashlib.sha256(), 0
        async for chunk in response.aiter_bytes():
            size += len(chunk)
            self._check_size(size)
            digest.update(chunk)
            self.file.write(chunk)
            self.progress(size, max(announced, size) if announced else 0)
        return digest.hexdigest(), size

    def _check_status(self, response: httpx.Response) -> None:
        status, host = response.status_code, response.url.host
        if status == 200:
            return
        if status in _BUSY or status >= 500:
            retry_after = seconds_to_wait(response.headers.get("retry-after", ""))
            raise SourceError(
                Problem.SOURCE_BUSY, host=host, status=status, retry_after=retry_after
            )
        problem = Problem.SOURCE_CHALLENGE if status in _FOR_BROWSERS else Problem.SOURCE_STATUS
        raise SourceError(problem, host=host, status=status, address=self.address)

    def _check_type(self, response: httpx.Response) -> str:
        content_type = str(response.headers.get("content-type", ""))
        if content_type.partition(";")[0].strip().lower() not in self.content_types:
            raise SourceError(
                Problem.SOURCE_TYPE, host=response.url.host, received=content_type[:100] or "?"
            )
        return content_type

    def _check_size(self, size: int) -> None:
        if size > self.policy.max_bytes:
            limit = self.policy.max_bytes
            raise SourceError(Problem.SOURCE_TOO_LARGE, megabytes=f"{limit / 1e6:g}")

    def _encrypted(self, url: httpx.URL) -> httpx.URL:
        """Ask for https where a redirect says http, as the Publications Office's redirects do."""
        if url.scheme != "http" or url.port is not None or self.policy.allow_http:
            return url
        return url.copy_with(scheme="https")

    def _may_pass(self, error: BaseException) -> bool:
        """Tell a failure that may pass, unless the server asks for more patience than we have."""
        return (
            isinstance(error, SourceError)
            and error.problem in _PASSING
            and _asked(error) <= self.policy.longest_wait_seconds
        )

    def _wait(self, state: RetryCallState) -> float:
        first, longest = self.policy.backoff_seconds, self.policy.longest_wait_seconds
        backoff = wait_exponential(multiplier=first, max=longest) + wait_random(0, first)
        error = state.outcome.exception() if state.outcome else None
        return max(backoff(state), _asked(error))

    @contextmanager
    def _readable_errors(self) -> Iterator[None]:
        host = httpx.URL(self.address).host
        try:
            yield
        except httpx.TimeoutException as error:
            seconds = (
                self.policy.connect_seconds
                if isinstance(error, httpx.ConnectTimeout)
                else self.policy.read_seconds
            )
            raise self._too_slow(seconds) from error
        except (httpx.ConnectError, httpx.ProxyError) as error:
            raise SourceError(_connection_problem(error), host=host) from error
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
            raise SourceError(Problem.SOURCE_CUT, host=host) from error

    def _too_slow(self, seconds: float) -> SourceError:
        host = httpx.URL(self.address).host
        return SourceError(Problem.SOURCE_TIMEOUT, host=host, seconds=f"{seconds:g}")


@cache
def _certificates() -> ssl.SSLContext:
    """Read the authorities once: that takes longer than a request."""
    return httpx.create_ssl_context()


def _connection_problem(error: httpx.TransportError) -> Problem:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return Problem.SOURCE_CERTIFICATE
    return Problem.SOURCE_UNREACHABLE


def _asked(error: BaseException | None) -> float:
    """Give the seconds that a server asked to wait, 0 where it asked nothing."""
    seconds = error.details.get("retry_after") if isinstance(error, SourceError) else None
    return seconds if isinstance(seconds, float) else 0.0
