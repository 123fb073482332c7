"""Every setting of the program, read once from ``RADIACT_*`` environment variables.

Nothing else in the package reads the environment. Each variable is documented in the README,
which a test holds. The keys of providers of language models, which other programs share and which
no settings object should show, are read apart, by ``secret``.
"""

import ipaddress
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Self

from platformdirs import user_data_path

from rag.errors import ConfigurationError, Problem

PACKAGE = Path(__file__).parent
EMBEDDED_MODEL = PACKAGE / "models" / "radiact-minilm-fr"
EMBEDDED_JUDGE = PACKAGE / "models" / "radiact-nli-fr"
PREFIX = "RADIACT_"
CATALOGUE = "sources.yaml"


def _default_data_dir() -> Path:
    return user_data_path("radiact", appauthor=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One immutable set of settings; each field ``name`` is read from ``RADIACT_NAME``.

    Attributes:
        data_dir: register, vector store and lock; created when missing.
        documents_dir: what ``ingest`` indexes when no path is given.
        embedding_model: name or folder of any sentence-transformers model.
        reranker: name or folder of a cross-encoder that reorders the first hits; empty for none.
        database_url: SQLAlchemy address of the register; empty for SQLite in ``data_dir``.
        host: address the page is served on.
        port: port the page is served on, 1 to 65535.
        offline: forbid every download by the model libraries.
        allow_private_sources: let official texts come from a private network, without encryption.
        check_after_days: age in days from which the check of a document is overdue.
        llm: chat model that writes the answers, ``provider:name`` as in LangChain; empty for none.
        llm_url: base address of the server that runs it; empty for the provider's own.
        llm_first_token_seconds: how long its first words may take.
        llm_seconds: how long its whole answer may take, its first words included.
        llm_context_tokens: how long question, passages and answer may be together.
        nli: name or folder of a cross-encoder that also tells whether a passage implies what the
            chat model wrote; empty for none.
        uploads: let the page add documents and remove them; None leaves it to ``allows_uploads``.
    """

    data_dir: Path = field(default_factory=_default_data_dir)
    documents_dir: Path = Path("documents")
    embedding_model: str = str(EMBEDDED_MODEL)
    reranker: str = ""
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    offline: bool = True
    allow_private_sources: bool = False
    check_after_days: int = 90
    llm: str = ""
    llm_url: str = ""
    llm_first_token_seconds: float = 30
    llm_seconds: float = 120
    llm_context_tokens: int = 6000
    nli: str = ""
    uploads: bool | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the settings; an empty variable counts as unset.

        Raises:
            ConfigurationError: a value is not of its field's form.
        """
        values: dict[str, object] = {}
        for setting in fields(cls):
            variable = PREFIX + setting.name.upper()
            if text := environment.get(variable, "").strip():
                values[setting.name] = _parse(variable, text, kind=setting.type)
        return cls(**values)  # type: ignore[arg-type]  # _parse returns each field's own type

    @property
    def register_url(self) -> str:
        """SQLAlchemy address of the register."""
        return self.database_url or f"sqlite:///{self.data_dir / 'register.sqlite'}"

    @property
    def vector_store_dir(self) -> Path:
        """Folder of the embedded Chroma."""
        return self.data_dir / "chroma"

    @property
    def sources_dir(self) -> Path:
        """Folder of the official texts that were fetched."""
        return self.data_dir / "sources"

    @property
    def uploads_dir(self) -> Path:
        """Folder of the files that were added from the page."""
        return self.data_dir / "uploads"

    def allows_uploads(self, *, asked_as: str) -> bool:
        """Tell whether the page may add documents and remove them.

        Unless the setting says so, only where the page is served to this machine alone.

        Args:
            asked_as: the host that the browser asked for. A name from elsewhere means that the
                page is reached through another server, or by a site that took our address.
        """
        if self.uploads is not None:
            return self.uploads
        return is_loopback(self.host) and is_loopback(asked_as)

    @property
    def catalogue_file(self) -> Path:
        """Catalogue of the official texts: that of the documents folder, else our own."""
        own = self.documents_dir / CATALOGUE
        return own if own.is_file() else PACKAGE.parent / "documents" / CATALOGUE

    @property
    def lock_file(self) -> Path:
        """Lock held by the one process that writes."""
        return self.data_dir / "ingest.lock"


def secret(variable: str, environment: Mapping[str, str] = os.environ) -> str:
    """Read a key that is not ours, such as ``OPENAI_API_KEY``; empty where it is not set."""
    return environment.get(variable, "").strip()


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is that of this very machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("radiact.hopital.fr")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _parse(variable: str, text: str, *, kind: object) -> object:
    if kind is Path:
        return Path(text).expanduser()
    if kind in (bool, bool | None):
        return _parse_switch(variable, text)
    if kind is int:
        return _parse_number(variable, text)
    if kind is float:
        return _parse_seconds(variable, text)
    return text


def _parse_switch(variable: str, text: str) -> bool:
    switches = {"1": True, "true": True, "oui": True, "0": False, "false": False, "non": False}
    if (value := switches.get(text.lower())) is None:
        raise ConfigurationError(Problem.BAD_SETTING, variable=variable, value=text)
    return value


def _parse_number(variable: str, text: str) -> int:
    """Read a port, or a number of days or tokens."""
    if not (text.isdecimal() and 1 <= int(text) <= 65535):
        raise ConfigurationError(Problem.BAD_SETTING, variable=variable, value=text)
    return int(text)


def _parse_seconds(variable: str, text: str) -> float:
    """Read a duration; the least is a tenth of a second."""
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = math.nan
    if not 0.1 <= seconds <= 65535:
        raise ConfigurationError(Problem.BAD_SETTING, variable=variable, value=text)
    return seconds
