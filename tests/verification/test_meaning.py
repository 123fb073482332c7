"""What rules read roughly gives way to a judge that is sure; what they read exactly does not."""

import pytest

from rag.types import Check
from rag.verification.checks import Missed
from rag.verification.meaning import Feature, standing

MISSED = tuple(map(Missed, (Check.DATE, Check.NEGATION, Check.MODALITY, Check.EXCEPTION)))


@pytest.mark.parametrize("log_odds", [3.3, 6.0])
def test_rules_of_words_give_way_to_a_judge_that_is_sure(log_odds: float) -> None:
    assert standing(MISSED, {Feature.ENTAILED: log_odds}) == (Missed(Check.DATE),)


@pytest.mark.parametrize("features", [{Feature.ENTAILED: 3.0}, {Feature.ENTAILED: -4.0}, {}])
def test_rules_stand_where_it_is_not(features: dict[Feature, float]) -> None:
    assert standing(MISSED, features) == MISSED
