import json
from pathlib import Path

import pytest

from rag.errors import ConfigurationError, Problem
from rag.evaluation import compare, comparison_to_markdown, read_run
from rag.evaluation.lines import Line, sum_up
from rag.messages import french


def line(id: str, **facts: object) -> Line:
    usual = {
        "question": f"Question {id} ?", "answerable": True, "rank": 1, "abstained": False,
        "unsettled": False, "answer_span_found": None, "sentences": 1, "verified": 1,
    }  # fmt: skip
    return {"id": id, **usual, **facts}


BEFORE = sum_up(
    [
        line("monte", rank=7),
        line("descend", rank=2),
        line("pareil", rank=None),
        line("répond", abstained=True, sentences=0, verified=0),
        line("cite", answer_span_found=False),
        line("invente", answerable=False, rank=None),
        line("disparue"),
    ]
)
AFTER = sum_up(
    [
        line("monte", rank=1),
        line("descend", rank=None),
        line("pareil", rank=None),
        line("répond"),
        line("cite", answer_span_found=True),
        line("invente", answerable=False, rank=None, unsettled=True),
        line("nouvelle"),
    ]
)


def test_questions_won_and_lost_say_what_changed() -> None:
    found = compare(BEFORE, AFTER)
    won = {(change["id"], change["aspect"]): change for change in found["won"]}
    assert set(won) == {
        ("monte", "rank"), ("répond", "abstained"), ("cite", "answer_span_found"),
        ("invente", "abstained"),
    }  # fmt: skip
    assert (won["monte", "rank"]["before"], won["monte", "rank"]["after"]) == (7, 1)
    (lost,) = found["lost"]
    assert (lost["id"], lost["before"], lost["after"]) == ("descend", 2, None)


def test_figures_count_only_the_questions_in_common() -> None:
    found = compare(BEFORE, AFTER)
    assert found["n"] == 6
    assert (found["only_before"], found["only_after"]) == (["disparue"], ["nouvelle"])
    recall = found["figures"]["recall@5"]
    assert recall["n"] == 5
    assert (recall["before"], recall["after"], recall["difference"]) == (0.6, 0.6, 0)
    assert recall["interval"][0] < 0 < recall["interval"][1]
    assert found["figures"]["false_answers"]["difference"] == -1
    assert found["figures"]["false_refusals"]["difference"] == -0.2
    assert found["figures"]["answer_span"]["after"] == 1


def test_same_run_twice_changes_nothing() -> None:
    found = compare(AFTER, AFTER)
    assert found["won"] == found["lost"] == []
    assert all(figure["interval"] == [0, 0] for figure in found["figures"].values())


def test_run_of_an_earlier_version_is_compared_on_what_it_holds() -> None:
    older = {"questions": [{"id": "monte", "rank": 2, "hits": []}]}
    found = compare(older, AFTER)
    assert "recall@1" in found["figures"]
    assert "verified" not in found["figures"]
    assert [change["aspect"] for change in found["won"]] == ["rank"]


def test_comparison_reads_in_french() -> None:
    text = comparison_to_markdown(compare(BEFORE, AFTER))
    assert "6 questions communes." in text
    assert "## Gagné (4)" in text
    assert "`monte` «\N{NO-BREAK SPACE}Question monte\N{NO-BREAK SPACE}?\N{NO-BREAK SPACE}»" in text
    assert "bonne unité, rang 7 → rang 1" in text
    assert "bonne unité, rang 2 → absente" in text
    assert "| réponses à tort | 1 | 1,000 | 0,000 | −1,000 | −1,000 à −1,000 |" in text


@pytest.mark.parametrize("content", ["", "[]", '{"n": 3}', '{"questions": [{"rank": 1}]}'])
def test_file_that_is_no_run_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError) as raised:
        read_run(path)
    assert raised.value.problem is Problem.BAD_RUN
    assert "run.json" in french(raised.value)


def test_run_is_read_as_it_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(AFTER, ensure_ascii=False), encoding="utf-8")
    assert read_run(path) == AFTER
