import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.loaders import load
from rag.types import Document
from tests.loaders.checks import Mark, anchors, check_document, make_pdf, unit_at, words, write

LEFT, COLUMNS, LETTER, LEADING = 60.0, 75, 6.0, 12.0
LONG = "Ce texte se répète pour remplir les lignes de la page du Journal officiel. " * 4


def centred(text: str) -> tuple[float, list[str]]:
    return LEFT + (COLUMNS - len(text)) / 2 * LETTER, [text]


def hanging(marker: str, text: str, *, indent: int = 0) -> list[tuple[float, list[str]]]:
    """Set a point: its number at ``indent`` letters from the border, its words four further."""
    lines = textwrap.wrap(text, COLUMNS - indent - 4)
    left = LEFT + indent * LETTER
    first = (left, [f"{marker:4}{lines[0]}"])
    return [first, *((left + 4 * LETTER, [line]) for line in lines[1:])]


def plain(text: str) -> tuple[float, list[str]]:
    return LEFT, textwrap.wrap(text, COLUMNS)


Block = tuple[float, list[str]] | list[tuple[float, list[str]]]


def page(*blocks: Block, number: int) -> list[Mark]:
    """Set blocks one under the other, with the header and the footer of the Journal."""
    return [
        *_body(blocks),
        (LEFT, 810.0, f"JO L du 12.7.2024 FR {number}" if number > 1 else "Journal officiel"),
        (LEFT, 798.0, "de l’Union européenne 2024/1689 12.7.2024" if number == 1 else ""),
        (LEFT, 20.0, f"ELI: http://data.europa.eu/eli/reg/2024/1689/oj {number}/4"),
    ]


def _body(blocks: tuple[Block, ...]) -> Iterator[Mark]:
    top = 740.0
    for block in blocks:
        for left, lines in block if isinstance(block, list) else [block]:
            for line in lines:
                yield left, top, line
                top -= LEADING
        top -= LEADING


PAGES = [
    page(
        centred("RÈGLEMENT (UE) 2024/1689 DU PARLEMENT EUROPÉEN ET DU CONSEIL"),
        centred("du 13 juin 2024"),
        centred("établissant des règles (règlement d’essai)"),
        plain("LE PARLEMENT EUROPÉEN,"),
        plain("considérant ce qui suit:"),
        hanging("(1)", f"Il convient d’agir, voir l’article 6. {LONG}"),
        hanging("(2)", f"Il convient de finir. {LONG}"),
        plain("ONT ADOPTÉ LE PRÉSENT RÈGLEMENT:"),
        number=1,
    ),
    page(
        centred("CHAPITRE I"),
        centred("DISPOSITIONS GÉNÉRALES"),
        centred("Article premier"),
        centred("Objet"),
        plain(f"1. Le règlement établit: {LONG}"),
        hanging("a)", f"des règles visées à {LONG}"),
        hanging("i)", "une forte;", indent=4) + hanging("ii)", LONG, indent=4),
        plain("Le premier alinéa, point a), est sans préjudice."),
        plain(f"2. Le reste suit, dans un texte qui continue {LONG} au-delà de la"),
        number=2,
    ),
    page(
        plain("page, jusqu’à sa fin."),
        centred("Article 2"),
        centred("Application"),
        plain(f"Il est applicable. {LONG}"),
        plain("Fait à Bruxelles, le 13 juin 2024."),
        number=3,
    ),
    page(
        centred("ANNEXE I"),
        centred("Liste"),
        centred("Section A. Premiers"),
        hanging("1.", f"Santé: {LONG}") + hanging("a)", "appels;", indent=4),
        hanging("2.", f"Transport. {LONG}"),
        number=4,
    ),
]


@pytest.fixture
def act(tmp_path: Path) -> Document:
    document = load(write(tmp_path, "fr.pdf", make_pdf(PAGES)))
    check_document(document)
    return document


def test_every_part_has_the_anchor_of_the_html(act: Document) -> None:
    assert anchors(act) == [
        "preambule", "rct_1", "rct_2", "art_1", "art_1.1", "art_1.1.a", "art_1.1.a.i",
        "art_1.1.a.ii", "art_1.2", "art_2", "formule-finale",
        "anx_I", "anx_I.A", "anx_I.A.1", "anx_I.A.1.a", "anx_I.A.2",
    ]  # fmt: skip


def test_titles_labels_and_metadata_are_those_of_the_html(act: Document) -> None:
    unit = unit_at(act, "art_1.1.a.i")
    assert unit.label == "article premier, paragraphe 1, point a), i)"
    assert unit.headings == ("CHAPITRE I — DISPOSITIONS GÉNÉRALES", "Article premier — Objet")
    assert act.id == "32024R1689"
    assert act.metadata.title.startswith("Règlement (UE) 2024/1689 du 13 juin 2024")
    assert act.metadata.published == date(2024, 7, 12)


def test_alinea_after_points_belongs_to_the_paragraph(act: Document) -> None:
    assert words(act, "art_1.1").endswith("\n\nLe premier alinéa, point a), est sans préjudice.")
    assert words(act, "art_1.1.a.i") == "i) une forte;"


def test_paragraph_over_two_pages_is_whole(act: Document) -> None:
    assert words(act, "art_1.2").endswith("au-delà de la page, jusqu’à sa fin.")
    assert "JO L" not in act.text
    assert "ELI:" not in act.text


def test_pages_are_located(act: Document) -> None:
    starts = {page.number: act.text[page.start :][:12] for page in act.pages}
    assert starts == {1: "RÈGLEMENT (U", 2: "CHAPITRE I —", 3: "page, jusqu’", 4: "ANNEXE I — L"}
