from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError
from rag.loaders import load
from rag.types import Document, Kind, Status
from tests.loaders.checks import anchors, check_document, unit_at, words, write


def point(number: str, text: str, *inside: str) -> str:
    return (
        f'<table><tbody><tr><td><p class="oj-normal">{number}</p></td>'
        f'<td><p class="oj-normal">{text}</p>{"".join(inside)}</td></tr></tbody></table>'
    )


NUMBER = 'n<span class="oj-super">o</span>&nbsp;3'
POWER = '10<span class="oj-super">25</span>'
HEADER = """<?xml version="1.0" encoding="UTF-8"?><html><body>
<table><tr><td><p class="oj-hd-lg">FR</p><p class="oj-hd-date">12.7.2024</p></td></tr></table>"""
MAIN = f"""<div class="eli-container"><div class="eli-main-title" id="tit_1">
<p class="oj-doc-ti">RÈGLEMENT (UE) 2024/1689 DU PARLEMENT EUROPÉEN ET DU CONSEIL</p>
<p class="oj-doc-ti">du 13&nbsp;juin 2024</p>
<p class="oj-doc-ti">établissant des règles (règlement d’essai)</p></div>
<div class="eli-subdivision" id="pbl_1"><p class="oj-normal">LE PARLEMENT EUROPÉEN,</p>
<div class="eli-subdivision" id="cit_1"><p class="oj-normal">vu l’avis <a id="ntc1"
 href="#ntr1-L"> (<span class="oj-super oj-note-tag">1</span>)</a>, et</p></div>
<div class="eli-subdivision" id="rct_1">{point("(1)", "Il convient d’agir.")}</div></div>
<div class="eli-subdivision" id="enc_1"><div id="cpt_III">
<p class="oj-ti-section-1">CHAPITRE III</p><div class="eli-title" id="cpt_III.tit_1">
<p class="oj-ti-section-2"><span class="oj-bold">HAUT RISQUE</span></p></div>
<div class="eli-subdivision" id="art_1"><p class="oj-ti-art">Article premier</p>
<div class="eli-title"><p class="oj-sti-art">Définitions</p></div>
<p class="oj-normal">On entend par:</p>{point("1)", f"«risque», le {NUMBER};")}
{point("2)", f"«seuil», {POWER}.")}</div>
<div class="eli-subdivision" id="art_5"><p class="oj-ti-art">Article 5</p>
<div class="eli-title"><p class="oj-sti-art">Pratiques</p></div>
<div id="005.001"><p class="oj-normal">1.&nbsp;&nbsp; Sont interdites:</p>
{point("a)", "la manipulation:", point("i)", "forte;"), point("ii)", "faible;"))}
{point("b)", "la note.")}<p class="oj-normal">Le point a) est sans préjudice.</p></div>
<div id="005.002"><p class="oj-normal">2. Le reste est permis.</p></div></div>
<div class="eli-subdivision" id="art_6"><p class="oj-ti-art">Article 6</p>
<p class="oj-normal">L’article 8 est modifié:</p><div><div id="008.005">
<p class="oj-normal">«5. Un texte cité.»</p></div></div></div></div></div>
<div class="eli-subdivision" id="fnp_1"><div class="oj-final">
<p class="oj-normal">Fait à Bruxelles.</p></div></div>
<hr class="oj-note"/><p class="oj-note">(1) JO C 517, p. 56.</p></div>"""
ANNEX = f"""<div class="eli-container" id="anx_III"><p class="oj-doc-ti">ANNEXE III</p>
<p class="oj-doc-ti">Systèmes</p><p class="oj-ti-grseq-1">Section A. Premiers</p>
{point("1.", "Santé:", point("a)", "appels d’urgence."))}{point("—", "un tiret")}
<p class="oj-ti-grseq-1">3. Gestion</p>{point("3.1.", "La demande.")}</div>"""
ACT = f"{HEADER}{MAIN}{ANNEX}</body></html>"


