"""Ask golden questions: the whole chain, on the documents the user has indexed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rag.answerers import is_unsettled
from rag.config import Settings
from rag.evaluation.causes import cause_of
from rag.evaluation.golden import (
    GoldenQuestion,
    first_relevant,
    is_relevant,
    read_questions,
    states,
)
from rag.evaluation.lines import Line, Run, sum_up
from rag.pipeline import Assistant
from rag.register import Register
from rag.types import Answer, Progress
from rag.verification import read_atoms

LEAST_COVERAGE = 0.5
"""Share of the question's terms that a passage holds when it speaks of the point asked about."""


def evaluate_questions(settings: Settings, path: Path, *, progress: Progress | None = None) -> Run:
    """Ask every question of a file and measure hits, quotes and abstentions.

    Raises:
        ConfigurationError: the file is missing or not of the form of ``rag.evaluation.golden``.
    """
    questions = read_questions(path)
    if progress:
        progress("Ouverture des index", 0, 0)
    assistant = Assistant.open(settings, progress=progress)
    return sum_up(ask_questions(assistant, questions, progress=progress))


def ask_questions(
    assistant: Assistant,
    questions: Sequence[GoldenQuestion],
    *,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> list[Line]:
    """Ask questions, on a day where they name none; give a line of each, as a run holds them."""
    assistant.ask("Préparation de la mesure")  # loads the encoder, outside the timings
    lines = []
    for done, golden in enumerate(questions, start=1):
        answer = assistant.ask(golden.question, history=golden.history, as_of=golden.as_of or as_of)
        lines.append(_line(golden, answer, _verified(answer, assistant.register)))
        if progress:
            progress("Questions", done, len(questions))
    return lines


def _line(golden: GoldenQuestion, answer: Answer, verified: int) -> Line:
    line: dict[str, Any] = {
        "id": golden.id,
        "question": golden.question,
        "answerable": golden.answerable,
        "relevant": list(golden.relevant),
        "rank": first_relevant(answer.hits, golden.relevant),
        "abstained": answer.abstained,
        "reason": answer.reason,
        "unsettled": _is_unsettled(answer),
        "confidence": answer.confidence,
        "hits": [hit.passage.id for hit in answer.hits],
        "answer_span_found": _is_span_found(golden, answer),
        "fact_told": _is_fact_told(golden, answer),
        "cited": _relevance(golden, answer),
        "written": answer.is_written,
        "quotes": [citation.quote for citation in answer.citations],
        "sentences": len(answer.sentences),
        "verified": verified,
        "latency_ms": answer.timings_ms["total"],
    }
    return {**line, "cause": cause_of(line)}


def _is_unsettled(answer: Answer) -> bool:
    """Tell whether the answer says that the point asked about, not another, is not settled."""
    near = {citation.n for citation in answer.citations if citation.hit.coverage >= LEAST_COVERAGE}
    return any(
        is_unsettled(sentence.text) and not near.isdisjoint(sentence.citations)
        for sentence in answer.sentences
    )


def _is_span_found(golden: GoldenQuestion, answer: Answer) -> bool | None:
    if not (golden.answerable and golden.answer_span):
        return None
    quotes = " ".join(citation.quote for citation in answer.citations)
    return states(quotes, golden.answer_span)


def _is_fact_told(golden: GoldenQuestion, answer: Answer) -> bool | None:
    """Tell whether the sentences that a reader sees hold the key fact, in whatever form."""
    if not (golden.answerable and golden.answer_span):
        return None
    told = " ".join(sentence.text for sentence in answer.sentences if sentence.verified)
    facts = read_atoms(golden.answer_span)
    if states(told, golden.answer_span):
        return True
    known = read_atoms(told)
    return bool(facts) and all(any(fact.is_borne_out_by(one) for one in known) for fact in facts)


def _relevance(golden: GoldenQuestion, answer: Answer) -> list[bool]:
    """Tell of each citation of a question that has an answer whether it is of a relevant unit."""
    if not golden.answerable:
        return []
    return [
        any(is_relevant(citation.hit, key) for key in golden.relevant)
        for citation in answer.citations
    ]


def _verified(answer: Answer, register: Register) -> int:
    """Check each sentence against the register once more, apart from what the answer claims.

    Returns:
        How many sentences lie in a quote that was found again in its version's text; of those that
        a language model wrote, how many were verified and cite nothing but such quotes.
    """
    quotes = {
        citation.n: citation.quote
        for citation in answer.citations
        if register.version_text(citation.hit.version)[citation.start : citation.end]
        == citation.quote
    }
    if answer.is_written:
        return sum(
            sentence.verified and set(sentence.citations) <= quotes.keys()
            for sentence in answer.sentences
        )
    return sum(
        any(sentence.text in quotes.get(n, "") for n in sentence.citations)
        for sentence in answer.sentences
    )
