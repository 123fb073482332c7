"""The register of documents, versions and passages: the source of truth."""

from rag.register.store import Register, Snapshot, open_register
from rag.register.tables import Entry, Reference, StoredPassage

__all__ = ["Entry", "Reference", "Register", "Snapshot", "StoredPassage", "open_register"]
