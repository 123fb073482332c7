"""Check the golden questions of each group of notices against the notices."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rag.french.analysis import APOSTROPHES
from tests.documents.notice import Notice

LEAST_QUESTIONS = 10

Question = Mapping[str, Any]


def group(notice: Notice, *, documents: Path) -> str:
    """Name the question file of a notice: ``reglement-ia/cadre`` → ``reglement-ia-cadre``."""
    return "-".join(notice.path.parent.relative_to(documents).parts)


def read_questions(path: Path) -> list[Question]:
    """Read a file, one JSON object a line; a file that is not there holds none."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [json.loads(line) for line in lines if line.strip()]


def too_few(questions: Sequence[Question], notices: Sequence[Notice]) -> Iterator[str]:
    """A group has enough questions whose key fact some notice states."""
    stated = [question for question in questions if _notices_stating(question, notices)]
    if len(stated) < LEAST_QUESTIONS:
        yield f"{len(stated)} questions dont la réponse est dans une notice, il en faut dix"


def lost_answers(questions: Sequence[Question], notices: Sequence[Notice]) -> Iterator[str]:
    """The key fact stands, verbatim, in a notice that the question gives as relevant."""
    for question in questions:
        span = question.get("answer_span")
        if span and not _relevant(question, _notices_stating(question, notices)):
            yield f"{question['id']} : « {span} » n’est dans aucune notice attendue"


def lost_keys(questions: Sequence[Question], notices: Sequence[Notice]) -> Iterator[str]:
    """Each relevant key is a notice's id or is covered by one."""
    known = {key for notice in notices for key in (notice.id, *notice.covers)}
    for question in questions:
        for key in question["relevant"]:
            if key not in known:
                yield f"{question['id']} : {key} n’est couvert par aucune notice"


def _notices_stating(question: Question, notices: Sequence[Notice]) -> list[Notice]:
    span = _normalise(question.get("answer_span") or "")
    return [notice for notice in notices if span and span in _normalise(notice.body)]


def _relevant(question: Question, notices: Sequence[Notice]) -> list[Notice]:
    keys = set(question["relevant"])
    return [notice for notice in notices if keys & {notice.id, *notice.covers}]


@cache
def _normalise(text: str) -> str:
    return " ".join(text.translate(APOSTROPHES).split())
