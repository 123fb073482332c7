"""The aligner learns which word translates which."""

import numpy as np
import pytest

from training.alignment.aligner import Prior, align

FRENCH = ("la", "maison", "bleue", "fleur", "voiture")
ENGLISH = ("the", "house", "blue", "flower", "car")
PAIRS = (
    ("la maison", "the house"),
    ("la maison bleue", "the blue house"),
    ("la fleur", "the flower"),
    ("la fleur bleue", "the blue flower"),
    ("la voiture", "the car"),
    ("la voiture bleue", "the blue car"),
)
SOURCE = [[FRENCH.index(word) for word in french.split()] for french, _ in PAIRS]
TARGET = [[ENGLISH.index(word) for word in english.split()] for _, english in PAIRS]


@pytest.mark.parametrize("diagonal", [0.0, 1.0])
def test_obvious_lexicon_is_learnt(diagonal: float) -> None:
    counts = align(
        SOURCE,
        TARGET,
        source_size=5,
        target_size=5,
        iterations=10,
        prior=Prior(diagonal=diagonal),
    )
    assert counts.toarray().argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_each_target_word_is_counted_once() -> None:
    counts = align(
        SOURCE, TARGET, source_size=5, target_size=5, prior=Prior(diagonal=4.0, null=0.0)
    )
    assert counts.sum() == pytest.approx(sum(len(sentence) for sentence in TARGET), rel=1e-5)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = align(SOURCE, TARGET, source_size=5, target_size=5)
    monkeypatch.setattr("training.alignment.aligner.CELLS_PER_BLOCK", 1)
    cut = align(SOURCE, TARGET, source_size=5, target_size=5)
    np.testing.assert_allclose(cut.toarray(), whole.toarray(), rtol=1e-5)


def test_words_never_seen_have_no_translation() -> None:
    counts = align(SOURCE, TARGET, source_size=7, target_size=5)
    assert counts.shape == (7, 5)
    assert counts[[5, 6]].sum() == 0


def test_sides_of_different_lengths_are_rejected() -> None:
    with pytest.raises(ValueError, match="6 source sentences but 5"):
        align(SOURCE, TARGET[:5], source_size=5, target_size=5)


def test_zero_iterations_are_rejected() -> None:
    with pytest.raises(ValueError, match="not 0"):
        align(SOURCE, TARGET, source_size=5, target_size=5, iterations=0)
