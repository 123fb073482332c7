"""What ``benchmarks.fitting`` learns of choices whose rule is known beforehand."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.fitting import Choice, fit, fit_without, held_out
from benchmarks.ranking import Candidates
from benchmarks.sentences import Quoting, distances, shares

RULE = np.array([2.0, 0.0, -1.0])
"""What makes a candidate right: much of the first feature, little of the third."""


def choice(number: int, *, group: str = "essai") -> Choice:
    values = np.random.default_rng(number).normal(size=(8, 3))
    right = np.zeros(8, dtype=bool)
    right[np.argmax(values @ RULE)] = True
    return Choice(group, f"q{number}", values, right)


CHOICES = [choice(number) for number in range(120)]


def chosen(weights: np.ndarray) -> float:
    return float(np.mean([one.right[np.argmax(one.values @ weights)] for one in CHOICES]))


def test_rule_is_learned() -> None:
    weights = fit(CHOICES)
    assert weights[0] > abs(weights[1])
    assert weights[2] < 0
    assert chosen(weights) > 0.9


def test_no_weight_is_below_zero_where_none_may_be() -> None:
    weights = fit(CHOICES, positive=True)
    assert weights.min() >= 0
    assert weights[2] == pytest.approx(0, abs=1e-6)


def test_feature_left_out_weighs_nothing() -> None:
    weights = fit_without(0)(CHOICES)
    assert weights.shape == (3,)
    assert weights[0] == 0
    assert chosen(weights) < chosen(fit(CHOICES))


def test_each_question_is_weighed_by_a_fit_on_others() -> None:
    fitted_on: list[set[str]] = []

    def noting(choices: list[Choice]) -> np.ndarray:
        fitted_on.append({one.id for one in choices})
        return np.full(3, len(fitted_on), dtype=float)

    told = list(held_out(CHOICES, noting))
    assert sorted(one.id for one, _ in told) == sorted(one.id for one in CHOICES)
    assert all(one.id not in fitted_on[int(weights[0]) - 1] for one, weights in told)


def test_choice_without_a_right_candidate_teaches_nothing() -> None:
    lost = [replace(one, right=np.zeros(8, dtype=bool)) for one in CHOICES[:20]]
    np.testing.assert_allclose(fit([*CHOICES, *lost]), fit(CHOICES))


def test_rank_counts_few_candidates_of_one_unit() -> None:
    values = np.array([[6.0], [5.0], [4.0], [3.0], [2.0], [1.0]])
    right = np.array([False, False, False, False, False, True])
    crowded = Candidates(Choice("essai", "q", values, right), ("a", "a", "a", "a", "a", "b"))
    assert crowded.rank(np.ones(1)) == 3
    missing = Candidates(Choice("essai", "q", values, right & False), crowded.units)
    assert missing.rank(np.ones(1)) is None


def test_sentences_quoted_are_those_near_the_best() -> None:
    values = np.array([[5.0], [4.6], [4.4], [1.0]])
    one = Choice("essai", "q", values, np.array([False, False, True, False]))
    assert Quoting.of(one, np.ones(1), 0.5) == Quoting(place=3, quoted=2)
    assert Quoting.of(one, np.ones(1), 1.0) == Quoting(place=3, quoted=3)
    assert Quoting.of(replace(one, right=one.right & False), np.ones(1), 1.0).place == np.inf


def test_tables_tell_the_sets_apart() -> None:
    other = [choice(number, group="autre") for number in range(200, 210)]
    weighed = [(one, -RULE) for one in CHOICES] + [(one, RULE) for one in other]
    first, second = shares(weighed).split(" | ")
    assert second == "1.000 1.000"
    assert first != second
    lines = list(distances(weighed, ["essai", "autre"]))
    assert all(line.split(" | ")[2].startswith("1.000, ") for line in lines)
