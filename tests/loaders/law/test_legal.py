import pytest

from rag.loaders.law import legal
from rag.loaders.law.legal import Rank, Step

PARAGRAPH = (legal.article("5"), legal.paragraph("1"))
ANNEX = Step(rank=Rank.ANNEX, name="III", cited="III")


@pytest.mark.parametrize(
    ("path", "anchor", "french", "english"),
    [
        ((legal.article("26"), legal.paragraph("6")), "art_26.6",
         "article 26, paragraphe 6", "Article 26(6)"),
        ((*PARAGRAPH, legal.point("c)"), legal.point("i)")), "art_5.1.c.i",
         "article 5, paragraphe 1, point c), i)", "Article 5(1), point c)i)"),
        ((legal.article("3"), legal.point("4)")), "art_3.4",
         "article 3, point 4)", "Article 3, point 4)"),
        ((Step(rank=Rank.RECITAL, name="20", cited="20"),), "rct_20",
         "considérant 20", "recital 20"),
        ((ANNEX, legal.point("5."), legal.point("d)")), "anx_III.5.d",
         "annexe III, point 5, d)", "Annex III, point 5d)"),
        ((ANNEX, legal.annex_section("Section A. Liste"), legal.point("11.")), "anx_III.A.11",
         "annexe III, section A, point 11", "Annex III, Section A, point 11"),
        ((ANNEX, legal.annex_section("3. Système"), legal.point("3.1.", under="3")),
         "anx_III.3.1", "annexe III, point 3.1", "Annex III, point 3.1"),
        ((legal.alone(Rank.PREAMBLE),), "preambule", "préambule", "preamble"),
    ],
)  # fmt: skip
def test_reference_of_each_kind(
    path: tuple[Step, ...], anchor: str, french: str, english: str
) -> None:
    assert legal.anchor(path) == anchor
    assert legal.label(path, language="fr") == french
    assert legal.label(path, language="en") == english


def test_rule_of_the_medical_devices_regulation_stands_alone() -> None:
    rule = legal.annex_section("6.3. Règle 11", under="6")
    assert legal.anchor((ANNEX, legal.annex_section("6. Dispositifs actifs"), rule)) == "regle-11"
    assert legal.anchor((ANNEX, rule, legal.point("a)"))) == "regle-11.a"


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Article 5", "5"), ("Article 1er", "1"), ("Article 5-1 (abrogé)", "5-1"),
     ("Article L. 4001-3 — Information", "L4001-3"), ("Article 12 bis", "12bis")],
)  # fmt: skip
def test_article_is_read_in_a_heading(heading: str, name: str) -> None:
    step = legal.heading_article(heading)
    assert step
    assert step.name == name


@pytest.mark.parametrize("heading", ["Article 5 et suivants", "L’article 5", "Articles 5 à 7"])
def test_heading_about_an_article_names_none(heading: str) -> None:
    assert legal.heading_article(heading) is None


def test_slug_drops_accents_and_apostrophes() -> None:
    assert legal.slug("L’œuvre d’IA : à quoi sert-elle ?") == "l-oeuvre-d-ia-a-quoi-sert-elle"
    assert legal.slug("???") == "section"
