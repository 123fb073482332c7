"""The project's own questions on the official texts say where their answers stand."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from benchmarks.quality import DOCUMENTS, own_files
from rag.evaluation.golden import read_questions
from rag.french.analysis import APOSTROPHES
from rag.loaders import load
from tests.conftest import REPOSITORY


@cache
def units(corpus: Path) -> Mapping[str, str]:
    """The text of each unit of what these questions are asked of, by key; wholes by id."""
    outside = [corpus / name for name in DOCUMENTS]
    notices = sorted((REPOSITORY / "documents").rglob("*.md"))
    known = {}
    for document in map(load, [*outside, *notices]):
        for key in (document.id, *document.metadata.covers):
            known.setdefault(key, plain(document.text))
        for unit in document.units:
            known[f"{document.id}#{unit.anchor}"] = plain(document.text[unit.start : unit.end])
    return known


def plain(text: str) -> str:
    return " ".join(text.translate(APOSTROPHES).split())


@pytest.mark.parametrize("path", own_files(official=True), ids=lambda path: path.stem)
def test_answers_stand_in_the_units_expected(path: Path, corpus: Path) -> None:
    known = units(corpus)
    for question in read_questions(path):
        assert set(question.relevant) <= set(known), question.id
        span = plain(question.answer_span or "")
        assert any(span in known[key] for key in question.relevant), question.id
