"""What a chat model is asked, and what it is not: follow-ups, days, filters, stops, threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from rag.config import Settings
from rag.errors import PatientDataError, Problem
from rag.messages import NBSP
from rag.pipeline import Assistant
from rag.remarks import stand_in, warnings
from rag.serialization import answer_to_json
from rag.types import Answer, Filters, Kind
from tests.language_model.scripts import Chat
from tests.language_model.servers import Ending, LanguageServer, Script
from tests.pipeline import test_contradictions as disagreeing
from tests.pipeline.conftest import Ask, Open
from tests.pipeline.written_chat import (
    FINE,
    GOOD,
    LOGS,
    PATIENCE,
    START,
    asked,
    citing,
    good,
    is_rewriting,
)

pytestmark = pytest.mark.slow

DOCUMENTATION = "Le fournisseur conserve la documentation technique pendant dix ans"
REWRITTEN = "Combien de temps le fournisseur conserve-t-il la documentation technique ?"
BY_RULES = f"Combien de temps le fournisseur conserve-t-il les journaux{NBSP}?"
FOLLOW_UP = "et pour le fournisseur ?"


def rewriting(alone: str, answer: str = DOCUMENTATION) -> Script:
    """Write a follow-up out in some words, then answer."""

    def write(messages: Chat) -> str:
        return alone if is_rewriting(messages) else citing(answer)(messages)

    return Script(text=write)


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("Le déployeur garde-t-il les journaux de Mme Jeanne Martin, née le 12/03/1954 ?", ()),
        (FOLLOW_UP, (LOGS, "Et ceux du patient né le 12/03/1954 ?")),
    ],
)
def test_patient_data_reaches_no_server(
    ask: Ask, server: LanguageServer, question: str, history: tuple[str, ...]
) -> None:
    with pytest.raises(PatientDataError):
        ask(question, history=history)
    assert not server.requests


def test_follow_up_is_written_out_by_the_model(ask: Ask, server: LanguageServer) -> None:
    told = ask(FOLLOW_UP, rewriting(REWRITTEN), history=(LOGS,))
    assert told.answer.question == FOLLOW_UP
    assert told.answer.understood == answer_to_json(told.answer)["understood"] == REWRITTEN
    assert told.written == (f"{DOCUMENTATION}.",)
    first, second = (asked(request.messages) for request in server.asked)
    assert LOGS in first
    assert FOLLOW_UP in first
    assert REWRITTEN in second


@pytest.mark.parametrize(
    "alone",
    [
        "How long does the provider keep the technical documentation?",
        "Combien de temps le fournisseur conserve-t-il les journaux, soit douze mois ?",
        "Combien de temps l’importateur conserve-t-il les journaux ?",
        "Que dit l’article 31 du règlement des journaux du fournisseur ?",
        "Le fournisseur ?\nLe déployeur ?",
        "Combien de temps le fournisseur garde-t-il ceux de la patiente née le 12/03/1954 ?",
        "Le fournisseur " + "garde les journaux " * 40,
        "",
    ],
)
def test_follow_up_written_out_badly_is_completed_by_rules(
    ask: Ask, server: LanguageServer, alone: str
) -> None:
    told = ask(FOLLOW_UP, rewriting(alone), history=(LOGS,))
    assert told.answer.understood == BY_RULES
    assert told.answer.hits
    assert not any("1954" in asked(request.messages) for request in server.asked)


def test_follow_up_without_a_working_model_is_completed_by_rules(
    ask: Ask, server: LanguageServer
) -> None:
    told = ask(FOLLOW_UP, Script(status=401), history=(LOGS,))
    assert told.answer.understood == BY_RULES
    assert "refuse l’accès" in stand_in(told.answer)
    assert len(server.asked) == 1  # it is not waited for twice


def test_question_that_stands_alone_is_not_written_out(ask: Ask, server: LanguageServer) -> None:
    told = ask(FINE, good(FINE), history=(LOGS,))
    assert told.answer.understood == ""
    assert [is_rewriting(request.messages) for request in server.asked] == [False]


def test_day_of_the_law_is_kept(ask: Ask, server: LanguageServer) -> None:
    day = date(2025, 6, 1)
    assert ask(LOGS, good(LOGS), as_of=day).answer.as_of == day
    named = ask("Au 1er juin 2025, combien de temps le déployeur conserve-t-il les journaux ?")
    followed = ask(FOLLOW_UP, rewriting(REWRITTEN), history=(LOGS,), as_of=day)
    assert named.answer.as_of == followed.answer.as_of == day
    answering = [one for one in server.asked if not is_rewriting(one.messages)]
    assert len(answering) == 3
    assert all("Droit au 1er juin 2025." in asked(one.messages) for one in answering)


def test_filters_hold_for_the_model(ask: Ask, server: LanguageServer) -> None:
    filters = Filters(kinds=(Kind.NOTICE,), documents=("journaux",))
    told = ask(LOGS, good(LOGS), filters=filters)
    assert told.answer.filters == filters
    assert {one.hit.passage.document for one in told.answer.citations} == {"journaux"}
    assert "amende" not in asked(server.asked[0].messages)


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("Quelle est la recette de la tarte tatin ?", Filters()),
        ("Que dit l’article 999 de l’AI Act ?", Filters()),
        (LOGS, Filters(kinds=(Kind.LAW,))),
    ],
)
def test_abstention_asks_no_model(
    ask: Ask, server: LanguageServer, question: str, filters: Filters
) -> None:
    told = ask(question, good(LOGS), filters=filters)
    assert told.answer.abstained
    assert told.answer.failure is None
    assert told.answer.reason
    assert told.before == ()
    assert not server.requests


def test_stop_closes_the_connection(ask: Ask, server: LanguageServer) -> None:
    stop, told = threading.Event(), list[Answer]()

    def tell(answer: Answer) -> None:
        told.append(answer)
        if answer.sentences:
            stop.set()

    text = f"{good(LOGS)} La suite vient"
    slow = Script(text=text, pieces=30, pause=0.02, ending=Ending.ENDLESS)
    answer = ask(LOGS, slow, tell=tell, stop=stop).answer
    assert server.hung_up.wait(PATIENCE)
    assert not server.answered.is_set()
    assert [one.text for one in told[-1].sentences] == [f"{GOOD[LOGS]}."]
    assert answer.failure is not None
    assert answer.failure.problem is Problem.LLM_STOPPED
    assert not answer.is_written


def test_stop_while_a_follow_up_is_written_out_ends_all_of_it(
    ask: Ask, server: LanguageServer
) -> None:
    stop = threading.Event()
    stopping = threading.Thread(target=lambda: server.was_asked.wait(PATIENCE) and stop.set())
    stopping.start()
    answer = ask(FOLLOW_UP, Script(first_pause=60), history=(LOGS,), stop=stop).answer
    stopping.join()
    assert server.hung_up.wait(PATIENCE)
    assert len(server.asked) == 1
    assert answer.understood == BY_RULES


def test_sources_that_disagree_are_told_for_a_written_answer(
    server: LanguageServer, settings: Settings
) -> None:
    news = "Les journaux de l’IA sont conservés un an au moins par le déployeur"
    server.play(Script(text=citing(disagreeing.LOGS.rstrip("."), news)))
    answer = disagreeing.ask(server.settings(settings), news=f"{news}.")
    assert answer.is_written
    assert answer.count_verified == 2
    (told,) = answer.contradictions
    assert answer.sources(told) == (1, 2)
    assert "Ces sources ne concordent pas" in warnings(answer)[0].text


def test_two_who_ask_at_once_are_not_mixed(server: LanguageServer, open_assistant: Open) -> None:
    assistant: Assistant = open_assistant()
    both = threading.Barrier(2)

    def write(messages: Chat) -> str:
        return good(FINE) if FINE in asked(messages) else good(START)

    def ask_now(question: str) -> tuple[Answer, list[Answer]]:
        told: list[Answer] = []
        both.wait(PATIENCE)
        return assistant.ask(question, tell=told.append), told

    server.play(Script(text=write, pieces=12, pause=0.05))
    with ThreadPoolExecutor(2) as threads:
        for _ in range(3):
            for question, asking in [
                (question, threads.submit(ask_now, question)) for question in (FINE, START)
            ]:
                answer, told = asking.result()
                for one in (*told, answer):
                    assert one.question == question
                    assert {said.text for said in one.sentences} <= {f"{GOOD[question]}."}
                assert answer.count_verified == 1
    assert len(server.asked) == 6