@pytest.fixture
def act(tmp_path: Path) -> Document:
    document = load(write(tmp_path, "fr.html", ACT))
    check_document(document)
    return document


def test_every_part_has_its_anchor(act: Document) -> None:
    assert anchors(act) == [
        "preambule", "rct_1", "art_1", "art_1.1", "art_1.2",
        "art_5", "art_5.1", "art_5.1.a", "art_5.1.a.i", "art_5.1.a.ii", "art_5.1.b", "art_5.2",
        "art_6", "formule-finale",
        "anx_III", "anx_III.A", "anx_III.A.1", "anx_III.A.1.a", "anx_III.A.3", "anx_III.A.3.1",
    ]  # fmt: skip


def test_parts_are_cited_as_lawyers_do(act: Document) -> None:
    labels = {unit.anchor: unit.label for unit in act.units}
    assert labels["art_1.2"] == "article premier, point 2)"
    assert labels["art_5.1.a.ii"] == "article 5, paragraphe 1, point a), ii)"
    assert labels["anx_III.A.1.a"] == "annexe III, section A, point 1, a)"
    assert labels["anx_III.A.3.1"] == "annexe III, section A, point 3.1"


def test_headings_go_from_the_chapter_down(act: Document) -> None:
    assert unit_at(act, "art_5.1.a").headings == (
        "CHAPITRE III — HAUT RISQUE", "Article 5 — Pratiques",
    )  # fmt: skip
    assert unit_at(act, "rct_1").headings == ("Considérants",)
    assert unit_at(act, "anx_III.A.1").headings == ("ANNEXE III — Systèmes", "Section A. Premiers")
    assert "\n\nArticle 5 — Pratiques\n\n1. Sont" in act.text


def test_paragraph_holds_its_points_and_what_follows_them(act: Document) -> None:
    assert words(act, "art_5.1") == (
        "1. Sont interdites:\na) la manipulation:\ni) forte;\nii) faible;\nb) la note."
        "\n\nLe point a) est sans préjudice."
    )
    assert words(act, "art_5.1.b") == "b) la note."


def test_superscripts_are_readable_and_notes_are_left_out(act: Document) -> None:
    assert words(act, "art_1.1") == "1) «risque», le n° 3;"
    assert words(act, "art_1.2").endswith("10²⁵.")
    assert words(act, "preambule").endswith("vu l’avis, et")
    assert "JO C 517" not in act.text


def test_quoted_paragraph_is_no_unit(act: Document) -> None:
    assert words(act, "art_6").endswith("«5. Un texte cité.»")


def test_metadata_come_from_the_header_and_the_title(act: Document) -> None:
    metadata = act.metadata
    assert metadata.id == "32024R1689"
    assert metadata.title == "Règlement (UE) 2024/1689 du 13 juin 2024 (règlement d’essai)"
    assert metadata.published == metadata.version_date == date(2024, 7, 12)
    assert (metadata.kind, metadata.status) == (Kind.REGULATION, Status.IN_FORCE)
    assert metadata.url == "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"


def test_english_version_has_an_id_of_its_own(tmp_path: Path) -> None:
    english = ACT.replace(">FR<", ">EN<").replace("Article premier", "Article 1")
    document = load(write(tmp_path, "en.html", english))
    assert document.id == "32024R1689-en"
    assert unit_at(document, "art_5.1.a").label == "Article 5(1), point a)"


def test_log_line_before_the_page_changes_nothing(act: Document, tmp_path: Path) -> None:
    dirty = load(write(tmp_path, "dirty.html", "Début de l'importation...\nStructure:\n" + ACT))
    assert (dirty.text, dirty.units) == (act.text, act.units)


