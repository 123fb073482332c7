import numpy as np
import pytest

from rag.ranking import Signal, Weights, normalise, sum_up
from rag.ranking.weights import OCCASIONAL

BOTH = Weights.only(meaning=1, words=1)


def signals(**values: list[float]) -> dict[Signal, np.ndarray]:
    return {Signal(name): np.array(scores, dtype=np.float32) for name, scores in values.items()}


def test_each_signal_is_brought_to_one_scale_before_they_are_added() -> None:
    found = signals(meaning=[0.9, 0.5, 0.0], words=[0.0, 12.0, 24.0])
    assert sum_up(found, BOTH).scores == pytest.approx([0.5, 0.0, 0.5])


def test_what_a_signal_finds_alone_counts_fully() -> None:
    assert normalise(np.array([0.0, 7.0], dtype=np.float32)) == pytest.approx([0, 1])
    assert normalise(np.zeros(2, dtype=np.float32)) == pytest.approx([0, 0])


def test_signals_that_find_nothing_take_nothing_from_the_others() -> None:
    found = signals(meaning=[0.9, 0.5, 0.0], words=[0.0, 0.0, 0.0])
    assert sum_up(found, BOTH).scores == pytest.approx([0.5, 0, 0])


def test_shares_add_up_to_one_over_every_signal() -> None:
    ranking = sum_up(signals(meaning=[1.0, 0.5], words=[2.0, 1.0]), Weights())
    whole = sum(Weights()[signal] for signal in set(Signal) - OCCASIONAL)
    assert ranking.weights[Signal.MEANING] == pytest.approx(Weights().meaning / whole)
    assert ranking.scores.max() < 1


def test_what_a_question_names_takes_its_share_where_it_names_something() -> None:
    found = signals(meaning=[1.0, 0.5], steering=[0.5, 1.0])
    others = OCCASIONAL - {Signal.STEERING}
    whole = sum(Weights()[signal] for signal in set(Signal) - others)
    ranking = sum_up(found, Weights())
    assert ranking.weights[Signal.STEERING] == pytest.approx(Weights().steering / whole)
