from rag.messages import NBSP
from rag.ui import wording


def test_progress_has_no_share_while_the_total_is_unknown():
    assert wording.progress_line("lecture", 3, 0) == "lecture"
    assert wording.progress_line("", 0, 0) == wording.PREPARING


def test_progress_never_exceeds_a_hundred_percent():
    assert wording.progress_line("lecture", 12, 10) == f"lecture (100{NBSP}%)"


def test_examples_are_questions_with_french_spacing():
    assert len(wording.EXAMPLES) in (5, 6)
    assert all(question.endswith(f"{NBSP}?") for question in wording.EXAMPLES)


def test_corpus_line_leaves_out_counts_that_are_not_given():
    assert wording.corpus_line({"model": "x"}) == ""
    assert wording.corpus_line({"documents": 3}) == f"3{NBSP}documents"


def test_unknown_mode_is_named():
    assert wording.mode_line("llm") == f"mode{NBSP}: llm"
