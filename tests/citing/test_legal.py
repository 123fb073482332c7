from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.citing import legal_reference, safe_url
from rag.loaders import load
from rag.types import Hit, Kind, Metadata
from tests.citing.factories import AI_ACT, GUIDE, HOSTILE, NEWS, NOTICE, make_hit

GDPR = replace(
    AI_ACT,
    id="32016R0679",
    title="Règlement (UE) 2016/679 du 27 avril 2016 (règlement général sur la protection…)",
    published=date(2016, 5, 4),
)
CODE = Metadata(
    id="csp-l4001-3", title="Code de la santé publique, article L. 4001-3", kind=Kind.LAW
)
LAW = Metadata(
    id="loi-78-17",
    title="Loi n° 78-17 du 6 janvier 1978 relative à l’informatique, aux fichiers et aux libertés",
    kind=Kind.LAW,
)


def written(hit: Hit) -> str:
    """Give the reference with plain spaces."""
    return legal_reference(hit).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("label", "reference"),
    [
        ("article 26, paragraphe 6", "art. 26, § 6"),
        ("article 26", "art. 26"),
        ("article premier, paragraphe 1", "art. 1er, § 1"),
        ("article 9, paragraphe 2, point h)", "art. 9, § 2, h)"),
        ("article 13, paragraphe 3, point b), i)", "art. 13, § 3, b), i)"),
        ("article 3, point 63)", "art. 3, point 63)"),
        ("considérant 20", "considérant 20"),
        ("annexe III, point 5, d)", "annexe III, point 5, d)"),
        ("annexe VIII, section A, point 11", "annexe VIII, section A, point 11"),
        ("préambule", "préambule"),
    ],
)
def test_unit_of_an_act_is_written_as_jurists_do(label: str, reference: str):
    assert written(make_hit(label)) == f"Règlement (UE) 2024/1689, {reference}"


def test_sign_is_bound_to_its_number():
    reference = legal_reference(make_hit("article 26, paragraphe 6"))
    assert reference.endswith("art.\N{NO-BREAK SPACE}26, §\N{NO-BREAK SPACE}6")


def test_act_known_by_an_acronym_is_called_by_it_too():
    hit = make_hit("article 9, paragraphe 2, point h)", GDPR)
    assert written(hit) == "Règlement (UE) 2016/679 (RGPD), art. 9, § 2, h)"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Règlement d’exécution (UE) 2021/2226 de", "Règlement d’exécution (UE) 2021/2226"),
        ("Règlement (CE) n° 1907/2006 du Parlement", "Règlement (CE) n° 1907/2006"),
        ("Directive 95/46/CE du Parlement européen", "Directive 95/46/CE"),
        ("Un titre sans numéro", "Règlement (UE) 2022/2065"),
    ],
)
def test_name_of_an_act_is_what_its_title_begins_with(title: str, name: str):
    act = replace(AI_ACT, id="32022R2065", title=title)
    assert written(make_hit("article 5", act)) == f"{name}, art. 5"


def test_consolidated_and_foreign_texts_say_so():
    state = replace(AI_ACT, id="02024R1689-20260727", title="Règlement (UE) 2024/1689, consolidé")
    assert written(make_hit("article 6", state)) == (
        "Règlement (UE) 2024/1689, version consolidée au 27 juillet 2026, art. 6"
    )
    english = replace(AI_ACT, id="32024R1689-en", title="Regulation (EU) 2024/1689", language="en")
    assert written(make_hit("Article 13(3), point (b)(i)", english)) == (
        "Règlement (UE) 2024/1689, art. 13, § 3, b), i), en anglais"
    )
    assert "considérant 4, en anglais" in written(make_hit("recital 4", english))
    assert "annexe III, point 5, d), en" in written(make_hit("Annex III, point 5(d)", english))


@pytest.mark.parametrize("label", ["article L4001-3", "Article L. 4001-3", "texte"])
def test_article_of_a_code_is_cited_once(label: str):
    assert written(make_hit(label, CODE)) == "Code de la santé publique, art. L. 4001-3"


def test_french_law_is_cited_by_its_number_and_day():
    name = "Loi n° 78-17 du 6 janvier 1978"
    assert written(make_hit("article 5-1", LAW)) == f"{name}, art. 5-1"
    part = make_hit("1° Informations", LAW, headings=("Article 8 (abrogé)", "1° Informations"))
    assert written(part) == f"{name}, art. 8, « 1° Informations »"


def test_notice_says_that_it_is_no_law_and_when_it_was_checked():
    assert written(make_hit("Qui informe « le patient » ?", NOTICE)) == (
        "RadIAct, « Informer le patient », notice sans valeur juridique, "
        "vérifiée le 23 novembre 2026, section « Qui informe “le patient” ? », "
        "au sujet de https://www.legifrance.gouv.fr/"
    )


def test_guide_in_pages_is_cited_by_its_page():
    assert written(make_hit("page 12", GUIDE, page=12)) == (
        "Haute Autorité de santé (HAS), « Premières clefs d’usage de l’IA générative en santé », "
        "guide, 30 octobre 2025, p. 12, https://www.has-sante.fr/jcms/p_3703115/"
    )


def test_item_of_news_has_its_own_day():
    item = make_hit(
        "actualité du 7 octobre 2025",
        NEWS,
        anchor="actualite-2025-10-07",
        published=date(2025, 10, 7),
    )
    assert written(item) == (
        "Thema Radiologie, « Actualités — Thema Radiologie », actualité, 7 octobre 2025"
    )
    undated = make_hit("actualité sans date", NEWS, anchor="actualite-sans-date")
    assert written(undated).endswith("actualité, sans date")


def test_hostile_title_stays_on_one_line_and_dangerous_address_is_left_out():
    hostile = replace(GUIDE, title=HOSTILE, url="javascript:alert(1)")
    reference = legal_reference(make_hit(HOSTILE, hostile))
    assert reference.isprintable() or "\N{NO-BREAK SPACE}" in reference
    assert not set(reference) & set("\x00\u202e\n")
    assert "javascript" not in reference


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//host", "file:///etc/passwd", "http://[", ""],
)
def test_only_web_addresses_are_followed(url: str):
    assert safe_url(url) == ""


def test_web_addresses_are_kept():
    assert safe_url("http://exemple.fr/a?b=c") == "http://exemple.fr/a?b=c"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "anchor", "reference"),
    [
        ("32024R1689/fr.html", "art_26.6", "Règlement (UE) 2024/1689, art. 26, § 6"),
        ("32024R1689/fr.html", "anx_III.5.d", "Règlement (UE) 2024/1689, annexe III, point 5, d)"),
        ("32024R1689/en.html", "rct_20", "Règlement (UE) 2024/1689, considérant 20, en anglais"),
        ("32016R0679/fr.html", "art_9.2.h", "Règlement (UE) 2016/679 (RGPD), art. 9, § 2, h)"),
    ],
)
def test_real_acts_are_cited_from_what_is_read_of_them(
    corpus: Path, path: str, anchor: str, reference: str
):
    document = load(corpus / path)
    unit = next(one for one in document.units if one.anchor == anchor)
    assert written(make_hit(unit.label, document.metadata, anchor=anchor)) == reference
