"""The words that lead to units, and the examples of questions to decline, that are shipped."""

import re
from collections import Counter
from pathlib import Path

import pytest

from rag.descriptions import Descriptions
from rag.loaders import load
from rag.loaders.metadata import read_yaml
from rag.out_of_scope import OutOfScope, Reason
from tests.conftest import REPOSITORY

DOCUMENTS = REPOSITORY / "documents"
OF_NOTICES = DOCUMENTS / "descriptions.yaml"
OF_ACTS = sorted(DOCUMENTS.glob("*/descriptions.yaml"))
EVERY = [OF_NOTICES, *OF_ACTS]
TO_DECLINE = DOCUMENTS / "hors-champ.yaml"
UNTIDY = re.compile(r"\s{2}|^\s|\s$|[\u2028\u200b]|�")


def read(path: Path) -> Descriptions:
    values = read_yaml(path.read_text(encoding="utf-8"), path=path)
    return Descriptions.parse({key: value for key, value in values.items() if key != "kind"})


def anchors(path: Path) -> set[str]:
    return {unit.anchor for unit in load(path).units}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.parent.name)
def test_phrases_are_tidy_and_said_once(path: Path) -> None:
    for unit, phrases in read(path).units.items():
        repeated = [one for one, times in Counter(phrases).items() if times > 1]
        assert repeated == [], unit
        assert [one for one in phrases if UNTIDY.search(one)] == [], unit


def test_described_sections_are_those_of_the_notices() -> None:
    notices = [load(path) for path in DOCUMENTS.rglob("*.md")]
    known = {f"{notice.id}#{unit.anchor}" for notice in notices for unit in notice.units}
    known |= {notice.id for notice in notices}
    assert set(read(OF_NOTICES).units) <= known


@pytest.mark.parametrize("path", OF_ACTS, ids=lambda path: path.parent.name)
def test_described_units_are_those_of_the_act(path: Path, corpus: Path) -> None:
    described = read(path)
    assert set(described.units) <= anchors(corpus / described.document / "fr.html")


def test_every_reason_to_decline_has_examples_said_once() -> None:
    values = read_yaml(TO_DECLINE.read_text(encoding="utf-8"), path=TO_DECLINE)
    phrases = OutOfScope.parse(
        {key: value for key, value in values.items() if key != "kind"}
    ).phrases
    assert set(phrases) == set(Reason)
    said = [phrase for examples in phrases.values() for phrase in examples]
    assert [one for one, times in Counter(said).items() if times > 1] == []
    assert min(len(examples) for examples in phrases.values()) >= 20
