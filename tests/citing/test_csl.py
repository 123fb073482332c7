import json
from dataclasses import replace
from datetime import date

import pytest

from rag.citing import csl_json
from rag.types import Hit
from tests.citing.factories import AI_ACT, ALL, GUIDE, HOSTILE, NEWS, NOTICE, make_hit

TYPES = {"legislation", "report", "article-newspaper", "webpage"}
NAMES = {"author"}
DATES = {"issued", "accessed"}
TEXTS = {
    *("id", "type", "title", "title-short", "publisher", "genre", "container-title", "number"),
    *("section", "page", "URL", "language", "note"),
}
"""The variables used, by the form that the schema csl-data gives them; it admits no other."""


def read(hit: Hit) -> dict[str, object]:
    """Read a document of one item, and check it against the rules of the schema."""
    [item] = json.loads(csl_json(hit))
    assert item["type"] in TYPES
    for name, value in item.items():
        if name in DATES:
            assert list(value) == ["date-parts"]
            [[year, month, day]] = value["date-parts"]
            assert date(year, month, day)
        elif name in NAMES:
            assert all(list(one) == ["literal"] and one["literal"] for one in value)
        else:
            assert name in TEXTS
            assert isinstance(value, str)
            assert value
    return item


def test_act_is_legislation_with_its_identifiers():
    item = read(make_hit("article 26, paragraphe 6"))
    assert item["type"] == "legislation"
    assert item["number"] == "2024/1689"
    assert item["section"] == "art.\N{NO-BREAK SPACE}26, §\N{NO-BREAK SPACE}6"
    assert item["container-title"] == "Journal officiel de l’Union européenne"
    assert item["issued"] == {"date-parts": [[2024, 7, 12]]}
    assert item["note"].split("\n") == [
        "CELEX: 32024R1689",
        "ELI: http://data.europa.eu/eli/reg/2024/1689/oj",
        "JO: L, 2024/1689, 12.7.2024",
    ]


def test_act_without_a_day_or_an_address_says_nothing_of_them():
    item = read(make_hit("article 5", replace(AI_ACT, published=None, version_date=None, url="")))
    assert "issued" not in item
    assert item["note"] == "CELEX: 32024R1689"


@pytest.mark.parametrize(
    ("metadata", "kind"),
    [(GUIDE, "report"), (NEWS, "article-newspaper"), (NOTICE, "webpage")],
)
def test_other_texts_are_what_they_are(metadata, kind: str):
    assert read(make_hit("Une section", metadata))["type"] == kind


def test_notice_says_when_it_was_checked():
    assert read(make_hit("Une section", NOTICE))["accessed"] == {"date-parts": [[2026, 11, 23]]}


@pytest.mark.parametrize("metadata", ALL, ids=lambda one: one.id)
def test_hostile_text_stays_text(metadata):
    hostile = replace(metadata, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(1)")
    item = read(make_hit(HOSTILE, hostile))
    assert "URL" not in item
    assert "\x00" not in item["title"]
