import io
from datetime import date

import pytest
from rich.console import Console

from rag.cli import answers, explanations
from rag.messages import NBSP
from rag.types import Answer, Filters, Kind, ScorePart
from tests.factories import make_hit


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    screen = io.StringIO()
    for module in (answers, explanations):
        monkeypatch.setattr(module, "output", Console(file=screen, soft_wrap=True))
    return screen


def make_answer(**changes: object) -> Answer:
    values = {"question": "?", "markdown": "", "as_of": date(2026, 11, 23), "mode": "extractive"}
    return Answer(**{**values, **changes})


def test_each_hit_has_its_table(screen: io.StringIO) -> None:
    part = ScorePart(signal="described_meaning", raw=0.6, value=0.5, weight=0.05)
    hit = make_hit("Les journaux.", parts=(part,), score=0.025)
    explanations.print_explanations(make_answer(hits=(hit,)))
    shown = screen.getvalue().replace(NBSP, " ")
    assert "1. un — Essai (essai#un)" in shown
    assert "description : sens 0,500 × 0,050 = 0,025" in shown
    assert "autorité × 1,00, validité × 1,00" in shown


def test_answer_without_hits_says_so(screen: io.StringIO) -> None:
    explanations.print_explanations(make_answer())
    assert "Aucun passage." in screen.getvalue()


def test_answer_says_what_it_was_limited_to(screen: io.StringIO) -> None:
    filters = Filters(kinds=(Kind.LAW,), since=date(2024, 1, 1), documents=("csp",))
    answers.print_answer(make_answer(filters=filters))
    assert "Loi, depuis le 1er janvier 2024, csp" in screen.getvalue()
    screen.truncate(0)
    answers.print_answer(make_answer())
    assert "filtres" not in screen.getvalue()
