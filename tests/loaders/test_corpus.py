"""Real documents that nobody here wrote: EUR-Lex, Légifrance, CNIL, a news page."""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rag.errors import LoadError, Problem
from rag.loaders import load
from rag.types import Document, Kind, Unit
from tests.loaders.checks import anchors, check_document, unit_at, words

read = cache(load)

ACTS = [
    ("32024R1689/fr.html", "32024R1689", {"art": 113, "rct": 180, "anx": 13}),
    ("32024R1689/fr-dirty.html", "32024R1689", {"art": 113, "rct": 180, "anx": 13}),
    ("32024R1689/en.html", "32024R1689-en", {"art": 113, "rct": 180, "anx": 13}),
    ("32024R1689/fr.pdf", "32024R1689", {"art": 113, "rct": 180, "anx": 13}),
    ("32016R0679/fr.html", "32016R0679", {"art": 99, "rct": 173}),
    ("32016R0679/en.html", "32016R0679-en", {"art": 99, "rct": 173}),
    ("32016R0679/fr.pdf", "32016R0679", {"art": 99, "rct": 173}),
]


@pytest.mark.parametrize(("name", "identifier", "counts"), ACTS)
def test_act_has_all_its_parts(
    corpus: Path, name: str, identifier: str, counts: dict[str, int]
) -> None:
    document = read(corpus / name)
    check_document(document)
    assert document.id == identifier
    top = Counter(u.anchor.split("_")[0] for u in document.units if u.parent is None)
    assert top == counts | {"preambule": 1, "formule-finale": 1}


@pytest.mark.parametrize("celex", ["32024R1689", "32016R0679"])
def test_french_and_english_have_the_same_anchors(corpus: Path, celex: str) -> None:
    french, english = read(corpus / celex / "fr.html"), read(corpus / celex / "en.html")
    assert anchors(french) == anchors(english)


@pytest.mark.parametrize("celex", ["32024R1689", "32016R0679"])
def test_pdf_says_what_html_says(corpus: Path, celex: str) -> None:
    html, pdf = read(corpus / celex / "fr.html"), read(corpus / celex / "fr.pdf")
    assert anchors(html) == anchors(pdf)
    pairs = list(zip(html.units, pdf.units, strict=True))
    assert all((a.label, a.headings, a.parent) == (b.label, b.headings, b.parent) for a, b in pairs)
    differ = [a.anchor for a, b in pairs if squeezed(html, a) != squeezed(pdf, b)]
    assert set(differ) <= {"formule-finale"}  # signatures stand side by side on the page


def squeezed(document: Document, unit: Unit) -> str:
    return re.sub(r"\s", "", document.text[unit.start : unit.end])


@pytest.mark.parametrize(("celex", "pages"), [("32024R1689", 144), ("32016R0679", 126)])
def test_pages_are_where_their_units_are_printed(corpus: Path, celex: str, pages: int) -> None:
    document = read(corpus / celex / "fr.pdf")
    numbers = [page.number for page in document.pages]
    assert len(numbers) >= pages - 2  # the last pages of the second one hold footnotes only
    assert numbers == sorted(set(numbers))
    if celex == "32024R1689":
        start = unit_at(document, "art_51").start
        assert max(page.number for page in document.pages if page.start <= start) == 83


@pytest.mark.parametrize(
    ("anchor", "label", "begins"),
    [
        (
            "art_26.6",
            "article 26, paragraphe 6",
            "6. Les déployeurs de systèmes d’IA à haut risque",
        ),
        ("art_14.4.b", "article 14, paragraphe 4, point b)", "b) d’avoir conscience"),
        ("art_5.1.c.i", "article 5, paragraphe 1, point c), i)", "i) le traitement préjudiciable"),
        ("art_3.4", "article 3, point 4)", "4) «déployeur», une personne physique"),
        ("rct_20", "considérant 20", "(20) Afin de tirer le meilleur parti"),
        ("anx_III.5.d", "annexe III, point 5, d)", "d) systèmes d'IA destinés à évaluer"),
        ("anx_I.A.11", "annexe I, section A, point 11", "11. Règlement (UE) 2017/745"),
        ("anx_VII.3.1.a", "annexe VII, point 3.1, a)", "a) le nom et l'adresse du fournisseur"),
    ],
)
def test_parts_that_radiologists_ask_for(
    corpus: Path, anchor: str, label: str, begins: str
) -> None:
    document = read(corpus / "32024R1689" / "fr.html")
    assert unit_at(document, anchor).label == label
    assert words(document, anchor).startswith(begins)


def test_ai_act_headings_and_metadata(corpus: Path) -> None:
    document = read(corpus / "32024R1689" / "fr.html")
    chapter, section, article = unit_at(document, "art_26.6").headings
    assert chapter == "CHAPITRE III — SYSTÈMES D’IA À HAUT RISQUE"
    assert section.startswith("SECTION 3 — Obligations incombant aux fournisseurs")
    assert article == (
        "Article 26 — Obligations incombant aux déployeurs de systèmes d’IA à haut risque"
    )
    assert document.metadata.published == date(2024, 7, 12)
    assert "(CE) n° 300/2008" in document.text
    assert "10²⁵" in words(document, "art_51.2")


def test_data_protection_law_has_articles(corpus: Path) -> None:
    document = read(corpus / "loi-78-17" / "loi-78-17.md")
    check_document(document)
    assert document.id == "loi-78-17"
    assert document.metadata.kind is Kind.LAW
    assert unit_at(document, "art_5").label == "article 5"
    assert words(document, "art_5").startswith("Un traitement de données à caractère personnel")


def test_news_page_has_one_undated_item_and_seven_dated_ones(corpus: Path) -> None:
    document = read(corpus / "actualites" / "thema-radiologie-4090.txt")
    check_document(document)
    assert document.id == "thema-radiologie-4090"
    assert document.metadata.publisher == "Thema Radiologie"
    assert document.metadata.kind is Kind.NEWS
    assert [unit.published for unit in document.units] == [
        None, date(2025, 10, 8), date(2025, 10, 7), date(2025, 10, 4), date(2025, 8, 28),
        date(2025, 8, 22), date(2025, 7, 29), date(2025, 7, 21),
    ]  # fmt: skip
    assert "Microsoft" not in words(document, document.units[0].anchor)
    assert "Inscrivez-vous" not in document.text


@pytest.mark.parametrize(
    "name", ["cnil-en-bref-2023.pdf", "guide-securite-2023.pdf", "six-etapes.pdf"]
)
def test_ordinary_pdf_is_read_by_page(corpus: Path, name: str) -> None:
    document = read(corpus / "cnil" / name)
    check_document(document)
    assert all(unit.anchor.startswith("page-") for unit in document.units)
    assert document.metadata.language == "fr"


def test_compound_broken_at_a_line_end_keeps_its_hyphen(corpus: Path) -> None:
    document = read(corpus / "cnil" / "guide-securite-2023.pdf")
    assert "soustraitant" not in document.text
    assert "aux sous-traitants" in document.text


def test_cover_without_text_is_refused(corpus: Path) -> None:
    with pytest.raises(LoadError) as caught:
        load(corpus / "cnil" / "couverture-sans-texte.pdf")
    assert caught.value.problem is Problem.NO_TEXT
