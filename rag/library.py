"""What the register holds of each document that answers, and where its file came from."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rag.config import Settings
from rag.register import Entry, Register


class Origin(StrEnum):
    """Where a document's file came from, which tells what its removal leaves."""

    UPLOADED = "uploaded"
    """Added from the page."""
    OFFICIAL = "official"
    """Fetched from an official site."""
    FOLDER = "folder"
    """In the documents folder."""
    ELSEWHERE = "elsewhere"
    """Given by its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document of the register.

    ``passages`` counts those of the present version, ``versions`` also the ones kept for proof;
    ``file`` is named from the folder of its origin, and by its name alone elsewhere.
    """

    entry: Entry
    passages: int
    versions: int
    origin: Origin
    file: str


def list_documents(settings: Settings, register: Register) -> list[Listed]:
    """List the documents that answer, by id."""
    passages, versions = register.passage_counts(), register.version_counts()
    return [
        _listed(entry, settings, passages=passages[entry.id], versions=versions[entry.id])
        for entry in register.entries()
    ]


def _listed(entry: Entry, settings: Settings, *, passages: int, versions: int) -> Listed:
    origin, file = _origin(entry.source, settings)
    return Listed(entry=entry, passages=passages, versions=versions, origin=origin, file=file)


def _origin(source: Path, settings: Settings) -> tuple[Origin, str]:
    folders = {
        Origin.UPLOADED: settings.uploads_dir,
        Origin.OFFICIAL: settings.sources_dir,
        Origin.FOLDER: settings.documents_dir,
    }
    for origin, folder in folders.items():
        absolute = Path(os.path.abspath(folder))
        if source.is_relative_to(absolute):
            return origin, source.relative_to(absolute).as_posix()
    return Origin.ELSEWHERE, source.name
