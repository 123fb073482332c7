from pathlib import Path

import pytest

from rag.calibration import OFF_TOPIC, Noise
from rag.vector_store import VectorStore
from tests.conftest import HashingEncoder
from tests.factories import make_passage


@pytest.fixture
def store(tmp_path: Path, encoder: HashingEncoder) -> VectorStore:
    store = VectorStore(tmp_path / "chroma", encoder)
    store.passages.add(
        [make_passage("Le déployeur conserve les journaux du système d’IA six mois.")]
    )
    return store


def test_what_off_topic_questions_find_is_noise(store: VectorStore) -> None:
    noise = Noise.measure(store)
    on_topic = store.passages.search(
        store.encoder.encode(["conserver les journaux du système"])[0], limit=1
    )
    off_topic = store.passages.search(store.encoder.encode([OFF_TOPIC[0]])[0], limit=1)
    assert noise.contrast(max(on_topic.values())) > 4
    assert noise.contrast(max(off_topic.values())) < 3


def test_empty_index_has_no_noise(tmp_path: Path, encoder: HashingEncoder) -> None:
    assert Noise.measure(VectorStore(tmp_path / "chroma", encoder)).contrast(0.5) == 0.5


def test_contrast_counts_in_standard_deviations() -> None:
    assert Noise(mean=0.2, deviation=0.1).contrast(0.5) == pytest.approx(3)