def test_flat_markup_before_2023_gives_the_same_parts(tmp_path: Path) -> None:
    flat = f"""<html><body><table><tr><td><p class="hd-lg">FR</p></td></tr></table>
    <p class="doc-ti">DIRECTIVE 2014/90/UE DU PARLEMENT EUROPÉEN ET DU CONSEIL</p>
    <p class="normal">LE PARLEMENT EUROPÉEN,</p>{point("(1)", "Il convient.")}
    <p class="normal">ONT ADOPTÉ LA PRÉSENTE DIRECTIVE:</p>
    <p class="ti-section-1">CHAPITRE I</p><p class="ti-section-2">Objet</p>
    <p class="ti-art">Article premier</p><p class="sti-art">But</p>
    <p class="normal">1.   Un but.</p>{point("a)", "premier;")}<p class="normal">2.   Deux.</p>
    <div class="final"><p class="normal">Fait à Bruxelles.</p></div>
    <p class="doc-ti">ANNEXE I</p><p class="doc-ti">Liste</p>{point("1.", "Un.")}</body></html>"""
    document = load(write(tmp_path, "a.html", flat))
    check_document(document)
    assert document.id == "32014L0090"
    assert anchors(document) == [
        "preambule", "rct_1", "art_1", "art_1.1", "art_1.1.a", "art_1.2",
        "formule-finale", "anx_I", "anx_I.1",
    ]  # fmt: skip
    assert unit_at(document, "art_1.2").headings == ("CHAPITRE I — Objet", "Article premier — But")


def test_consolidated_markup_is_read_too(tmp_path: Path) -> None:
    consolidated = """<html><body><div class="eli-container"><div class="eli-main-title">
    <p>RÈGLEMENT (CE) n<span class="super">o</span> 300/2008 DU CONSEIL</p></div>
    <div class="eli-subdivision" id="art_6a"><p class="title-article-norm">Article 6 bis</p>
    <div class="eli-title"><p class="stitle-article-norm">Objet</p></div>
    <p class="modref">▼M1</p><div class="norm"><span class="no-parag">1.  </span>
    <div class="norm inline-element">Texte:<div class="grid-container grid-list">
    <div class="grid-list-column-1"><span>a) </span></div>
    <div class="grid-list-column-2"><p class="norm">un;</p></div></div></div></div></div></div>"""
    document = load(write(tmp_path, "a.html", consolidated))
    check_document(document)
    assert document.id == "32008R0300"
    assert anchors(document) == ["art_6a", "art_6a.1", "art_6a.1.a"]
    assert words(document, "art_6a") == "1. Texte:\na) un;"


def test_consolidated_text_is_dated_by_its_running_head(tmp_path: Path) -> None:
    consolidated = """<html><body><p class="reference">02024R1689 — FR — 27.07.2026 — 001.001</p>
    <p class="disclaimer">Ce texte constitue seulement un outil de documentation.</p>
    <div class="eli-container"><p class="arrow"><a class="modref">▼B</a></p>
    <div class="eli-main-title"><p class="title-doc-first">RÈGLEMENT (UE) 2024/1689</p></div>
    <div class="eli-subdivision" id="art_4"><p class="title-article-norm">Article 4</p>
    <p class="norm">Les fournisseurs ►M1 et les déployeurs ◄ prennent des mesures.</p>
    </div></div></body></html>"""
    document = load(write(tmp_path, "a.html", consolidated))
    assert document.id == "02024R1689-20260727"
    assert document.metadata.version_date == date(2026, 7, 27)
    assert document.metadata.language == "fr"
    assert words(document, "art_4") == "Les fournisseurs et les déployeurs prennent des mesures."


@settings(deadline=None)
@given(start=st.integers(0, len(ACT)), length=st.integers(0, 400))
def test_act_with_a_hole_is_loaded_soundly(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int
) -> None:
    holed = ACT[:start] + ACT[start + length :]
    path = write(tmp_path_factory.getbasetemp(), "troue.html", holed)
    with suppress(LoadError):
        document = load(path)
        check_document(document)
        assert load(path) == document
