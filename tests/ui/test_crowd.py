"""Several people ask at once, and each is given the answer to the question asked."""

import contextlib
import threading

import pytest
from playwright.sync_api import Browser, expect

from rag.types import Answer, Sentence
from tests.ui.fake_assistant import FakeAssistant, make_answer
from tests.ui.fake_hits import make_citation, make_hit
from tests.ui.serving import SETTLE_MILLISECONDS, running_page, visitor

pytestmark = pytest.mark.browser

PEOPLE = 3
ROUNDS = 3


class EchoAssistant(FakeAssistant):
    """Answers with the question and those before it, when as many people wait as there are."""

    def __init__(self) -> None:
        super().__init__()
        self.together = threading.Barrier(PEOPLE)

    def ask(self, question: str, *, history=(), **_: object) -> Answer:
        self.together.wait(timeout=30)
        text = f"On demande « {question} » après {list(history)}."
        citation = make_citation(1, make_hit(text), text)
        sentence = Sentence(text=text, citations=(1,), verified=True)
        return make_answer(
            question, sentences=(sentence,), citations=(citation,), hits=(citation.hit,)
        )


def test_answers_of_several_people_do_not_mix(chromium: Browser):
    assistant = EchoAssistant()
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(running_page(lambda progress: assistant))
        people = [stack.enter_context(visitor(chromium)) for _ in range(PEOPLE)]
        for someone in people:
            someone.open(url)
        asked: dict[int, list[str]] = {n: [] for n in range(PEOPLE)}
        for turn in range(1, ROUNDS + 1):
            for n, someone in enumerate(people):
                asked[n].append(f"question {turn} de {n}")
                someone.ask(asked[n][-1], wait=False)
            for n, someone in enumerate(people):
                *before, question = asked[n]
                told = f"On demande « {question} » après {before}."
                expect(someone.turn(turn).locator(".answer p > bdi")).to_have_text(told)
                expect(someone.card(turn, 1).locator("mark")).to_have_text(told)
                expect(someone.page.locator(".turn")).to_have_count(turn)
            people[0].page.wait_for_timeout(SETTLE_MILLISECONDS)
        for someone in people:
            someone.check(url)
