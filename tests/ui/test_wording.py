import pytest

from rag.messages import NBSP
from rag.pipeline import PullReport
from rag.types import PullOutcome
from rag.ui import wording
from rag.ui.examples import ROLES
from rag.ui.loading import Step
from tests.ui.fake_texts import make_report, make_text


def test_progress_has_no_share_while_the_total_is_unknown():
    assert wording.progress_line("lecture", 3, 0) == "lecture"
    assert wording.progress_line("", 0, 0) == wording.PREPARING


def test_progress_never_exceeds_a_hundred_percent():
    assert wording.progress_line("lecture", 12, 10) == f"lecture (100{NBSP}%)"


def test_examples_are_questions_with_french_spacing():
    assert len(ROLES) == 5
    for role in ROLES:
        assert len(role.questions) == 3
        assert all(question.endswith(f"{NBSP}?") for question in role.questions)


def test_corpus_line_leaves_out_counts_that_are_not_given():
    assert wording.corpus_line({"model": "x"}) == ""
    assert wording.corpus_line({"documents": 3}) == f"3{NBSP}documents"


def test_unknown_mode_is_named():
    assert wording.mode_line("autre") == f"mode{NBSP}: autre"


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ([1], "Source 1"),
        ([1, 3], "Sources 1 et 3"),
        ([1, 2], "Sources 1 et 2"),
        ([1, 2, 3, 4, 5, 6, 7], "Sources 1 à 7"),
        ([2, 3, 4, 6, 9], "Sources 2 à 4, 6 et 9"),
    ],
)
def test_sources_are_named_by_their_numbers(numbers, named):
    assert wording.source_names(numbers).replace(NBSP, " ") == named


def test_step_without_a_count_is_its_label():
    assert wording.step_line(Step("Préparation")) == "Préparation"
    counted = wording.step_line(Step("Téléchargement (Ko)", 512, 2048))
    assert counted == f"Téléchargement (Ko){NBSP}: 512 sur 2{NBSP}048"
    assert wording.step_line(Step("Téléchargement", 3)) == f"Téléchargement{NBSP}: 3"


def test_totals_leave_out_what_did_not_happen():
    sources = (make_report(make_text(), PullOutcome.DOWNLOADED),) * 2
    report = PullReport(sources=(*sources, make_report(make_text(), PullOutcome.FAILED)))
    told = wording.pull_totals(report).replace(NBSP, " ")
    assert told == "Terminé : 2 téléchargés, 1 échec."
