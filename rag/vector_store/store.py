"""One folder of vectors: those of the passages, and of phrases that help to judge questions."""

import shutil
from pathlib import Path
from typing import Self

import chromadb
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings

from rag.embeddings import Encoder
from rag.vector_store.collection import Collection, readable_errors

_SETTINGS = ChromaSettings(anonymized_telemetry=False, is_persistent=True)


class VectorStore:
    """The collections of one folder, filled by one encoder.

    Attributes:
        passages: the passages of the documents.
        descriptions: the plain words that lead to units of law.
        out_of_scope: examples of questions to decline.
    """

    passages: Collection
    descriptions: Collection
    out_of_scope: Collection

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Open the folder, made when missing.

        Raises:
            StoreError: Chroma cannot read it; ``recreate`` makes it anew.
        """
        self.folder = folder
        self.encoder = encoder
        self._open()

    @classmethod
    def recreate(cls, folder: Path, encoder: Encoder) -> Self:
        """Delete the folder and open an empty one; the caller holds the writer's lock."""
        SharedSystemClient.clear_system_cache()
        shutil.rmtree(folder, ignore_errors=True)
        return cls(folder, encoder)

    def reopen(self) -> None:
        """Read the folder again, to see what another process wrote."""
        SharedSystemClient.clear_system_cache()
        self._open()

    def _open(self) -> None:
        with readable_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            client = chromadb.PersistentClient(str(self.folder), settings=_SETTINGS)
        self.passages = Collection("passages", client, self.folder, self.encoder)
        self.descriptions = Collection("descriptions", client, self.folder, self.encoder)
        self.out_of_scope = Collection("out-of-scope", client, self.folder, self.encoder)
