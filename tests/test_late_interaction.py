"""Token vectors: kept at ingest in the same pass, quantised, and compared at the question."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.embeddings import Encoder
from rag.errors import StoreError
from rag.french import Span
from rag.late_interaction import TokenVectors, late_scores, span_scores
from rag.vector_store import TokenStore, VectorStore, vector_id
from tests.conftest import HashingEncoder, TokenEncoder
from tests.factories import make_passage


def tokens(*vectors: int, starts: list[int] | None = None, sign: int = 1) -> TokenVectors:
    """Tokens of three dimensions, one after the other, each along the dimension given."""
    return TokenVectors(
        sign * np.eye(3, dtype=np.int8)[list(vectors)] * 127,
        np.array(starts or range(len(vectors)), dtype=np.int32),
        np.ones(len(vectors), dtype=np.float16),
    )


ALL = tokens(0, 1, 2)
JOURNALS = make_passage("Conservation des journaux", id="a#un")
FINES = make_passage("Amendes et sanctions", id="b#un")


@pytest.fixture
def encoder() -> Encoder:
    return TokenEncoder()


def test_score_is_the_mean_of_each_tokens_best() -> None:
    passages = [tokens(0), tokens(1, 0), tokens(0, 1, sign=-1)]
    np.testing.assert_allclose(late_scores(tokens(0, 1), passages), [0.5, 1, -0.0], atol=1e-6)
    assert late_scores(ALL, []).shape == (0,)


def test_rare_tokens_of_the_question_count_more() -> None:
    question = replace(tokens(0, 1), weights=np.array([3, 1], dtype=np.float16))
    np.testing.assert_allclose(late_scores(question, [tokens(0), tokens(1)]), [0.75, 0.25])


def test_sentences_are_scored_in_their_passage() -> None:
    passage = tokens(2, 0, 1, starts=[-1, 4, 20])
    spans = [Span(0, 10), Span(11, 30), Span(31, 40)]
    np.testing.assert_allclose(span_scores(tokens(0), passage, spans), [1, 0, 0])
    np.testing.assert_allclose(span_scores(tokens(0, 1), passage, spans), [0.5, 0.5, 0])
    assert span_scores(ALL, passage, []).shape == (0,)


def test_part_of_a_text_keeps_its_tokens() -> None:
    part = tokens(2, 0, 1, starts=[-1, 4, 20]).within(4, 20)
    assert part.starts.tolist() == [4]
    assert part.vectors.tolist() == [[127, 0, 0]]


def test_eight_bits_lose_little() -> None:
    generator = np.random.default_rng(1)
    exact = generator.normal(size=(40, 64))
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    question, passage = (
        TokenVectors(
            np.rint(127 * part).astype(np.int8),
            np.zeros(len(part), dtype=np.int32),
            np.ones(len(part), dtype=np.float16),
        )
        for part in (exact[:10], exact[10:])
    )
    expected = (exact[:10] @ exact[10:].T).max(axis=1).mean()
    assert late_scores(question, [passage])[0] == pytest.approx(expected, abs=0.01)


def test_token_vectors_are_kept_and_read_back(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    store.add(["a", "b"], [ALL, tokens(0, starts=[7])])
    again = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    assert again.ids() == {"a", "b"}
    found = again.read(["b", "absent", "a"])
    for field in ("vectors", "starts", "weights"):
        np.testing.assert_array_equal(getattr(found["a"], field), getattr(ALL, field))
    assert found["b"].starts.tolist() == [7]
    again.delete(["a"])
    assert store.ids() == {"b"}
    store.clear()
    assert again.ids() == set()


def test_many_passages_are_read_at_once(tmp_path: Path) -> None:
    store = TokenStore(tmp_path / "jetons.sqlite", dimensions=3)
    ids = [f"passage {number}" for number in range(1200)]
    store.add(ids, [ALL] * len(ids))
    assert len(store.read(ids)) == 1200


def test_damaged_token_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "jetons.sqlite"
    file.write_bytes(b"pas une base" * 500)
    with pytest.raises(StoreError):
        TokenStore(file, dimensions=3)


def test_vector_store_gives_the_tokens_of_its_passages(
    tmp_path: Path, encoder: TokenEncoder
) -> None:
    store = VectorStore(tmp_path / "chroma", encoder).passages
    store.add([JOURNALS, FINES])
    question = encoder.read(["les journaux"]).tokens[0]
    found = store.tokens([vector_id(JOURNALS), vector_id(FINES), "absent"])
    assert found.keys() == {vector_id(JOURNALS), vector_id(FINES)}
    about_journals, about_fines = late_scores(
        question, [found[vector_id(JOURNALS)], found[vector_id(FINES)]]
    )
    assert about_journals > about_fines
    assert VectorStore(tmp_path / "chroma", HashingEncoder("autre")).passages.tokens(["x"]) == {}


def test_passage_without_its_tokens_counts_as_missing(
    tmp_path: Path, encoder: TokenEncoder
) -> None:
    store = VectorStore(tmp_path / "chroma", encoder).passages
    store.add([JOURNALS, FINES])
    (file,) = (tmp_path / "chroma").glob("tokens-passages-*.sqlite")
    TokenStore(file, dimensions=8).delete([vector_id(FINES)])
    assert store.ids() == {vector_id(JOURNALS)}
    store.add([FINES])
    assert store.ids() == {vector_id(JOURNALS), vector_id(FINES)}


def test_tokens_follow_the_vectors_when_dropped(tmp_path: Path, encoder: TokenEncoder) -> None:
    store = VectorStore(tmp_path / "chroma", encoder).passages
    store.add([JOURNALS, FINES])
    (file,) = (tmp_path / "chroma").glob("tokens-passages-*.sqlite")
    held = TokenStore(file, dimensions=8)
    store.delete([vector_id(JOURNALS)])
    assert held.ids() == {vector_id(FINES)}
    store.clear()
    assert held.ids() == set()
