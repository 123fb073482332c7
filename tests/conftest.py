"""What every test may use: an encoder of our own, settings on a temporary folder, the corpus."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.config import Settings
from rag.embeddings import Encoder, Reading
from rag.french import analyze
from rag.late_interaction import TokenVectors

REPOSITORY = Path(__file__).parents[1]


class HashingEncoder(Encoder):
    """A deterministic encoder: stems hashed into buckets. Counts the texts it encoded."""

    def __init__(self, name: str = "essai", dimensions: int = 256) -> None:
        self.name = name
        self.dimensions = dimensions
        self.encoded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for term in analyze(text):
            digest = hashlib.sha256(f"{self.name}{term}".encode()).digest()
            vector[int.from_bytes(digest[:4]) % self.dimensions] += 1
        return vector / np.linalg.norm(vector)


class TokenEncoder(HashingEncoder):
    """Also gives a vector for each word, the same for the same word."""

    @property
    def token_dimensions(self) -> int:
        return 8

    def read(self, texts: Sequence[str]) -> Reading:
        tokens = tuple(self._tokens(text) for text in texts)
        return Reading(vectors=self.encode(texts), tokens=tokens)

    def _tokens(self, text: str) -> TokenVectors:
        words = list(re.finditer(r"\S+", text))
        return TokenVectors(
            np.stack([self._word(word.group()) for word in words]),
            np.array([word.start() for word in words], dtype=np.int32),
            np.ones(len(words), dtype=np.float16),
        )

    def _word(self, word: str) -> NDArray[np.int8]:
        generator = np.random.default_rng(list(word.lower().encode()))
        vector = generator.normal(size=8)
        return np.rint(127 * vector / np.linalg.norm(vector)).astype(np.int8)


@pytest.fixture
def encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    documents = tmp_path / "documents"
    documents.mkdir()
    return Settings(data_dir=tmp_path / "data", documents_dir=documents)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real documents that are not part of the repository."""
    folder = os.environ.get("RADIACT_TEST_CORPUS", REPOSITORY.parent / "shared" / "corpus")
    if not Path(folder).is_dir():
        pytest.skip(f"corpus réel absent : {folder} (voir RADIACT_TEST_CORPUS)")
    return Path(folder)


@pytest.fixture(scope="session")
def indexed_notices(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The documents of the repository, indexed once; a test that writes copies them."""
    from rag.pipeline import Assistant  # only the slow tests need it

    settings = Settings(
        data_dir=tmp_path_factory.mktemp("notices"), documents_dir=REPOSITORY / "documents"
    )
    report = Assistant.open(settings).ingest()
    assert not [file.path for file in report.files if file.error]
    return settings
