"""What stands below a finished turn, and turns that are stopped."""

from dataclasses import replace

import pytest

from rag.types import Verdict
from rag.ui import render, wording
from rag.ui.asking import Request, read_request
from rag.ui.turns import Turn, history, interrupt
from tests.ui.fake_assistant import HOSTILE, make_abstention, make_answer
from tests.ui.fake_hits import RETENTION_QUOTE

ANSWERED = Turn(number=1, question="Combien ?", answer=make_answer("Combien ?"), key="clé")


def shown(*turns):
    return render.conversation(turns)


def test_answer_can_be_copied_linked_changed_and_judged():
    html = shown(ANSWERED)
    for part in ("data-copy-text", "data-copy-link", 'data-edit="Combien ?"', "data-judged"):
        assert html.count(part) == 1
    for verdict in Verdict:
        assert f'data-verdict="{verdict.value}"' in html
    assert "data-replacing" not in html


def test_only_the_last_turn_has_suggestions_and_can_be_changed():
    html = shown(ANSWERED, replace(ANSWERED, number=2, question="Qui ?"))
    assert html.count('class="suggestions"') == html.count("data-edit") == 1
    assert html.count("data-judged") == 2
    assert 'data-edit="Qui ?"' in html


def test_abstention_suggests_what_the_texts_answer():
    html = shown(Turn(number=1, question="q", answer=make_abstention("q"), key="clé"))
    assert "Questions proches, auxquelles les textes répondent" in html


def test_hostile_suggestion_and_question_are_text():
    html = shown(replace(ANSWERED, question=f'"{HOSTILE}'))
    assert "<script" not in html
    assert 'data-edit="&#34;&lt;script' in html


def test_failed_turn_can_be_asked_again_and_not_copied():
    html = shown(Turn(number=1, question="Qui ?", problem="Une panne."))
    assert 'data-ask="Qui ?" data-replacing' in html
    assert "data-copy-text" not in html
    assert "data-judged" not in html


def test_question_that_is_empty_cannot_be_asked_again():
    assert "turn-actions" not in shown(Turn(number=1, question="  ", problem="Vide."))


def test_turn_that_is_not_finished_has_nothing_below():
    html = shown(replace(ANSWERED, shown=5))
    assert "turn-actions" not in html
    assert "data-judged" not in html


@pytest.mark.parametrize("turn", [Turn(number=1, question="q"), replace(ANSWERED, shown=5)])
def test_stopped_turn_is_finished_with_what_it_shows_and_no_key(turn):
    stopped = interrupt(turn)
    assert stopped.finished
    assert stopped.paragraphs == turn.paragraphs
    html = shown(stopped)
    assert html.count(wording.INTERRUPTED) == 2  # shown, and read aloud
    assert 'aria-busy="false"' in html
    assert "data-key" not in html
    assert "data-replacing" in html
    assert RETENTION_QUOTE not in html


def test_follow_up_may_lean_on_an_answer_that_was_stopped():
    assert history((interrupt(replace(ANSWERED, shown=5)),)) == ("Combien ?",)
    assert history((interrupt(Turn(number=1, question="q")),)) == ()


@pytest.mark.parametrize(
    "text", ["", None, "{", "[]", "3", '{"question": 3}', '{"question": null}']
)
def test_request_that_cannot_be_read_asks_nothing(text):
    assert read_request(text) == Request()


def test_request_replaces_the_last_question_or_not():
    assert read_request('{"question": "q", "replacing": true}') == Request(
        question="q", replacing=True
    )
    assert read_request('{"replacing": true}') == Request(replacing=True)
