import pytest

from rag.remarks import is_loud, notes, warnings
from rag.types import Caveat, CaveatKind
from rag.ui.remarks import with_warnings
from rag.ui.turns import Turn
from tests.ui.fake_assistant import (
    AMENDED,
    make_answer,
    make_citation,
    make_disagreeing_answer,
    make_hit,
)
from tests.ui.fake_assistant import RETENTION_QUOTE as QUOTE

LOUD = {CaveatKind.AMENDED, CaveatKind.TOO_RECENT, CaveatKind.OUTDATED, CaveatKind.PREDATES}


@pytest.mark.parametrize("kind", CaveatKind)
def test_what_is_not_the_law_of_the_day_is_a_warning(kind):
    assert is_loud(Caveat(kind=kind)) is (kind in LOUD)


def answer_with(*caveats):
    citations = tuple(
        make_citation(n, make_hit(caveats=told), QUOTE) for n, told in enumerate(caveats, start=1)
    )
    return make_answer(citations=citations)


@pytest.mark.parametrize("kind", CaveatKind)
def test_every_caveat_is_told_in_the_answer(kind):
    answer = answer_with((Caveat(kind=kind),))
    assert len(warnings(answer)) + len(notes(answer)) == 1


def test_same_sentence_is_told_once_for_all_its_sources():
    told = warnings(answer_with((AMENDED,), (), (AMENDED, AMENDED)))
    assert [remark.sources for remark in told] == [(1, 3)]


def test_warning_of_a_later_paragraph_stands_under_that_one():
    turn = Turn(number=1, question="q", answer=answer_with((), (AMENDED,)))
    assert [len(here) for _, here in with_warnings(turn)] == [0, 1]


def test_sources_that_disagree_are_told_under_the_first_of_them():
    turn = Turn(number=1, question="q", answer=make_disagreeing_answer("q"))
    (told, *_), later = (here for _, here in with_warnings(turn))
    assert told.sources == (1, 2)
    assert later == ()
