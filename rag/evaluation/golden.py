"""Golden questions: the whole chain, on the documents the user has indexed.

One JSON object a line: ``id``, ``question``, ``history``, ``answerable``, ``relevant`` (keys
``<document>#<anchor>`` or document ids, any one of which is enough) and, optionally,
``answer_span``, a verbatim key fact, and ``as_of``, the day whose law is asked for.

A question without an answer is met by an abstention, or by words that say that the point is not
settled or not known.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.answerers import is_unsettled
from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.evaluation.metrics import Rank, intervals, mean, percentiles, summarise
from rag.french.analysis import APOSTROPHES
from rag.pipeline import Assistant
from rag.register import Register
from rag.types import Answer, Hit, Progress

RECALL_DEPTH = 10
LEAST_COVERAGE = 0.5
"""Share of the question's terms that a passage holds when it speaks of the point asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenQuestion:
    """A labelled question."""

    id: str
    question: str
    answerable: bool
    relevant: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    answer_span: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    golden: GoldenQuestion
    answer: Answer
    verified: tuple[bool, ...]
    """For each sentence shown, whether its quote was found again in its version's text."""

    @property
    def rank(self) -> Rank:
        return first_relevant(self.answer.hits, self.golden.relevant)

    @property
    def is_unsettled(self) -> bool:
        """Whether the answer says that the point asked about, not another, is not settled."""
        near = {
            citation.n
            for citation in self.answer.citations
            if citation.hit.coverage >= LEAST_COVERAGE
        }
        return any(
            is_unsettled(sentence.text) and not near.isdisjoint(sentence.citations)
            for sentence in self.answer.sentences
        )

    @property
    def span_found(self) -> bool | None:
        if not (self.golden.answerable and self.golden.answer_span):
            return None
        quotes = " ".join(citation.quote for citation in self.answer.citations)
        return _normalise(self.golden.answer_span) in _normalise(quotes)


def evaluate_questions(
    settings: Settings, path: Path, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Ask every question of a file and measure hits, quotes and abstentions.

    Raises:
        ConfigurationError: the file is missing or not of the form above.
    """
    questions = read_questions(path)
    assistant = Assistant.open(settings, progress=progress)
    assistant.ask("Préparation de la mesure")  # loads the encoder, outside the timings
    outcomes = []
    for done, golden in enumerate(questions, start=1):
        answer = assistant.ask(golden.question, history=golden.history, as_of=golden.as_of)
        outcomes.append(_Outcome(golden, answer, _verified(answer, assistant.register)))
        if progress:
            progress("Questions", done, len(questions))
    return measure(outcomes)


def measure(outcomes: Sequence[_Outcome]) -> dict[str, Any]:
    """Sum up the outcomes; shares are between 0 and 1."""
    answerable = [outcome for outcome in outcomes if outcome.golden.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.golden.answerable]
    ranks = [outcome.rank for outcome in answerable]
    spans = [outcome.span_found for outcome in answerable if outcome.span_found is not None]
    return {
        "n": len(outcomes),
        "n_answerable": len(answerable),
        **summarise(ranks),
        "answer_span": mean(spans),
        "verified": mean([verified for outcome in outcomes for verified in outcome.verified]),
        "false_answers": mean(
            [not (outcome.answer.abstained or outcome.is_unsettled) for outcome in unanswerable]
        ),
        "false_refusals": mean([outcome.answer.abstained for outcome in answerable]),
        "latency_ms": percentiles([outcome.answer.timings_ms["total"] for outcome in outcomes]),
        "intervals": intervals(ranks),
        "questions": [_line(outcome) for outcome in outcomes],
    }


def read_questions(path: Path) -> list[GoldenQuestion]:
    """Read a file of golden questions.

    Raises:
        ConfigurationError: a line is not of the form above.
    """
    questions = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            record = json.loads(line)
            questions.append(
                GoldenQuestion(
                    id=record["id"],
                    question=record["question"],
                    answerable=record["answerable"],
                    relevant=tuple(record.get("relevant", ())),
                    history=tuple(record.get("history", ())),
                    answer_span=record.get("answer_span"),
                    as_of=date.fromisoformat(day) if (day := record.get("as_of")) else None,
                )
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(Problem.BAD_QUESTIONS, path=path, line=number) from error
    return questions


def first_relevant(hits: Sequence[Hit], relevant: Sequence[str]) -> Rank:
    """Rank the first relevant hit, from 1."""
    for rank, hit in enumerate(hits[:RECALL_DEPTH], start=1):
        if any(is_relevant(hit, key) for key in relevant):
            return rank
    return None


def is_relevant(hit: Hit, key: str) -> bool:
    """Tell whether a hit is the unit ``key``, lies under it, or explains it."""
    unit = f"{hit.passage.document}#{hit.passage.anchor}"
    return (
        unit == key
        or unit.startswith(f"{key}.")
        or hit.passage.document == key
        or key in hit.metadata.covers
    )


def _verified(answer: Answer, register: Register) -> tuple[bool, ...]:
    """Check each sentence against the register once more, apart from what the answer claims."""
    quotes = {
        citation.n: citation.quote
        for citation in answer.citations
        if register.version_text(citation.hit.version)[citation.start : citation.end]
        == citation.quote
    }
    return tuple(
        any(sentence.text in quotes.get(n, "") for n in sentence.citations)
        for sentence in answer.sentences
    )


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(Problem.BAD_QUESTIONS, path=path, line=0) from error
    return [line for line in text.splitlines() if line.strip()]


def _line(outcome: _Outcome) -> dict[str, Any]:
    return {
        "id": outcome.golden.id,
        "answerable": outcome.golden.answerable,
        "rank": outcome.rank,
        "abstained": outcome.answer.abstained,
        "unsettled": outcome.is_unsettled,
        "hits": [hit.passage.id for hit in outcome.answer.hits],
        "answer_span_found": outcome.span_found,
    }


def _normalise(text: str) -> str:
    """Level spaces and apostrophes."""
    return re.sub(r"\s+", " ", text.translate(APOSTROPHES)).strip().lower()
