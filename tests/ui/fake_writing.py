"""Answers that a language model wrote, made by hand, and who writes them bit by bit."""

import threading
from dataclasses import replace
from datetime import date

from rag.errors import LanguageModelError, Problem
from rag.types import WRITTEN, Answer, Check, Finding, Sentence, TellAnswer
from tests.ui.fake_hits import OVERSIGHT, RETENTION_QUOTE, make_citation, make_hit

DONE = (Check.CITATION, Check.LANGUAGE, Check.FIGURE, Check.MODALITY, Check.MEANING)
FAILED = Finding(done=(*DONE, Check.DATE), failed=(Check.DATE,), words=("2 août 2027",))
TOLD = (
    "Le déployeur conserve les journaux au moins six mois.",
    "Une règle du droit national peut prévoir une autre durée.",
    "Le contrôle humain est confié à des personnes formées.",
    "Elles ont l’autorité nécessaire et du soutien.",
)
FAILURE = LanguageModelError(Problem.LLM_NO_ANSWER)
NOTICE = (
    "Le modèle de langage n’a pas trouvé de réponse dans les passages. "
    "Voici, à sa place, des extraits cités mot pour mot."
)
UNTOLD = "Cette obligation s’applique depuis le 2 août 2027."


def make_written_answer(question: str = "Qui rédige ?", **changes: object) -> Answer:
    """Answer in five sentences, the fourth of which is not verified."""
    retention = make_citation(1, make_hit(), RETENTION_QUOTE)
    hit = make_hit(
        OVERSIGHT,
        id="32024R1689#art_26.2",
        anchor="art_26.2",
        label="article 26, paragraphe 2",
        start=0,
        end=len(OVERSIGHT),
    )
    oversight = make_citation(2, hit, OVERSIGHT)
    checked = Finding(done=DONE)
    first, second, third, fourth = (
        Sentence(text=text, citations=(1,), verified=True, finding=checked) for text in TOLD
    )
    sentences = (
        first,
        replace(second, citations=(1, 2), finding=replace(checked, corrected=True)),
        replace(third, citations=(2,), starts_paragraph=True),
        Sentence(text=UNTOLD, citations=(), finding=FAILED),
        replace(fourth, citations=(2,)),
    )
    values: dict[str, object] = {
        "question": question,
        "markdown": " ".join(TOLD),
        "as_of": date(2026, 11, 23),
        "mode": WRITTEN,
        "sentences": sentences,
        "citations": (retention, oversight),
        "hits": (retention.hit, oversight.hit),
    }
    return Answer(**{**values, **changes})


def as_far_as(answer: Answer, count: int) -> Answer:
    """Give an answer of which this many sentences are written."""
    sentences = answer.sentences[:count]
    cited = {number for sentence in sentences for number in sentence.citations}
    citations = tuple(one for one in answer.citations if one.n in cited)
    return replace(answer, sentences=sentences, citations=citations, abstained=not cited)


class Pen:
    """Writes an answer: a few sentences, then the rest once it may, unless it is stopped."""

    def __init__(self) -> None:
        self.first_sentences = 2
        self.may_end = threading.Event()
        self.stopped = threading.Event()

    def write(self, question: str, tell: TellAnswer | None, stop: threading.Event | None) -> Answer:
        answer = make_written_answer(question, understood=f"{question} (compris)")
        assert tell is not None
        assert stop is not None
        for count in range(self.first_sentences + 1):
            tell(as_far_as(answer, count))
        while not self.may_end.wait(timeout=0.02):
            if stop.is_set():
                self.stopped.set()
                break
        return answer
