"""The fit of ``benchmarks.abstention``, on questions of which the answer is known beforehand."""

import numpy as np

from benchmarks.abstention import Asked, Fit, calibration, held_out, table
from rag.answerers.confidence import WITHOUT_TOKENS, Feature, shipped_model


def asked(number: int, *, answerable: bool, contrast: float | None = None) -> Asked:
    generator = np.random.default_rng(number)
    shift = 2.0 if answerable else -2.0
    values = [shift + generator.normal() for _ in Feature]
    values[0] = np.nan if contrast is None and number % 5 == 0 else values[0]
    return Asked(group="essai", id=f"q{number}", answerable=answerable, features=tuple(values))


QUESTIONS = [asked(number, answerable=number % 3 > 0) for number in range(150)]


def test_questions_that_differ_are_told_apart_though_something_is_not_known() -> None:
    probabilities = held_out(QUESTIONS)
    labels = np.array([one.answerable for one in QUESTIONS])
    assert ((probabilities > 0.5) == labels).mean() > 0.95


def test_twins_never_help_each_other() -> None:
    """The same question with the other label, asked of other documents, falls in its fold."""
    twins = [Asked("autre", one.id, not one.answerable, one.features) for one in QUESTIONS]
    together = held_out([*QUESTIONS, *twins])
    assert np.abs(together - 0.5).max() < 0.2


def test_table_says_what_is_refused_and_let_through() -> None:
    lines = list(table(QUESTIONS, np.array([0.9 if q.answerable else 0.1 for q in QUESTIONS])))
    assert lines[0] == "| seuil | essai : refus, passages |"
    assert "| **0.45** | **0.000, 0.000** |" in lines


def test_calibration_follows_what_happened() -> None:
    curve = calibration(QUESTIONS, held_out(QUESTIONS))
    assert curve[0]["answerable"] < 0.1
    assert curve[-1]["answerable"] > 0.9
    assert sum(one["questions"] for one in curve) == len(QUESTIONS)


def test_shipped_coefficients_go_the_way_that_they_should() -> None:
    assert set(shipped_model().coefficient) == set(Feature)
    assert set(shipped_model(with_tokens=False).coefficient) == set(WITHOUT_TOKENS)
    for with_tokens in (True, False):
        for name, value in shipped_model(with_tokens=with_tokens).coefficient.items():
            lowers = name.startswith("outside") or name is Feature.WORDS
            assert (value < 0) == lowers, name


def test_fit_ignores_the_scale_of_a_feature() -> None:
    larger = [
        Asked(one.group, one.id, one.answerable, (100 * one.features[0], *one.features[1:]))
        for one in QUESTIONS
    ]
    np.testing.assert_allclose(
        Fit.of(QUESTIONS).probabilities(QUESTIONS), Fit.of(larger).probabilities(larger), atol=1e-6
    )
