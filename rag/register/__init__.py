"""The register of documents, versions and passages: the source of truth."""

from rag.register.store import Register, open_register
from rag.register.tables import Entry, StoredPassage

__all__ = ["Entry", "Register", "StoredPassage", "open_register"]
