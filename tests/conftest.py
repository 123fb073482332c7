"""What every test may use: an encoder of our own, settings on a temporary folder, the corpus."""

import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from rag.config import Settings
from rag.embeddings import Encoder, Reading
from rag.french import analyze
from rag.late_interaction import TokenVectors

REPOSITORY = Path(__file__).parents[1]
SOURCES = ("rag/**/*.py", "rag/models/**/*", "documents/**/*")
"""What an index of the notices is made by and of."""

# Workers that each take every core for the encoder wait for one another.
_WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
os.environ.setdefault("OMP_NUM_THREADS", str(max(1, (os.cpu_count() or 1) // _WORKERS)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes longest, so that no worker is left with it at the end.

    The tests with a browser come last: Playwright keeps an event loop running in the thread of
    the tests, where ``asyncio.run`` is then refused.
    """
    items.sort(key=lambda item: ("browser" in item.keywords, "slow" not in item.keywords))


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
def indexed_notices(pytestconfig: pytest.Config) -> Settings:
    """The documents of the repository, indexed once; a test that writes copies them.

    Every worker uses the same index, and so does the next run of the same sources.
    """
    from rag.pipeline import Assistant  # only the slow tests need it

    folder = pytestconfig.cache.mkdir("notices")
    data = folder / _digest(SOURCES)
    settings = Settings(data_dir=data, documents_dir=REPOSITORY / "documents")
    with FileLock(folder / "lock"):
        if not (data / "complete").exists():
            shutil.rmtree(data, ignore_errors=True)
            report = Assistant.open(settings).ingest()
            assert not [file.path for file in report.files if file.error]
            (data / "complete").touch()
    return settings


def _digest(patterns: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(REPOSITORY.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(REPOSITORY)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
