"""What the program allows itself on the network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The limits of a download. Times are in seconds.

    Attributes:
        hosts: the only ones talked to, redirects included.
        allow_private: addresses of a private network are accepted.
        allow_http: addresses without encryption are accepted.
        max_bytes: size of a file once decompressed.
        max_redirects: for one file.
        connect_seconds: to reach a host.
        read_seconds: without a byte.
        total_seconds: for one file, attempts and waits included.
        attempts: before a passing failure is final.
        backoff_seconds: before the second attempt; doubles with each.
        longest_wait_seconds: what a server may ask to wait (``Retry-After``).
    """

    hosts: frozenset[str]
    allow_private: bool = False
    allow_http: bool = False
    max_bytes: int = 50_000_000
    max_redirects: int = 5
    connect_seconds: float = 15
    read_seconds: float = 60
    total_seconds: float = 300
    attempts: int = 3
    backoff_seconds: float = 1
    longest_wait_seconds: float = 60
