import re
from dataclasses import replace

import pytest

from rag.citing import bibtex
from rag.types import Hit
from tests.citing.factories import AI_ACT, ALL, GUIDE, HOSTILE, NEWS, make_hit

FIELD = re.compile(r"\s*(\w+) = ")


def parse(entry: str) -> tuple[str, str, dict[str, str]]:
    """Read an entry as BibTeX does: braces are counted, even behind a backslash."""
    head = re.match(r"@(\w+)\{([^,\s{}]+),", entry)
    assert head
    fields: dict[str, str] = {}
    place = head.end()
    while match := FIELD.match(entry, place):
        end = _end(entry, match.end())
        fields[match[1]] = entry[match.end() : end]
        assert entry[end] == ","
        place = end + 1
    assert entry[place:].strip() == "}"
    return head[1], head[2], fields


def _end(entry: str, place: int) -> int:
    """Find where a value ends: the brace that closes it, or the end of a bare word."""
    depth = 0
    for end in range(place, len(entry)):
        depth += (entry[end] == "{") - (entry[end] == "}")
        if depth == 0 and entry[end + 1] == ",":
            return end + 1
    raise AssertionError(f"unbalanced: {entry[place:]}")


def test_act_is_given_with_its_journal_and_identifiers():
    kind, key, fields = parse(bibtex(make_hit("article 26, paragraphe 6")))
    assert (kind, key) == ("misc", "32024R1689:art_26.6")
    assert fields["title"].startswith("{{Règlement (UE) 2024/1689 du 13 juin 2024")
    assert fields["howpublished"] == "{JO L, 2024/1689, 12.7.2024}"
    assert (fields["year"], fields["month"], fields["day"]) == ("{2024}", "jul", "{12}")
    note = "{art.~26, §~6; CELEX 32024R1689; ELI http://data.europa.eu/eli/reg/2024/1689/oj}"
    assert fields["note"] == note
    assert fields["url"] == "{https://eur-lex.europa.eu/eli/reg/2024/1689/oj}"


def test_guide_is_a_report_and_an_item_of_news_an_article():
    kind, _, fields = parse(bibtex(make_hit("page 12", GUIDE, page=12)))
    assert (kind, fields["type"], fields["pages"]) == ("techreport", "{Guide}", "{12}")
    assert fields["institution"] == "{Haute Autorité de santé (HAS)}"
    kind, _, fields = parse(bibtex(make_hit("actualité sans date", NEWS, anchor="actualite-x")))
    assert (kind, fields["journal"]) == ("article", "{Thema Radiologie}")
    assert "year" not in fields


@pytest.mark.parametrize("metadata", ALL, ids=lambda one: one.id)
def test_hostile_text_neither_ends_an_entry_nor_is_a_command(metadata):
    hostile = replace(
        metadata, title=HOSTILE, publisher=HOSTILE, url="https://exemple.fr/{}\\^ <b>%20#a"
    )
    entry = bibtex(make_hit(HOSTILE, hostile, anchor="a,b{c}"))
    _, key, fields = parse(entry)
    assert re.fullmatch(r"[\w:.-]+", key)
    assert "\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}" in fields["title"]
    assert not re.search(r"(?<!\\)[%&#$_]", fields["title"])
    assert fields["url"] == "{https://exemple.fr/%7B%7D%5C%5E%20%3Cb%3E%20#a}"


def test_reference_of_an_older_act_names_its_issue():
    gdpr = replace(AI_ACT, id="32016R0679")
    _, _, fields = parse(bibtex(make_hit("article 5", gdpr)))
    assert fields["howpublished"] == "{JO L 119 du 4.5.2016, p. 1}"


def test_entries_of_two_units_have_two_keys():
    one: Hit = make_hit("article 5", anchor="art_5")
    assert parse(bibtex(one))[1] != parse(bibtex(make_hit("article 6", anchor="art_6")))[1]
