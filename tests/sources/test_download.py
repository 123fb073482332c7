import gzip
import io
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from rag.errors import Problem, SourceError
from rag.sources import Policy
from rag.sources.download import Download, Received
from tests.sources import site as answers
from tests.sources.site import Answer, Site, act, page, redirect, status

BODY = act()
Run = Callable[..., Received | None]


@pytest.fixture
def file() -> io.BytesIO:
    return io.BytesIO()


@pytest.fixture
def run(policy: Policy, file: io.BytesIO) -> Run:
    def run(address: str, *, limits: Policy = policy, **more: Any) -> Received | None:
        return Download(
            address=address, file=file, content_types=("text/html",), policy=limits, **more
        ).run()

    return run


def problem_of(run: Run, address: str, **more: Any) -> Problem:
    with pytest.raises(SourceError) as raised:
        run(address, **more)
    return raised.value.problem


def test_file_is_received_with_what_the_server_says_of_it(
    site: Site, run: Run, file: io.BytesIO
) -> None:
    told: list[tuple[int, int]] = []
    address = site.serve("/a", page(BODY, ETag='"1"', Last_Modified="hier"))
    received = run(address, progress=lambda done, total: told.append((done, total)))
    assert file.getvalue() == BODY
    assert received is not None
    assert (received.size, received.etag, received.last_modified) == (len(BODY), '"1"', "hier")
    assert received.final_address == address
    assert told[-1] == (len(BODY), len(BODY))
    assert site.requests[0][1]["user-agent"].startswith("RadIAct/")


def test_compressed_file_is_received_plain(site: Site, run: Run, file: io.BytesIO) -> None:
    run(site.serve("/a", page(gzip.compress(BODY), Content_Encoding="gzip")))
    assert file.getvalue() == BODY


@pytest.mark.parametrize(
    "passing",
    [status(500), status(503), status(429), status(429, Retry_After="0"), answers.cut(BODY)],
)
def test_passing_failure_is_tried_again(
    site: Site, run: Run, file: io.BytesIO, passing: Answer
) -> None:
    run(site.serve("/a", passing, page(BODY)))
    assert file.getvalue() == BODY
    assert site.count("/a") == 2


def test_pause_that_a_server_asks_for_is_kept(site: Site, run: Run, policy: Policy) -> None:
    start = time.monotonic()
    limits = replace(policy, longest_wait_seconds=1.5)
    run(site.serve("/a", status(429, Retry_After="1"), page(BODY)), limits=limits)
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("retry_after", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_pause_that_is_too_long_is_not_waited_for(site: Site, run: Run, retry_after: str) -> None:
    address = site.serve("/a", status(429, Retry_After=retry_after))
    assert problem_of(run, address) is Problem.SOURCE_BUSY
    assert site.count("/a") == 1


@pytest.mark.parametrize(
    ("answer", "problem", "attempts"),
    [
        (status(404), Problem.SOURCE_STATUS, 1),
        (status(410), Problem.SOURCE_STATUS, 1),
        (status(304), Problem.SOURCE_STATUS, 1),
        (status(204), Problem.SOURCE_STATUS, 1),
        (status(202), Problem.SOURCE_CHALLENGE, 1),
        (status(202, b"<script>challenge</script>"), Problem.SOURCE_CHALLENGE, 1),
        (status(403), Problem.SOURCE_CHALLENGE, 1),
        (status(405), Problem.SOURCE_CHALLENGE, 1),
        (status(500), Problem.SOURCE_BUSY, 3),
        (answers.cut(BODY), Problem.SOURCE_CUT, 3),
        (page(BODY, "application/pdf"), Problem.SOURCE_TYPE, 1),
        (page(BODY, ""), Problem.SOURCE_TYPE, 1),
    ],
)
def test_failure_is_named(
    site: Site, run: Run, answer: Answer, problem: Problem, attempts: int
) -> None:
    assert problem_of(run, site.serve("/a", answer)) is problem
    assert site.count("/a") == attempts


@pytest.mark.parametrize(
    "slow",
    [answers.endless(b"x", 0.05), answers.dripping_headers(0.05), answers.stalled],
)
def test_slow_server_is_left_in_time(site: Site, run: Run, slow: Answer, hasty: Policy) -> None:
    start = time.monotonic()
    assert problem_of(run, site.serve("/a", slow), limits=hasty) is Problem.SOURCE_TIMEOUT
    assert time.monotonic() - start < 5


def test_server_that_stalls_once_is_asked_again(
    site: Site, run: Run, file: io.BytesIO, policy: Policy
) -> None:
    limits = replace(policy, read_seconds=0.3)
    run(site.serve("/a", answers.stalled, page(BODY)), limits=limits)
    assert file.getvalue() == BODY


def test_file_that_is_too_large_is_refused_before_it_comes(site: Site, run: Run) -> None:
    address = site.serve("/a", page(b"x" * 3_000_001))
    assert problem_of(run, address) is Problem.SOURCE_TOO_LARGE


def test_file_that_grows_too_large_is_left(site: Site, run: Run, file: io.BytesIO) -> None:
    address = site.serve("/a", answers.endless(b"x" * 500_000, 0))
    assert problem_of(run, address) is Problem.SOURCE_TOO_LARGE
    assert len(file.getvalue()) <= 3_000_000


def test_file_that_is_too_large_once_decompressed_is_left(site: Site, run: Run) -> None:
    bomb = gzip.compress(b"x" * 30_000_000)
    address = site.serve("/a", page(bomb, Content_Encoding="gzip"))
    assert problem_of(run, address) is Problem.SOURCE_TOO_LARGE


def test_damaged_compression_is_named(site: Site, run: Run) -> None:
    address = site.serve("/a", page(b"pas du gzip", Content_Encoding="gzip"))
    assert problem_of(run, address) is Problem.SOURCE_CUT


def test_redirects_are_followed_within_the_catalogue(site: Site, run: Run) -> None:
    end = site.serve("/c", page(BODY))
    site.serve("/b", redirect(end))
    received = run(site.serve("/a", redirect("/b")))
    assert received is not None
    assert received.final_address == end


def test_redirects_without_end_are_left(site: Site, run: Run) -> None:
    assert problem_of(run, site.serve("/a", redirect("/a"))) is Problem.SOURCE_REDIRECTS
    assert site.count("/a") == 4


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("https://exemple.fr/a", Problem.SOURCE_HOST),
        ("http://10.0.0.1/a", Problem.SOURCE_HOST),
        ("//exemple.fr/a", Problem.SOURCE_HOST),
        ("file:///etc/passwd", Problem.SOURCE_SCHEME),
        ("ftp://127.0.0.1/a", Problem.SOURCE_SCHEME),
        ("http://127.0.0.1:99999999/", Problem.SOURCE_HOST),
    ],
)
def test_redirect_to_a_refused_address_is_not_followed(
    site: Site, run: Run, location: str, problem: Problem
) -> None:
    assert problem_of(run, site.serve("/a", redirect(location))) is problem


