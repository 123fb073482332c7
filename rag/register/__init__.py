"""The register of documents, versions and passages: the source of truth."""

from rag.register.store import Register, open_register
from rag.register.tables import Entry, Reference, StoredPassage

__all__ = ["Entry", "Reference", "Register", "StoredPassage", "open_register"]
