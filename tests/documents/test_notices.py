"""The notices that are shipped, ``documents/``, keep to ``docs/ecrire-une-notice.md``."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.quality import own_files
from rag.loaders.metadata import read_yaml
from tests.conftest import REPOSITORY
from tests.documents import covers, deadlines, form, questions
from tests.documents.notice import Notice

DOCUMENTS = REPOSITORY / "documents"
QUESTIONS = REPOSITORY / "benchmarks" / "questions"
FEWEST, MOST = 50, 80

TEXTS = [Notice.read(path) for path in sorted(DOCUMENTS.rglob("*.md"))]
NOTICES = [text for text in TEXTS if not text.is_glossary]
GROUPS = sorted({questions.group(notice, documents=DOCUMENTS) for notice in NOTICES})

Check = Callable[[Notice], Iterator[str]]
OF_EVERY_TEXT: list[Check] = [
    form.front_matter,
    form.has_covers,
    form.dates_in_order,
    form.typography,
    form.named_subjects,
    form.links,
    covers.known_covers,
    deadlines.possible_dates,
    deadlines.superseded_deadlines,
]
OF_NOTICES: list[Check] = [form.structure, form.length, form.first_sentence]
"""A glossary is a list of terms, of any length and without a first sentence."""


def problems(check: Check, texts: list[Notice]) -> str:
    found = [
        f"{text.path.relative_to(DOCUMENTS)} : {problem}"
        for text in texts
        for problem in check(text)
    ]
    return "\n".join(found)


@pytest.mark.parametrize("check", OF_EVERY_TEXT, ids=lambda check: check.__name__)
def test_every_text_passes(check: Check) -> None:
    assert problems(check, TEXTS) == ""


@pytest.mark.parametrize("check", OF_NOTICES, ids=lambda check: check.__name__)
def test_every_notice_passes(check: Check) -> None:
    assert problems(check, NOTICES) == ""


def test_notices_are_neither_too_few_nor_too_many() -> None:
    assert FEWEST <= len(NOTICES) <= MOST


def test_ids_are_unique() -> None:
    assert list(form.unique_ids(TEXTS)) == []


def test_what_is_asked_about_is_covered() -> None:
    assert list(covers.uncovered(NOTICES)) == []


def test_amendments_send_to_notices_that_exist() -> None:
    path = DOCUMENTS / "amendments.yaml"
    registry = read_yaml(path.read_text(encoding="utf-8"), path=path)
    assert list(covers.lost_references(registry, NOTICES)) == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_golden_questions(group: str) -> None:
    asked = questions.read_questions(QUESTIONS / f"{group}.jsonl")
    assert list(questions.too_few(asked, NOTICES)) == []


@pytest.mark.parametrize("path", own_files(official=False), ids=lambda path: path.stem)
def test_golden_questions_hold(path: Path) -> None:
    asked = questions.read_questions(path)
    assert list(questions.lost_answers(asked, TEXTS)) == []
    assert list(questions.lost_keys(asked, TEXTS)) == []


def test_golden_questions_have_unique_ids() -> None:
    files = map(questions.read_questions, QUESTIONS.glob("*.jsonl"))
    ids = [question["id"] for asked in files for question in asked]
    assert len(set(ids)) == len(ids)
