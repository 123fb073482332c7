"""What each loader returns: text, units, pages, and the metadata that the file itself gives."""

from dataclasses import dataclass
from pathlib import Path

from rag.loaders.builder import TextBuilder
from rag.loaders.law.legal import slug
from rag.types import Metadata, Page, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A document before its sidecar is read."""

    text: str
    units: tuple[Unit, ...]
    metadata: Metadata
    pages: tuple[Page, ...] = ()


def loaded(builder: TextBuilder, *, metadata: Metadata, pages: tuple[Page, ...] = ()) -> Loaded:
    """Close a builder."""
    return Loaded(text=builder.text, units=builder.units, metadata=metadata, pages=pages)


def default_id(path: Path) -> str:
    """Make a document id of a file's name: ``loi-78-17.md`` → ``loi-78-17``."""
    return slug(path.stem)


def default_title(path: Path) -> str:
    """Make a title of a file's name: ``guide_securite-2023`` → ``Guide securite 2023``."""
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or path.name
