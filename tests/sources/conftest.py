"""A site on this machine, settings that allow it, and limits small enough for tests."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.config import Settings
from rag.sources import Fetched, Policy, SourceFolder, fetch
from tests.sources.catalogues import make_text
from tests.sources.folders import GOOD, TODAY, Fetch
from tests.sources.site import Answer, Site, page

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.lower() in PROXIES:
            monkeypatch.delenv(name)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.stop()


@pytest.fixture
def policy() -> Policy:
    return Policy(
        hosts=frozenset({"127.0.0.1"}),
        allow_private=True,
        allow_http=True,
        max_bytes=3_000_000,
        max_redirects=3,
        connect_seconds=1,
        read_seconds=10,
        total_seconds=20,
        attempts=3,
        backoff_seconds=0.01,
        longest_wait_seconds=0.5,
    )


@pytest.fixture
def hasty(policy: Policy) -> Policy:
    """The limits of someone who does not wait."""
    return replace(policy, read_seconds=0.3, total_seconds=0.8)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    documents = tmp_path / "documents"
    documents.mkdir()
    return replace(
        Settings(data_dir=tmp_path / "data", documents_dir=documents), allow_private_sources=True
    )


@pytest.fixture
def make_folder(site: Site, tmp_path: Path) -> Callable[..., SourceFolder]:
    def make_folder(*served: Answer, **fields: Any) -> SourceFolder:
        address = site.serve("/texte", *served)
        text = make_text(tmp_path, **{"address": address, **fields})
        return SourceFolder(tmp_path / "sources", text)

    return make_folder


@pytest.fixture
def folder(make_folder: Callable[..., SourceFolder]) -> SourceFolder:
    """A folder that holds a good copy."""
    return make_folder(page(GOOD))


@pytest.fixture
def bring(policy: Policy) -> Fetch:
    def bring(folder: SourceFolder, *, today: date = TODAY, limits: Policy = policy) -> Fetched:
        return fetch(folder, policy=limits, today=today, progress=lambda _done, _total: None)

    return bring
