"""Refuse the addresses that a download must not reach: another host, a private network.

A name is looked up and every address it has is checked before the connection, and the address
really connected to is checked after it, since a name may change between the two.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.request import getproxies, proxy_bypass

from rag.errors import Problem, SourceError
from rag.sources.policy import Policy


async def check_address(scheme: str, host: str, port: int, *, policy: Policy) -> None:
    """Refuse an address before anything is sent to it.

    Raises:
        SourceError: ``SOURCE_SCHEME``, ``SOURCE_HOST``, ``SOURCE_PRIVATE``, or
            ``SOURCE_UNREACHABLE`` for a name that is not found.
    """
    if scheme != "https" and not (scheme == "http" and policy.allow_http):
        raise SourceError(Problem.SOURCE_SCHEME, scheme=scheme, host=host)
    if host not in policy.hosts or not 0 < port <= 65535:
        raise SourceError(Problem.SOURCE_HOST, host=host)
    if policy.allow_private or is_proxied(scheme, host):
        return
    for found in await _look_up(host, port):
        _refuse_private(found, host=host)


def check_peer(peer: object, scheme: str, host: str, *, policy: Policy) -> None:
    """Refuse the address that a connection has really reached, before its answer is read.

    ``peer`` is the pair of an address and a port.

    Raises:
        SourceError: ``SOURCE_PRIVATE``; so is a peer that is not known.
    """
    if policy.allow_private or is_proxied(scheme, host):
        return
    _refuse_private(str(peer[0]) if isinstance(peer, tuple) else "", host=host)


def is_proxied(scheme: str, host: str) -> bool:
    """Tell whether the system's proxy looks the name up and connects in the program's place."""
    proxies = getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)


def is_private(address: str) -> bool:
    """Tell whether an address is not one of the public Internet.

    >>> [is_private(address) for address in ("10.0.0.1", "::ffff:127.0.0.1", "147.67.34.30")]
    [True, True, False]
    """
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return not parsed.is_global or parsed.is_multicast


async def _look_up(host: str, port: int) -> set[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(Problem.SOURCE_UNREACHABLE, host=host) from error
    return {str(sockaddr[0]) for *_, sockaddr in found}


def _refuse_private(address: str, *, host: str) -> None:
    if is_private(address):
        raise SourceError(Problem.SOURCE_PRIVATE, host=host, address=address)
