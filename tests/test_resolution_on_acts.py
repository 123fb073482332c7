"""Hundreds of ways to name real units: the unit comes first, beside the notices that ship."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.config import Settings
from rag.loaders import load
from rag.pipeline import Assistant
from rag.types import Unit
from tests.conftest import REPOSITORY, HashingEncoder
from tests.factories import make_query
from tests.references.forms import forms

pytestmark = pytest.mark.slow

ACTS = {
    "32024R1689": ("", "règlement IA", "RIA", "AI Act", "règlement (UE) 2024/1689"),
    "32016R0679": ("RGPD", "GDPR", "règlement 2016/679", "règlement (UE) 2016/679"),
}
UNITS_OF_EACH = 60
FORMS_OF_EACH = 2


def open_with(documents: Path) -> Assistant:
    settings = Settings(data_dir=documents.parent / "data", documents_dir=documents)
    assistant = Assistant.open(settings, encoder=HashingEncoder())
    assert assistant.ingest().count("failed") == 0
    return assistant


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    documents = tmp_path_factory.mktemp("notices") / "documents"
    shutil.copytree(REPOSITORY / "documents", documents)
    return open_with(documents)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> Assistant:
    documents = tmp_path_factory.mktemp("actes") / "documents"
    shutil.copytree(REPOSITORY / "documents", documents)
    for act in ACTS:
        shutil.copy(corpus / act / "fr.html", documents / f"{act}.html")
    return open_with(documents)


def is_named(unit: Unit) -> bool:
    """Leave out what has no number: the preamble, a section known by its title."""
    steps = unit.anchor.split(".")
    return "_" in steps[0] and all(len(step) <= 4 for step in steps[1:])


def questions(corpus: Path) -> Iterator[tuple[str, str, Unit]]:
    chooser = random.Random(20261126)
    for act, names in ACTS.items():
        units = [unit for unit in load(corpus / act / "fr.html").units if is_named(unit)]
        for unit in chooser.sample(units, UNITS_OF_EACH):
            asked = list(forms(unit, act=chooser.choice(names), chooser=chooser))
            for question in chooser.sample(asked, min(FORMS_OF_EACH, len(asked))):
                yield question, act, unit


def test_unit_named_comes_first_in_every_form(assistant: Assistant, corpus: Path):
    asked = list(questions(corpus))
    missed = []
    for question, act, unit in asked:
        first = assistant.retriever.search(make_query(question))[0]
        key, found = f"{act}#{unit.anchor}", f"{first.passage.document}#{first.passage.anchor}"
        if not (found == key or found.startswith(f"{key}.")):
            missed.append(f"{question!r} {key}: {found}")
    assert len(asked) >= 200
    assert missed == []


OF_ACT = {"32024R1689": "", "32016R0679": " du RGPD", "32017R0745": " du MDR", "csp": ""}
BY_PREFIX = {
    "art_": "article {}",
    "rct_": "considérant {}",
    "anx_": "annexe {}",
    "regle-": "règle {}",
    "L": "article L. {}",
}


def test_unit_that_a_notice_covers_is_met_by_it_without_the_act(notices: Assistant):
    texts = [entry for entry in notices.register.entries() if "glossaire" not in entry.id]
    keys = sorted({key for entry in texts for key in entry.metadata.covers if "#" in key})
    for key in keys:
        act, _, anchor = key.partition("#")
        prefix = next(prefix for prefix in BY_PREFIX if anchor.startswith(prefix))
        question = BY_PREFIX[prefix].format(anchor.removeprefix(prefix)) + OF_ACT[act]
        first = notices.retriever.search(make_query(question))[0]
        assert key in first.metadata.covers, question
    assert len(keys) > 50


def test_narrowed_point_is_a_verbatim_part_of_its_version(assistant: Assistant):
    answer = assistant.ask("annexe III point 5 d")
    first = answer.hits[0]
    text = assistant.register.version_text(first.version)
    assert (first.passage.anchor, first.passage.label) == (
        "anx_III.5.d",
        "annexe III, point 5, d)",
    )
    assert text[first.passage.start : first.passage.end] == first.passage.text
    assert [citation.hit.passage.anchor for citation in answer.citations] == [
        "anx_III.5",
        "anx_III.5.d",
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Que dit l’article 214 du règlement IA ?",
            "L’article 214 n’existe pas dans le règlement (UE) 2024/1689 (règlement IA), "
            "qui compte 113 articles.",
        ),
        (
            "article 26 paragraphe 14",
            "L’article 26 du règlement (UE) 2024/1689 (règlement IA) n’a que 12 paragraphes.",
        ),
        (
            "considérant 174 du RGPD",
            "Le considérant 174 n’existe pas dans le règlement (UE) 2016/679 (RGPD), "
            "qui compte 173 considérants.",
        ),
    ],
)
def test_unit_that_does_not_exist_is_said_not_to(assistant: Assistant, question: str, said: str):
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.reason == said
