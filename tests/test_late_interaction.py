"""Token vectors: kept at ingest in the same pass, quantised, and compared at the question."""

from pathlib import Path

import numpy as np
import pytest

from rag.embeddings import Encoder
from rag.errors import StoreError
from rag.late_interaction import late_scores
from rag.token_store import TokenStore
from rag.vector_store import VectorStore, vector_id
from tests.conftest import HashingEncoder, TokenEncoder
from tests.factories import make_passage

ONE = np.eye(3, dtype=np.int8) * 127
JOURNALS = make_passage("Conservation des journaux", id="a#un")
FINES = make_passage("Amendes et sanctions", id="b#un")


@pytest.fixture
def encoder() -> Encoder:
    return TokenEncoder()


def test_score_is_the_mean_of_each_tokens_best() -> None:
    passages = [ONE[[0]], ONE[[1, 0]], -ONE[[0, 1]]]
    np.testing.assert_allclose(late_scores(ONE[[0, 1]], passages), [0.5, 1, -0.0], atol=1e-6)
    assert late_scores(ONE, []).shape == (0,)


def test_eight_bits_lose_little() -> None:
    generator = np.random.default_rng(1)
    exact = generator.normal(size=(40, 64))
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    eight = np.rint(127 * exact).astype(np.int8)
    expected = (exact[:10] @ exact[10:].T).max(axis=1).mean()
    assert late_scores(eight[:10], [eight[10:]])[0] == pytest.approx(expected, abs=0.01)


def test_token_vectors_are_kept_and_read_back(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    store.add(["a", "b"], [ONE, ONE[:1]])
    again = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    assert again.ids() == {"a", "b"}
    found = again.read(["b", "absent", "a"])
    np.testing.assert_array_equal(found["a"], ONE)
    np.testing.assert_array_equal(found["b"], ONE[:1])
    again.delete(["a"])
    assert store.ids() == {"b"}
    store.clear()
    assert again.ids() == set()


def test_many_passages_are_read_at_once(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    ids = [f"passage {number}" for number in range(1200)]
    store.add(ids, [ONE] * len(ids))
    assert len(store.read(ids)) == 1200


def test_damaged_token_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "jetons.sqlite"
    file.write_bytes(b"pas une base" * 500)
    with pytest.raises(StoreError):
        TokenStore(file, dimensions=3)


def test_vector_store_compares_token_by_token(tmp_path: Path, encoder: TokenEncoder) -> None:
    store = VectorStore(tmp_path / "chroma", encoder)
    store.add([JOURNALS, FINES])
    question = encoder.read(["les journaux"]).tokens[0]
    scores = store.late_scores(question, [vector_id(JOURNALS), vector_id(FINES), "absent"])
    assert scores.keys() == {vector_id(JOURNALS), vector_id(FINES)}
    assert scores[vector_id(JOURNALS)] > scores[vector_id(FINES)]
    assert VectorStore(tmp_path / "chroma", HashingEncoder("autre")).late_scores(question, []) == {}


def test_passage_without_its_tokens_counts_as_missing(
    tmp_path: Path, encoder: TokenEncoder
) -> None:
    store = VectorStore(tmp_path / "chroma", encoder)
    store.add([JOURNALS, FINES])
    (file,) = (tmp_path / "chroma").glob("tokens-*.sqlite")
    TokenStore(file, dimensions=8).delete([vector_id(FINES)])
    assert store.ids() == {vector_id(JOURNALS)}
    store.add([FINES])
    assert store.ids() == {vector_id(JOURNALS), vector_id(FINES)}


def test_tokens_follow_the_vectors_when_dropped(tmp_path: Path, encoder: TokenEncoder) -> None:
    store = VectorStore(tmp_path / "chroma", encoder)
    store.add([JOURNALS, FINES])
    (file,) = (tmp_path / "chroma").glob("tokens-*.sqlite")
    tokens = TokenStore(file, dimensions=8)
    store.delete([vector_id(JOURNALS)])
    assert tokens.ids() == {vector_id(FINES)}
    store.clear()
    assert tokens.ids() == set()
