from datetime import date

import pytest

from rag.messages import NBSP
from rag.types import Kind, Status
from rag.ui.sources import Authority, cards
from tests.ui.fake_assistant import (
    AMENDED,
    RETENTION,
    RETENTION_QUOTE,
    make_abstention,
    make_answer,
    make_citation,
    make_hit,
    make_metadata,
)


def card_of(**changes):
    citation = make_citation(1, make_hit(**changes), RETENTION_QUOTE)
    return cards(make_answer(citations=(citation,)))[0]


def test_card_tells_everything_about_the_passage():
    card = card_of()
    assert card.number == 1
    assert card.title.startswith("Règlement (UE) 2024/1689")
    assert (card.publisher, card.day, card.kind) == (
        "Union européenne",
        "12 juillet 2024",
        "Règlement",
    )
    assert card.reference == "article 26, paragraphe 6"
    assert card.page == f"page{NBSP}83"
    assert card.path[0].startswith("Chapitre III")
    assert card.score == "0,83"
    assert card.url == "https://eur-lex.europa.eu/eli/reg/2024/1689/oj/fra#art_26"


def test_card_splits_the_exact_passage_around_the_quote():
    card = card_of()
    assert card.quote == RETENTION_QUOTE
    assert card.before + card.quote + card.after == RETENTION


def test_quote_that_is_not_at_its_place_stands_alone():
    citation = make_citation(1, make_hit(), RETENTION_QUOTE, start=0, end=10)
    card = cards(make_answer(citations=(citation,)))[0]
    assert (card.before, card.quote, card.after) == ("", RETENTION_QUOTE, "")


def test_item_of_news_has_its_own_date():
    assert card_of(published=date(2026, 2, 1)).day == "1er février 2026"


def test_status_is_named():
    assert (card_of().status, card_of().is_in_force) == ("En vigueur", True)
    draft = make_metadata(status=Status.DRAFT, kind=Kind.GUIDELINES)
    assert (card_of(metadata=draft).status, card_of(metadata=draft).is_in_force) == (
        "Projet",
        False,
    )


def test_in_force_is_not_said_beside_a_caveat():
    assert card_of(caveats=(AMENDED,)).status == ""


@pytest.mark.parametrize(
    ("kind", "authority"),
    [
        (Kind.REGULATION, Authority.LAW),
        (Kind.LAW, Authority.LAW),
        (Kind.GUIDELINES, Authority.GUIDANCE),
        (Kind.GUIDE, Authority.GUIDANCE),
        (Kind.NEWS, Authority.COMMENTARY),
        (Kind.NOTICE, Authority.COMMENTARY),
    ],
)
def test_authority_comes_from_the_kind(kind, authority):
    assert card_of(metadata=make_metadata(kind=kind)).authority is authority


def test_only_a_notice_says_that_it_was_written_here():
    assert card_of().origin == ""
    notice = card_of(metadata=make_metadata(kind=Kind.NOTICE))
    assert notice.origin == "Notice rédigée pour RadIAct, sans valeur juridique"


def test_missing_metadata_leave_no_trace():
    bare = make_metadata(publisher="", url="", published=None, status=None)
    card = card_of(metadata=bare, page=None, headings=())
    assert (card.publisher, card.day, card.url, card.page, card.path) == ("", "", "", "", ())


def test_abstention_shows_the_three_nearest_passages_without_numbers():
    nearest = cards(make_abstention("cantine"))
    assert [card.reference for card in nearest] == ["article 1", "article 2", "article 3"]
    assert all(card.number is None and not card.quote for card in nearest)
