"""Which title a question asks about as a whole."""

import numpy as np
import pytest

from rag.french.overviews import asks_overview
from rag.register import StoredPassage
from rag.titles import Titles
from rag.types import Kind, Metadata
from tests.factories import make_passage

ACT, OTHER = "32024R1689", "32016R0679"
METADATA = {
    ACT: Metadata(id=ACT, title="Règlement IA", kind=Kind.REGULATION),
    OTHER: Metadata(id=OTHER, title="RGPD", kind=Kind.REGULATION),
    "notice": Metadata(
        id="notice",
        title="Les obligations des déployeurs, article 26",
        kind=Kind.NOTICE,
        covers=(f"{ACT}#art_26",),
    ),
}
PASSAGES = [
    (f"{ACT}#art_1.1", "Article premier — Objet"),
    (f"{ACT}#art_1.2", "Article premier — Objet"),
    (f"{ACT}#art_26.1", "Article 26 — Obligations incombant aux déployeurs"),
    (f"{ACT}#art_26.2", "Article 26 — Obligations incombant aux déployeurs"),
    (f"{ACT}#art_99.1", "Article 99 — Sanctions"),
    (f"{OTHER}#art_84.1", "Article 84 — Sanctions"),
    ("notice#introduction", ""),
    ("notice#quand", "Quand surveiller ?"),
]
STORED = [
    StoredPassage(passage=make_passage("Un texte.", id=id, headings=(heading,)), version=1)
    for id, heading in PASSAGES
]


def likest(question: str, *acts: str) -> list[str]:
    scores = Titles.of(STORED, METADATA).scores(question, lambda term: 1.0, acts=acts)
    order = np.argsort(-scores, kind="stable")
    return [STORED[index].passage.id for index in order if scores[index] > 0]


def test_opening_of_each_text_and_article_is_found_by_its_title() -> None:
    assert likest("Quelles sont les obligations du déployeur ?") == [
        "notice#introduction",
        f"{ACT}#art_26.1",
    ]


def test_titles_of_another_act_than_the_one_named_count_for_nothing() -> None:
    question = "Quelles sont les sanctions prévues par l’AI Act ?"
    assert likest(question) == [f"{ACT}#art_99.1", f"{OTHER}#art_84.1"]
    assert likest(question, ACT) == [f"{ACT}#art_99.1"]


def test_act_asked_about_as_a_whole_is_found_by_its_subject() -> None:
    assert likest("Qu’est-ce que le règlement IA ?", ACT) == [f"{ACT}#art_1.2"]
    assert likest("Qu’est-ce que le règlement IA ?") == []


@pytest.mark.parametrize(
    "question",
    [
        "Qui paie les sanctions ?",
        "Quelles sont les doses d’un scanner thoracique chez l’enfant ?",
        "Quelles sont les ?",
    ],
)
def test_question_that_no_title_is_like_finds_none(question: str) -> None:
    assert likest(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "obligations du déployeur",
        "c’est quoi la garantie humaine ?",
        "Qu’est-ce que l’AIDF ?",
        "quelle est la liste des pratiques interdites",
        "que prévoit le règlement sur la transparence ?",
        "résume l’article 50",
    ],
)
def test_overviews_are_asked_for_in_many_ways(question: str) -> None:
    assert asks_overview(question)


@pytest.mark.parametrize(
    "question",
    ["Dois-je informer le patient ?", "qui signe le compte rendu", "Combien de temps les garder ?"],
)
def test_one_rule_is_no_overview(question: str) -> None:
    assert not asks_overview(question)
