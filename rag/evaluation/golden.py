"""Golden questions: labelled by people with the units that answer them.

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

from rag.errors import ConfigurationError, Problem
from rag.evaluation.metrics import Rank
from rag.french.analysis import APOSTROPHES
from rag.types import Hit, Metadata, Passage

RECALL_DEPTH = 10


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
    """Tell whether a hit is the unit ``key``, lies under it, or explains it.

    The same words in another document count as well.
    """
    same = ((twin.passage, twin.metadata) for twin in hit.twins)
    return any(
        concerns(passage, metadata, key)
        for passage, metadata in ((hit.passage, hit.metadata), *same)
    )


def states(text: str, span: str) -> bool:
    """Tell whether a text holds a key fact, whatever its spaces, apostrophes and capitals.

    >>> states("Le déployeur conserve  l’avis.", "conserve l'avis")
    True
    """
    return _level(span) in _level(text)


def _level(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(APOSTROPHES)).strip().lower()


def concerns(passage: Passage, metadata: Metadata, key: str) -> bool:
    """Tell whether a passage is the unit ``key``, lies under it, or explains it."""
    unit = f"{passage.document}#{passage.anchor}"
    return (
        unit == key
        or unit.startswith(f"{key}.")
        or passage.document == key
        or key in metadata.covers
    )


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(Problem.BAD_QUESTIONS, path=path, line=0) from error
    return [line for line in text.splitlines() if line.strip()]
