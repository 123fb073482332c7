from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.vector_store import VectorStore, vector_id
from tests.conftest import HashingEncoder
from tests.factories import make_passage


@pytest.fixture
def store(tmp_path: Path, encoder: HashingEncoder) -> VectorStore:
    return VectorStore(tmp_path / "chroma", encoder)


JOURNALS = make_passage("Conservation des journaux", id="a#un")
FINES = make_passage("Amendes et sanctions", id="b#un")


def test_nearest_comes_first_with_its_cosine(store: VectorStore, encoder: HashingEncoder) -> None:
    store.passages.add([JOURNALS, FINES])
    found = store.passages.search(encoder.encode(["Conservation des journaux"])[0], limit=2)
    assert list(found) == [vector_id(JOURNALS), vector_id(FINES)]
    assert found[vector_id(JOURNALS)] == pytest.approx(1, abs=1e-3)


def test_deleted_vector_is_not_found(store: VectorStore, encoder: HashingEncoder) -> None:
    store.passages.add([JOURNALS, FINES])
    store.passages.delete([vector_id(JOURNALS)])
    assert store.passages.ids() == {vector_id(FINES)}
    assert list(store.passages.search(encoder.encode(["journaux"])[0], limit=5)) == [
        vector_id(FINES)
    ]


def test_changed_words_give_another_vector_id() -> None:
    assert vector_id(JOURNALS) != vector_id(make_passage("Autres mots", id="a#un"))
    assert vector_id(JOURNALS) != vector_id(
        make_passage("Conservation des journaux", id="a#un", context="Article 26")
    )


def test_two_encoders_never_share_a_collection(tmp_path: Path) -> None:
    first = VectorStore(tmp_path / "chroma", HashingEncoder("un"))
    first.passages.add([JOURNALS])
    assert VectorStore(tmp_path / "chroma", HashingEncoder("deux")).passages.ids() == set()
    assert first.passages.ids() == {vector_id(JOURNALS)}


def test_vectors_survive_a_new_start(tmp_path: Path, encoder: HashingEncoder) -> None:
    VectorStore(tmp_path / "chroma", encoder).passages.add([JOURNALS])
    assert VectorStore(tmp_path / "chroma", encoder).passages.ids() == {vector_id(JOURNALS)}


def test_damaged_folder_is_named_and_left_as_it_is(tmp_path: Path, encoder: HashingEncoder) -> None:
    damaged = tmp_path / "chroma" / "chroma.sqlite3"
    damaged.parent.mkdir()
    damaged.write_bytes(b"pas une base" * 500)
    with pytest.raises(StoreError):
        VectorStore(damaged.parent, encoder)
    assert damaged.read_bytes() == b"pas une base" * 500
    store = VectorStore.recreate(damaged.parent, encoder)
    store.passages.add([JOURNALS])
    assert store.passages.ids() == {vector_id(JOURNALS)}


def test_cleared_store_holds_nothing_and_can_be_filled(store: VectorStore) -> None:
    store.passages.add([JOURNALS])
    store.passages.clear()
    assert store.passages.ids() == set()
    store.passages.add([FINES])
    assert store.passages.ids() == {vector_id(FINES)}