def test_redirect_without_encryption_is_asked_for_with_it(policy: Policy) -> None:
    download = Download(address="https://a.fr/", file=io.BytesIO(), content_types=(), policy=policy)
    clear = httpx.URL("http://a.fr/x?y=1")
    assert download._encrypted(clear) == clear
    download.policy = replace(policy, allow_http=False)
    assert download._encrypted(clear) == "https://a.fr/x?y=1"
    assert download._encrypted(httpx.URL("http://a.fr:8080/")).scheme == "http"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"allow_http": False}, Problem.SOURCE_SCHEME),
        ({"hosts": frozenset()}, Problem.SOURCE_HOST),
        ({"allow_private": False}, Problem.SOURCE_PRIVATE),
    ],
)
def test_refused_address_is_not_asked(
    site: Site, run: Run, policy: Policy, change: dict[str, Any], problem: Problem
) -> None:
    limits = replace(policy, **change)
    assert problem_of(run, site.serve("/a", page(BODY)), limits=limits) is problem
    assert site.requests == []


def test_name_that_changes_between_look_up_and_connection_is_refused(
    site: Site, run: Run, policy: Policy, file: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.serve("/a", page(BODY))
    found = iter(["147.67.34.30"])

    def getaddrinfo(_host: object, port: Any, *_: Any, **__: Any) -> list[Any]:
        address = (next(found, "127.0.0.1"), int(port))
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    limits = replace(policy, allow_private=False, hosts=frozenset({"changeant.fr"}))
    address = f"http://changeant.fr:{site.port}/a"
    assert problem_of(run, address, limits=limits) is Problem.SOURCE_PRIVATE
    assert file.getvalue() == b""


def test_unreachable_server_is_named(run: Run) -> None:
    address = f"http://127.0.0.1:{answers.closed_port()}/a"
    assert problem_of(run, address) is Problem.SOURCE_UNREACHABLE


def test_server_without_encryption_behind_https_is_unreachable(site: Site, run: Run) -> None:
    address = site.serve("/a", page(BODY)).replace("http:", "https:")
    assert problem_of(run, address) is Problem.SOURCE_UNREACHABLE


def test_unchanged_file_is_not_sent_again(site: Site, run: Run) -> None:
    address = site.serve("/a", answers.versioned(BODY, '"1"'))
    assert run(address, headers={"If-None-Match": '"0"'}) is not None
    assert run(address, headers={"If-None-Match": '"1"'}) is None


def test_proxy_of_the_system_is_used(
    site: Site, run: Run, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.serve("http://interne.invalid/a", page(BODY))
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{site.port}")
    limits = replace(policy, allow_private=False, hosts=frozenset({"interne.invalid"}))
    assert run("http://interne.invalid/a", limits=limits) is not None
