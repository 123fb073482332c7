import asyncio
import socket
from dataclasses import replace
from typing import Any

import pytest

from rag.errors import Problem, SourceError
from rag.sources import Policy
from rag.sources.addresses import check_address, check_peer, is_private

PUBLIC = "147.67.34.30"
STRICT = Policy(hosts=frozenset({"eur-lex.europa.eu", "127.0.0.1", "localhost"}))


def problem_of(scheme: str, host: str, *, policy: Policy = STRICT) -> Problem | None:
    try:
        asyncio.run(check_address(scheme, host, 443, policy=policy))
    except SourceError as error:
        return error.problem
    return None


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def getaddrinfo(_host: object, port: int, *_: Any, **__: Any) -> list[Any]:
        kind = socket.SOCK_STREAM
        return [(socket.AF_INET, kind, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0",
        "fc00::1", "ff02::1", "::ffff:10.0.0.1", "n’importe quoi", "",
    ],
)  # fmt: skip
def test_private_addresses_are_told_from_public_ones(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", [PUBLIC, "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_accepted(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize("scheme", ["http", "ftp", "file", ""])
def test_only_https_is_accepted(scheme: str) -> None:
    assert problem_of(scheme, "eur-lex.europa.eu") is Problem.SOURCE_SCHEME


def test_host_outside_the_catalogue_is_refused() -> None:
    assert problem_of("https", "exemple.fr") is Problem.SOURCE_HOST
    assert problem_of("https", "eur-lex.europa.eu.exemple.fr") is Problem.SOURCE_HOST


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_private_host_is_refused_even_in_the_catalogue(host: str) -> None:
    assert problem_of("https", host) is Problem.SOURCE_PRIVATE


def test_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolve_to(monkeypatch, PUBLIC)
    assert problem_of("https", "eur-lex.europa.eu") is None
    resolve_to(monkeypatch, PUBLIC, "10.0.0.1")
    assert problem_of("https", "eur-lex.europa.eu") is Problem.SOURCE_PRIVATE


def test_name_that_is_not_found_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert problem_of("https", "eur-lex.europa.eu") is Problem.SOURCE_UNREACHABLE


def test_private_network_may_be_allowed() -> None:
    allowed = replace(STRICT, allow_private=True, allow_http=True)
    assert problem_of("http", "127.0.0.1", policy=allowed) is None
    assert problem_of("http", "10.0.0.1", policy=allowed) is Problem.SOURCE_HOST
    check_peer(("10.0.0.1", 80), "http", "127.0.0.1", policy=allowed)


@pytest.mark.parametrize("peer", [("127.0.0.1", 443), ("10.0.0.1", 443), None, "x"])
def test_peer_that_is_private_or_unknown_is_refused(peer: object) -> None:
    with pytest.raises(SourceError):
        check_peer(peer, "https", "eur-lex.europa.eu", policy=STRICT)
    check_peer((PUBLIC, 443), "https", "eur-lex.europa.eu", policy=STRICT)


def test_addresses_behind_a_proxy_are_its_own_business(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://mandataire.hopital.fr:3128")
    monkeypatch.setenv("no_proxy", "localhost")
    assert problem_of("https", "127.0.0.1") is None
    check_peer(("10.0.0.9", 3128), "https", "eur-lex.europa.eu", policy=STRICT)
    assert problem_of("https", "localhost") is Problem.SOURCE_PRIVATE
    assert problem_of("https", "exemple.fr") is Problem.SOURCE_HOST
