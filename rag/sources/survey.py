"""What is here of each text of the catalogue: its local copy, its document."""

from dataclasses import dataclass

from rag.config import Settings
from rag.register import Entry, Register
from rag.sources.catalogue import OfficialText, read_catalogue
from rag.sources.storage import Copy, SourceFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A text of the catalogue with its local copy and its document, where it has them."""

    text: OfficialText
    copy: Copy | None
    entry: Entry | None


def survey_sources(settings: Settings, register: Register) -> list[SourceState]:
    """Say what is here of each text of the catalogue.

    Raises:
        ConfigurationError: the catalogue cannot be used.
        StoreError: the register cannot be read.
    """
    entries = {entry.id: entry for entry in register.entries()}
    return [
        SourceState(
            text=text,
            copy=SourceFolder(settings.sources_dir, text).copy(),
            entry=entries.get(text.id),
        )
        for text in read_catalogue(settings.catalogue_file).texts
    ]
