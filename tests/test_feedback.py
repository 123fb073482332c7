"""What readers think of answers, as the register keeps it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from rag.citations import text_sha256
from rag.pipeline.feedback import to_feedback
from rag.register import Register
from rag.types import Answer, Citation, QuotedSource, Verdict
from tests.factories import make_document, make_hit, make_passage, make_query

TEXT = "Les journaux sont gardés six mois."


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return Register(f"sqlite:///{tmp_path / 'register.sqlite'}")


def make_answer(question: str = "Combien de temps ?") -> Answer:
    citation = Citation(
        n=1, hit=make_hit(TEXT), quote=TEXT, start=0, end=len(TEXT), sha256=text_sha256(TEXT)
    )
    query = make_query(question)
    return Answer(
        question=question,
        markdown=TEXT,
        as_of=query.as_of,
        mode="extractive",
        citations=(citation,),
    )


def judged(key: str, verdict: Verdict = Verdict.USEFUL, comment: str = "", **changes: str):
    return to_feedback(make_answer(**changes), key=key, verdict=verdict, comment=comment)


def test_verdict_comes_back_with_its_question_day_and_quotes(register: Register) -> None:
    before = datetime.now(UTC)
    given = judged("a", Verdict.INACCURATE, "  C’est cinq ans.\n")
    register.feedback.record(given)
    assert register.feedback.all() == [given]
    assert before <= given.given_at <= datetime.now(UTC)
    assert given.comment == "C’est cinq ans."
    assert given.citations == (QuotedSource(document="essai", anchor="un", version=1, quote=TEXT),)


def test_second_verdict_on_an_answer_replaces_the_first(register: Register) -> None:
    register.feedback.record(judged("a", comment="Bien."))
    register.feedback.record(judged("b", question="Qui ?"))
    register.feedback.record(judged("a", Verdict.UNSUITABLE_SOURCE))
    given = {(one.key, one.verdict, one.comment) for one in register.feedback.all()}
    assert given == {("a", Verdict.UNSUITABLE_SOURCE, ""), ("b", Verdict.USEFUL, "")}


def test_verdict_changes_nothing_that_answers(register: Register) -> None:
    register.save(make_document(TEXT), [make_passage(TEXT)], sha256="1")
    revision = register.revision()
    register.feedback.record(judged("a"))
    assert register.revision() == revision


def test_register_made_before_gets_the_table(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    Register(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE feedback"))
    engine.dispose()
    register = Register(url)
    register.feedback.record(judged("a"))
    assert len(register.feedback.all()) == 1
