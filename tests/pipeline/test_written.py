"""What the assistant gives of an answer that a language model writes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event

import pytest

from rag.config import Settings
from rag.errors import LanguageModelError, Problem
from rag.pipeline import Assistant
from rag.remarks import stand_in
from rag.serialization import answer_to_json
from rag.types import (
    EXTRACTIVE,
    WRITTEN,
    Answer,
    Check,
    Claim,
    Contradiction,
    Draft,
    Filters,
    Finding,
    Hit,
    Kind,
    Query,
    Settlement,
    Support,
    TellDraft,
    WrittenSentence,
)
from tests.conftest import HashingEncoder
from tests.factories import write_notice

QUESTION = "Combien de mois le déployeur garde-t-il les journaux ?"
QUOTE = "Le déployeur garde les journaux six mois."
GOOD = Finding(done=(Check.FIGURE, Check.MEANING))
BAD = Finding(done=(Check.DATE,), failed=(Check.DATE,), words=("2 août 2027",))
LEFT_OUT = "1\N{NO-BREAK SPACE}phrase non vérifiée n’est pas montrée."


@dataclass
class Writer:
    """Writes some sentences from the passage that holds the quote, telling of each."""

    findings: Sequence[Finding]
    contradicts: bool = False
    stop: Event | None = None

    def draft(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        tell: TellDraft | None = None,
        stop: Event | None = None,
    ) -> Draft:
        self.stop = stop
        hit = next(hit for hit in hits if QUOTE in hit.passage.text)
        start = hit.passage.start + hit.passage.text.index(QUOTE)
        support = Support(hit=hit, start=start, end=start + len(QUOTE))
        written = tuple(
            WrittenSentence(text=f"Phrase *{n}*.", finding=finding, supports=(support,))
            for n, finding in enumerate(self.findings, start=1)
        )
        claims = tuple(
            Claim(sentence=n, words="", passage=hit.passage, metadata=hit.metadata) for n in (0, 1)
        )
        between = Contradiction(claims=claims, settlement=Settlement.OPEN)
        for count in range(len(written)):
            if tell:
                tell(Draft(written=written[:count], mode=WRITTEN))
        return Draft(
            written=written, mode=WRITTEN, contradictions=(between,) if self.contradicts else ()
        )


class Failing:
    """Cannot write, and says so."""

    def draft(self, query: Query, hits: tuple[Hit, ...], **_: object) -> Draft:
        return Draft(
            reason="Rien.", mode=EXTRACTIVE, failure=LanguageModelError(Problem.LLM_NO_ANSWER)
        )


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    write_notice(settings.documents_dir, "journaux", QUOTE)
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def writing(assistant: Assistant, *findings: Finding, **options: bool) -> Assistant:
    return replace(assistant, answerer=Writer(findings, **options))


def test_answer_tells_what_is_verified_and_counts_the_rest(assistant: Assistant) -> None:
    answer = writing(assistant, GOOD, BAD, GOOD).ask(QUESTION)
    assert answer.markdown == r"Phrase \*1\*. [1] Phrase \*3\*. [1]" + f"\n\n{LEFT_OUT}"
    assert answer.is_written
    assert [citation.quote for citation in answer.citations] == [QUOTE]
    assert (answer.count_verified, len(answer.left_out)) == (2, 1)


def test_answer_that_is_wholly_verified_says_nothing_more(assistant: Assistant) -> None:
    assert writing(assistant, GOOD).ask(QUESTION).markdown == r"Phrase \*1\*. [1]"


def test_answer_without_a_verified_sentence_is_none(assistant: Assistant) -> None:
    answer = writing(assistant, BAD).ask(QUESTION)
    assert answer.abstained
    assert answer.markdown == ""
    assert answer.share_verified == 0


def test_answer_is_told_as_it_is_written_and_verified(assistant: Assistant) -> None:
    told: list[Answer] = []
    whole = writing(assistant, GOOD, BAD, GOOD).ask(QUESTION, tell=told.append)
    assert [len(answer.sentences) for answer in told] == [0, 1, 2]
    assert [answer.abstained for answer in told] == [True, False, False]
    assert told[2].sentences == whole.sentences[:2]
    assert told[1].citations == whole.citations
    assert told[1].hits == whole.hits


def test_who_writes_is_given_what_stops_it(assistant: Assistant) -> None:
    asked, stop = writing(assistant, GOOD), Event()
    asked.ask(QUESTION, stop=stop)
    assert isinstance(asked.answerer, Writer)
    assert asked.answerer.stop is stop


def test_quotes_are_not_told_before_the_end(assistant: Assistant) -> None:
    told: list[Answer] = []
    assert assistant.ask(QUESTION, tell=told.append).mode == EXTRACTIVE
    assert told == []


def test_contradiction_with_what_is_left_out_is_not_told(assistant: Assistant) -> None:
    assert writing(assistant, GOOD, GOOD, contradicts=True).ask(QUESTION).contradictions
    assert not writing(assistant, GOOD, BAD, contradicts=True).ask(QUESTION).contradictions


def test_written_answer_under_filters_has_no_reason(assistant: Assistant) -> None:
    filters = Filters(kinds=(Kind.NOTICE,))
    assert writing(assistant, GOOD).ask(QUESTION, filters=filters).reason is None


def test_json_tells_what_was_checked(assistant: Assistant) -> None:
    corrected = replace(GOOD, corrected=True)
    answer = writing(assistant, corrected, BAD, GOOD).ask(QUESTION)
    form = json.loads(json.dumps(answer_to_json(answer)))
    assert (form["mode"], form["notice"], form["share_verified"]) == ("llm", None, 0.6667)
    assert [one["checks"] for one in form["sentences"][:2]] == [
        {"done": ["figure", "meaning"], "failed": [], "words": [], "corrected": True},
        {"done": ["date"], "failed": ["date"], "words": ["2 août 2027"], "corrected": False},
    ]
    assert [one["citations"] for one in form["sentences"]] == [[1], [], [1]]


def test_json_of_quotes_has_no_checks(assistant: Assistant) -> None:
    form = answer_to_json(assistant.ask(QUESTION))
    assert form["share_verified"] == 1
    assert {one["checks"] for one in form["sentences"]} == {None}


def test_why_no_model_wrote_is_told_beside_the_answer(assistant: Assistant) -> None:
    answer = replace(assistant, answerer=Failing()).ask(QUESTION)
    assert stand_in(answer) == answer_to_json(answer)["notice"]
    assert "n’a pas trouvé de réponse" in stand_in(answer)
    assert "modèle" not in answer.markdown
