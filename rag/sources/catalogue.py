"""The catalogue of official texts: what to fetch, from where, and what it must turn out to be.

A YAML file that users edit. What is wrong in it is refused by entry and field, since it decides
which hosts the program talks to.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rag.errors import ConfigurationError, LoadError, Problem
from rag.loaders.files import Format
from rag.loaders.metadata import override, read_yaml
from rag.types import Kind, Metadata

_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z._-]{0,78}[0-9A-Za-z])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_HOST = re.compile(r"[0-9a-z](?:[0-9a-z.-]*[0-9a-z])?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Markdown carries its metadata itself, and takes none from the catalogue.
_SUFFIXES = {
    Format.HTML: ".html",
    Format.PDF: ".pdf",
    Format.DOCX: ".docx",
    Format.TEXT: ".txt",
}
_NOT_WRITTEN = {"checked", "amended_by"}
_FACTS = {field.name for field in fields(Metadata)} - _NOT_WRITTEN
_REQUIRED = ("id", "title", "kind", "publisher", "licence", "format", "address", "contains")
_OPTIONAL = ("fallback", "access", "sha256", "note")
_ALLOWED = {*_FACTS, *_REQUIRED, *_OPTIONAL}


class Access(StrEnum):
    """How a text is had: by the program, or by a person with a browser."""

    DOWNLOAD = "telechargement"
    MANUAL = "manuel"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialText:
    """A text of the catalogue.

    Attributes:
        metadata: what its sidecar will say, but for ``checked``, the day it is fetched.
        address: where it is; a page to open where the access is manual.
        fallback: the same text at another address, tried when the first fails.
        contains: words that the text holds, case and accents aside; error pages do not.
        sha256: of the file's bytes, where only that very file is wanted.
        note: for a person who fetches it by hand, in French.
    """

    metadata: Metadata
    format: Format
    address: str
    contains: str
    fallback: str = ""
    access: Access = Access.DOWNLOAD
    sha256: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """The id of the document that the text will be."""
        return self.metadata.id

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses to try, in order."""
        return (self.address, self.fallback) if self.fallback else (self.address,)

    @property
    def file_name(self) -> str:
        """The name of the local file."""
        return f"{self.id}{_SUFFIXES[self.format]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The texts in their order, and the hosts that may be talked to for them."""

    texts: tuple[OfficialText, ...]
    hosts: frozenset[str]

    def select(self, ids: Iterable[str] = ()) -> tuple[OfficialText, ...]:
        """Give the texts with these ids, all of them by default, in the catalogue's order.

        Raises:
            ConfigurationError: an id is not in the catalogue.
        """
        wanted = set(ids)
        if unknown := sorted(wanted - {text.id for text in self.texts}):
            raise ConfigurationError(Problem.UNKNOWN_SOURCE, id=unknown[0])
        return tuple(text for text in self.texts if text.id in wanted or not wanted)


def read_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue.

    Raises:
        ConfigurationError: ``BAD_CATALOGUE``, naming the entry, the field and the value.
    """
    values = _values(path)
    records, more_hosts = values.get("sources"), values.get("hosts") or []
    if not isinstance(records, list) or not records:
        raise _bad("catalogue", "sources", records)
    if unknown := sorted(values.keys() - {"sources", "hosts"}):
        raise _bad("catalogue", str(unknown[0]), values[unknown[0]])
    texts = tuple(
        _text(record, name=f"n° {number}", path=path)
        for number, record in enumerate(records, start=1)
    )
    _refuse_twins(texts)
    hosts = {*map(_host, _list(more_hosts)), *_hosts(texts)}
    return Catalogue(texts=texts, hosts=frozenset(hosts))


def _values(path: Path) -> Mapping[str, Any]:
    try:
        return read_yaml(path.read_text("utf-8"), path=path)
    except (OSError, UnicodeDecodeError) as error:
        raise _bad("catalogue", str(path), error) from error
    except LoadError as error:
        raise _bad("catalogue", str(path), error.details["value"]) from error


def _text(record: object, *, name: str, path: Path) -> OfficialText:
    if not isinstance(record, dict):
        raise _bad(name, "id", record)
    name = str(record.get("id") or name)
    if unknown := sorted(str(key) for key in record if key not in _ALLOWED):
        raise _bad(name, unknown[0], record.get(unknown[0]))
    for field in (*_REQUIRED, *_OPTIONAL):
        value = record.get(field)
        if field in _REQUIRED or value is not None:
            _check_words(value, entry=name, field=field)
    return OfficialText(
        metadata=_metadata(record, name=name, path=path),
        format=_one_of(_SUFFIXES, record["format"], entry=name, field="format"),
        address=_address(record["address"], entry=name, field="address"),
        contains=" ".join(record["contains"].split()),
        fallback=_address(record["fallback"], entry=name, field="fallback")
        if "fallback" in record
        else "",
        access=_one_of(Access, record.get("access", Access.DOWNLOAD), entry=name, field="access"),
        sha256=_sha256(record.get("sha256", ""), entry=name),
        note=" ".join(record.get("note", "").split()),
    )


def _metadata(record: Mapping[str, Any], *, name: str, path: Path) -> Metadata:
    if not _ID.fullmatch(record["id"]) or _RESERVED.fullmatch(record["id"]):
        raise _bad(name, "id", record["id"])
    facts = {field: value for field, value in record.items() if field in _FACTS}
    blank = Metadata(id=name, title=name, kind=Kind.GUIDE, url=record["address"])
    try:
        return override(blank, facts, path=path)
    except LoadError as error:
        raise _bad(name, str(error.details["field"]), error.details["value"]) from error


def _address(address: str, *, entry: str, field: str) -> str:
    """Check an address: the web, a host, no credentials, no blank."""
    try:
        parts = urlsplit(address)
        sound = parts.port != 0 and parts.scheme in ("http", "https") and parts.username is None
    except ValueError as error:
        raise _bad(entry, field, address) from error
    if not sound or not _HOST.fullmatch(parts.hostname or "") or len(address.split()) != 1:
        raise _bad(entry, field, address)
    return address


def _one_of(choices: Iterable[Any], value: str, *, entry: str, field: str) -> Any:  # noqa: ANN401
    for choice in choices:
        if choice == value:
            return choice
    raise _bad(entry, field, value)


def _sha256(value: str, *, entry: str) -> str:
    if value and not _SHA256.fullmatch(value):
        raise _bad(entry, "sha256", value)
    return value


def _host(value: object) -> str:
    if not isinstance(value, str) or not _HOST.fullmatch(value.lower()):
        raise _bad("catalogue", "hosts", value)
    return value.lower()


def _hosts(texts: Iterable[OfficialText]) -> Iterator[str]:
    """List the hosts of the texts that the program fetches itself."""
    for text in texts:
        if text.access is Access.DOWNLOAD:
            yield from (urlsplit(address).hostname or "" for address in text.addresses)


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _bad("catalogue", "hosts", value)
    return value


def _check_words(value: object, *, entry: str, field: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _bad(entry, field, value)


def _refuse_twins(texts: Iterable[OfficialText]) -> None:
    """Refuse two entries with one id; case aside, for it names a folder."""
    counts = Counter(text.id.casefold() for text in texts)
    for text in texts:
        if counts[text.id.casefold()] > 1:
            raise _bad(text.id, "id", text.id)


def _bad(entry: str, field: str, value: object) -> ConfigurationError:
    return ConfigurationError(
        Problem.BAD_CATALOGUE, entry=entry, field=field, value=str(value)[:200]
    )
