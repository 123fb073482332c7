"""The vectors of the passages, in an embedded Chroma: the only importer of chromadb.

Derived from the register and rebuilt from it at need. A collection is bound to the fingerprint of
the encoder that filled it, so that vectors of two models never meet.

Where the encoder also gives token vectors, they are kept beside (``rag.token_store``), made in the
same forward pass.

A vector's id is the passage's id and a hash of what the encoder read: a passage whose words
change gets a new vector beside the old one, which keeps answering until the register moves on.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, InternalError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from rag.embeddings import Encoder, Reading
from rag.errors import Problem, StoreError
from rag.late_interaction import TokenVectors
from rag.token_store import TokenStore
from rag.types import Passage, Progress

_T = TypeVar("_T")

BATCH_SIZE = 64
COSINE = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
}
"""Chroma's own values (16, 100, 100) miss one in forty of the 200 nearest of 3,000 passages, and
not the same at each start; these miss one in 500, for a fifth of a millisecond."""

_SETTINGS = ChromaSettings(anonymized_telemetry=False, is_persistent=True)


def vector_id(passage: Passage) -> str:
    """Name the vector of a passage's present words."""
    digest = hashlib.sha256(passage.retrieval_text.encode()).hexdigest()
    return f"{passage.id}@{digest[:16]}"


class VectorStore:
    """One collection of one folder, filled by one encoder."""

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

    def ids(self) -> set[str]:
        """List the ids of the vectors held."""
        with _readable_errors():
            held = set(self._chroma.get(include=[])["ids"])
        return held & self._tokens.ids() if self._tokens else held

    def add(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Encode passages and keep their vectors, longest texts together (less padding)."""
        ordered = sorted(passages, key=lambda passage: len(passage.retrieval_text))
        done = 0
        for batch in _batches(ordered, BATCH_SIZE):
            with _readable_errors():
                self._chroma.add_texts(
                    texts=[passage.retrieval_text for passage in batch],
                    metadatas=[_facts(passage) for passage in batch],
                    ids=[vector_id(passage) for passage in batch],
                )
            if self._tokens:
                self._tokens.add(list(map(vector_id, batch)), self._reader.last.tokens)
            done += len(batch)
            if progress:
                progress("Encodage des passages", done, len(ordered))

    def delete(self, ids: Iterable[str]) -> None:
        """Drop vectors by id."""
        for batch in _batches(sorted(ids), 1000):
            with _readable_errors():
                self._chroma.delete(batch)
            if self._tokens:
                self._tokens.delete(batch)

    def clear(self) -> None:
        """Drop every vector of this encoder; the caller holds the writer's lock."""
        with _readable_errors():
            self._chroma.reset_collection()
        if self._tokens:
            self._tokens.clear()

    def search(self, vector: Sequence[float], *, limit: int) -> dict[str, float]:
        """Find the nearest vectors: their ids and cosine similarities (-1 to 1), best first."""
        with _readable_errors():
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                list(vector), k=limit
            )
        return {str(document.id): 1 - distance for document, distance in found}

    def tokens(self, ids: Sequence[str]) -> dict[str, TokenVectors]:
        """Give the token vectors of passages by the id of their vector.

        Empty where the encoder gives none.
        """
        return self._tokens.read(ids) if self._tokens else {}

    def _open(self) -> None:
        name = self.encoder.fingerprint[:16]
        self._reader = _Reader(self.encoder)
        self._tokens = (
            TokenStore(self.folder / f"tokens-{name}.sqlite", dimensions=dimensions)
            if (dimensions := self.encoder.token_dimensions)
            else None
        )
        with _readable_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._chroma = Chroma(
                collection_name=f"passages-{name}",
                embedding_function=self._reader,
                persist_directory=str(self.folder),
                client_settings=_SETTINGS,
                collection_configuration=COSINE,  # type: ignore[arg-type]  # a TypedDict
            )
            self._chroma.get(limit=1, include=[])


class _Reader(Embeddings):
    """Gives LangChain the vectors of a forward pass, and keeps all that it said."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.last = Reading(vectors=np.zeros((0, 0), dtype=np.float32))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.last = self.encoder.read(texts)
        return self.last.vectors.tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        return self.encoder.embed_query(text)


def _facts(passage: Passage) -> dict[str, str]:
    return {"passage": passage.id, "document": passage.document, "anchor": passage.anchor}


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@contextmanager
def _readable_errors() -> Iterator[None]:
    try:
        yield
    except (ChromaError, InternalError, OSError, ValueError) as error:
        full = "disk is full" in str(error) or getattr(error, "errno", None) == 28
        problem = Problem.DISK_FULL if full else Problem.STORE_UNUSABLE
        raise StoreError(problem, cause=error) from error
