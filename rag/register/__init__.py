"""The register of documents, versions and passages: the source of truth."""

from rag.register.store import Register, Snapshot, open_register
from rag.register.tables import Entry, Reference, StoredPassage, StoredVersion

__all__ = [
    "Entry",
    "Reference",
    "Register",
    "Snapshot",
    "StoredPassage",
    "StoredVersion",
    "open_register",
]
