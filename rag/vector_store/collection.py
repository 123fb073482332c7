"""The vectors of some passages, and the token vectors beside them, made in the same forward pass.

A vector's id is the passage's id and a hash of what the encoder read: a passage whose words
change gets a new vector beside the old one, which keeps answering until the register moves on.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np
from chromadb.api import ClientAPI
from chromadb.errors import ChromaError, InternalError
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from rag.embeddings import Encoder, Reading
from rag.errors import Problem, StoreError
from rag.late_interaction import TokenVectors
from rag.types import Passage, Progress
from rag.vector_store.tokens import TokenStore

_T = TypeVar("_T")

BATCH_SIZE = 64
COSINE = {
    "hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
}
"""Chroma's own values (16, 100, 100) miss one in forty of the 200 nearest of 3,000 passages, and
not the same at each start; these miss one in 500, for a fifth of a millisecond."""


WIDENED = 8
"""Among some vectors only, Chroma searches its graph and passes over the others, and so finds less:
of 50,000 vectors it loses 4 % of the 200 nearest of any half. Asked for eight times as many, it
loses 0.3 % at most, for 65 ms; none of 3,000, for 3 ms (a ``where`` on the documents takes two to
six times as long, and reading 5,000 vectors to score them exactly, 210 ms)."""


def vector_id(passage: Passage) -> str:
    """Name the vector of a passage's present words."""
    digest = hashlib.sha256(passage.retrieval_text.encode()).hexdigest()
    return f"{passage.id}@{digest[:16]}"


class Collection:
    """One collection of a Chroma folder, filled by one encoder."""

    def __init__(self, kind: str, client: ClientAPI, folder: Path, encoder: Encoder) -> None:
        """Open the collection, made when missing.

        Args:
            kind: what it holds, the first word of its name.
            client: Chroma on the folder.
            folder: where the token vectors go.
            encoder: reads the passages.

        Raises:
            StoreError: it cannot be read.
        """
        self._client = client
        self._name = name = f"{kind}-{encoder.fingerprint[:16]}"
        self._reader = _Reader(encoder)
        self._tokens = (
            TokenStore(folder / f"tokens-{name}.sqlite", dimensions=dimensions)
            if (dimensions := encoder.token_dimensions)
            else None
        )
        with readable_errors():
            self._chroma = Chroma(
                client=client,
                collection_name=name,
                embedding_function=self._reader,
                collection_configuration=COSINE,  # type: ignore[arg-type]  # a TypedDict
            )
            self._vectors = client.get_collection(name)
            self._vectors.get(limit=1, include=[])

    def ids(self) -> set[str]:
        """List the ids of the vectors held."""
        with readable_errors():
            held = set(self._vectors.get(include=[])["ids"])
        return held & self._tokens.ids() if self._tokens else held

    def add(self, passages: Sequence[Passage], progress: Progress | None = None) -> None:
        """Encode passages and keep their vectors, longest texts together (less padding)."""
        ordered = sorted(passages, key=lambda passage: len(passage.retrieval_text))
        done = 0
        for batch in _batches(ordered, BATCH_SIZE):
            with readable_errors():
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
            with readable_errors():
                self._chroma.delete(batch)
            if self._tokens:
                self._tokens.delete(batch)

    def clear(self) -> None:
        """Drop every vector of this encoder; the caller holds the writer's lock."""
        with readable_errors():
            self._chroma.reset_collection()
            self._vectors = self._client.get_collection(self._name)
        if self._tokens:
            self._tokens.clear()

    def search(
        self, vector: NDArray[np.float32], *, limit: int, among: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Find the nearest vectors: their ids and cosine similarities (-1 to 1), best first.

        Args:
            vector: of the question.
            limit: most vectors found.
            among: ids of the only vectors searched; all of them when ``None``.
        """
        if among is not None and not among:
            return {}
        ids = None if among is None else list(among)
        with readable_errors():
            found = self._vectors.query(
                query_embeddings=vector,
                ids=ids,
                n_results=limit if ids is None else min(WIDENED * limit, len(ids)),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        nearest = zip(found["ids"][0], distances[0], strict=True)
        return {name: 1 - away for name, away in islice(nearest, limit)}

    def tokens(self, ids: Sequence[str]) -> dict[str, TokenVectors]:
        """Give the token vectors of passages by the id of their vector.

        Empty where the encoder gives none.
        """
        return self._tokens.read(ids) if self._tokens else {}


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
def readable_errors() -> Iterator[None]:
    """Turn what Chroma raises into the program's own error."""
    try:
        yield
    except (ChromaError, InternalError, OSError, ValueError) as error:
        full = "disk is full" in str(error) or getattr(error, "errno", None) == 28
        problem = Problem.DISK_FULL if full else Problem.STORE_UNUSABLE
        raise StoreError(problem, cause=error) from error
