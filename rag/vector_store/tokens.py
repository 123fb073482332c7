"""The token vectors of the passages, for late interaction: one file beside the vector store.

Derived data, as the vectors are: filled in the same forward pass, and made anew at need. A
passage of 100 tokens takes about 7 kB.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from rag.errors import Problem, StoreError
from rag.late_interaction import TokenVectors

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS tokens "
    "(id TEXT PRIMARY KEY, vectors BLOB NOT NULL, starts BLOB NOT NULL, weights BLOB NOT NULL)"
)
_AT_ONCE = 500
"""Ids in one statement: SQLite allows 999 variables on old machines."""


class TokenStore:
    """Token vectors by the id of the passage's vector, of one encoder.

    Opened for each operation, so that threads and processes need not agree on a connection.
    """

    def __init__(self, file: Path, *, dimensions: int) -> None:
        """Open the file, made when missing.

        Raises:
            StoreError: it cannot be read or written.
        """
        self.file = file
        self.dimensions = dimensions
        with self._open() as connection:
            connection.execute(_SCHEMA)

    def ids(self) -> set[str]:
        """List the ids of the passages held."""
        with self._open() as connection:
            return {row[0] for row in connection.execute("SELECT id FROM tokens")}

    def add(self, ids: Sequence[str], tokens: Sequence[TokenVectors]) -> None:
        """Keep the token vectors of passages, all of them or none."""
        rows = [(name, *_bytes(one)) for name, one in zip(ids, tokens, strict=True)]
        with self._open() as connection:
            connection.executemany("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?, ?)", rows)

    def delete(self, ids: Iterable[str]) -> None:
        """Drop the token vectors of passages."""
        with self._open() as connection:
            connection.executemany("DELETE FROM tokens WHERE id = ?", [(name,) for name in ids])

    def clear(self) -> None:
        """Drop them all."""
        with self._open() as connection:
            connection.execute("DELETE FROM tokens")

    def read(self, ids: Sequence[str]) -> dict[str, TokenVectors]:
        """Give the token vectors of passages; those that are absent are left out.

        Raises:
            StoreError: the file cannot be read.
        """
        found: dict[str, TokenVectors] = {}
        with self._open() as connection:
            for start in range(0, len(ids), _AT_ONCE):
                some = ids[start : start + _AT_ONCE]
                marks = ", ".join("?" * len(some))
                query = f"SELECT * FROM tokens WHERE id IN ({marks})"  # noqa: S608
                for name, vectors, starts, weights in connection.execute(query, some):
                    found[name] = TokenVectors(
                        np.frombuffer(vectors, dtype=np.int8).reshape(-1, self.dimensions),
                        np.frombuffer(starts, dtype=np.int32),
                        np.frombuffer(weights, dtype=np.float16),
                    )
        return found

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.file, timeout=30)) as connection, connection:
                yield connection
        except (sqlite3.Error, OSError) as error:
            problem = Problem.DISK_FULL if "full" in str(error) else Problem.STORE_UNUSABLE
            raise StoreError(problem, cause=error) from error


def _bytes(tokens: TokenVectors) -> tuple[bytes, bytes, bytes]:
    return tokens.vectors.tobytes(), tokens.starts.tobytes(), tokens.weights.tobytes()
