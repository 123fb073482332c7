import asyncio
import logging
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ConfigurationError, Problem
from rag.messages import NBSP, typographic
from rag.ui import wording
from rag.ui.conversation import reply
from rag.ui.loading import Loading
from rag.ui.status import status_line
from rag.ui.turns import ShownSentence, Turn, history
from tests.ui.fake_assistant import FakeAssistant, make_answer
from tests.ui.loops import run


def ready(assistant):
    loading = Loading(lambda progress: assistant).start()
    assert loading.assistant is assistant
    return loading


def shown(text, **changes):
    return ShownSentence(text=text, citations=(1,), verified=True, complete=True, **changes)


def frames_of(question, *, loading, earlier=(), gate=None):
    async def collect():
        asked = Turn(number=len(earlier) + 1, question=question)
        limit = gate or asyncio.Semaphore(1)
        return [turn async for turn in reply(asked, earlier=earlier, loading=loading, gate=limit)]

    return run(collect())


def test_question_is_shown_before_anything_else(assistant):
    first, second, *_ = frames_of("journaux", loading=ready(assistant))
    assert first.just_asked
    assert second.notice == wording.SEARCHING


def test_answer_grows_to_the_whole(assistant):
    frames = frames_of("journaux", loading=ready(assistant))
    lengths = [
        sum(len(sentence.text) for paragraph in turn.paragraphs for sentence in paragraph)
        for turn in frames
    ]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 10
    assert [turn.finished for turn in frames[-2:]] == [False, True]
    assert frames[-1].answer == make_answer("journaux")


def test_answer_without_sentences_shows_its_text(assistant):
    turn = Turn(number=1, question="q", answer=make_answer(sentences=(), markdown="Texte."))
    assert turn.paragraphs[0][0].text == "Texte."


@given(text=st.text("ab ?:«é&"), edges=st.lists(st.integers(0, 12), max_size=6))
def test_runs_never_change_the_text(text, edges):
    sentence = shown(text, emphasis=tuple(zip(edges[::2], edges[1::2], strict=False)))
    assert "".join(run for run, _ in sentence.runs) == typographic(text)


def test_words_asked_for_are_a_run_of_their_own():
    sentence = shown("D’au moins six mois : plus", emphasis=((11, 19),))
    assert sentence.runs == (("D’au moins ", False), ("six mois", True), (f"{NBSP}: plus", False))


def test_words_asked_for_come_as_the_sentence_grows():
    assert shown("D’au moins six ", emphasis=((11, 19),)).runs[1:] == (("six ", True),)
    assert shown("D’au ", emphasis=((11, 19),)).runs == (("D’au ", False),)


def test_earlier_questions_are_passed_on_but_not_refused_ones(assistant):
    answered = Turn(number=1, question="un", answer=make_answer())
    refused = Turn(number=2, question="deux", problem="Refusée.")
    assert history((answered, refused)) == ("un",)
    frames_of("trois", loading=ready(assistant), earlier=(answered, refused))
    assert assistant.asked == [("trois", ("un",))]


def test_question_is_answered_as_of_its_day(assistant):
    async def collect():
        asked = Turn(number=1, question="journaux", as_of=date(2025, 6, 1))
        gate = asyncio.Semaphore(1)
        return [
            turn async for turn in reply(asked, earlier=(), loading=ready(assistant), gate=gate)
        ]

    last = run(collect())[-1]
    assert assistant.days == [date(2025, 6, 1)]
    assert last.answer.as_of == date(2025, 6, 1)


def test_known_error_is_told_in_french(assistant):
    last = frames_of("  ", loading=ready(assistant))[-1]
    assert "La question est vide" in last.problem
    assert last.finished


def test_unknown_error_is_logged_without_the_question(assistant, caplog):
    with caplog.at_level(logging.ERROR):
        last = frames_of("panne du patient Martin", loading=ready(assistant))[-1]
    assert last.problem == wording.UNEXPECTED
    assert "RuntimeError" in caplog.text
    assert "Martin" not in caplog.text


def test_one_who_waits_for_others_is_told(assistant):
    async def ask_behind_another():
        gate = asyncio.Semaphore(1)
        await gate.acquire()
        asked = Turn(number=1, question="journaux")
        notices = []
        async for turn in reply(asked, earlier=(), loading=ready(assistant), gate=gate):
            notices.append(turn.notice)
            if turn.notice == wording.QUEUED:
                gate.release()
        return notices

    assert wording.QUEUED in run(ask_behind_another())


def test_loading_reports_its_progress():
    reported = []

    def open_assistant(progress):
        progress("Indexation", 1, 2)
        reported.append(loading.progress)
        return FakeAssistant()

    loading = Loading(open_assistant)
    assert loading.progress == wording.PREPARING
    assert loading.start().assistant
    assert reported == ["Indexation (50\N{NO-BREAK SPACE}%)"]
    assert not loading.failure


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ConfigurationError(Problem.MODEL_NOT_FOUND, model="absent"), "« absent »"),
        (ValueError("détail interne"), "une erreur inattendue"),
    ],
)
def test_failure_to_load_is_told_in_french(error, told):
    def open_assistant(progress):
        raise error

    loading = Loading(open_assistant).start()
    with pytest.raises(type(error)):
        _ = loading.assistant
    last = frames_of("journaux", loading=loading)[-1]
    assert last.problem.startswith("Le programme n’a pas pu démarrer")
    assert told in last.problem.replace("\N{NO-BREAK SPACE}", " ")
    assert "détail interne" not in last.problem


def test_status_says_what_the_assistant_knows(assistant):
    line = status_line(ready(assistant))
    assert 'data-state="ready"' in line
    assert "26\N{NO-BREAK SPACE}documents" in line


def test_status_says_how_far_the_preparation_is(assistant):
    line = status_line(Loading(lambda progress: assistant))
    assert 'data-state="loading"' in line
    assert wording.PREPARING in line
