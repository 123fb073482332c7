"""Answers exported, and the files opened again."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from rag.errors import ConfigurationError, Problem
from rag.exports import ExportFormat, Provenance, export, file_name, format_of, write_export
from rag.types import Answer, Filters, Kind, Sentence
from tests.exports.opened import markdown_text, markdown_tokens, open_word, pdf_text, word_text
from tests.exports.opened import squeezed as squeeze
from tests.ui.fake_assistant import (
    HOSTILE,
    make_abstention,
    make_answer,
    make_disagreeing_answer,
    make_fact_answer,
    make_partial_answer,
    make_superseded_answer,
)
from tests.ui.fake_hits import make_citation, make_hit, make_metadata

READERS: dict[ExportFormat, Callable[[bytes], str]] = {
    ExportFormat.DOCX: word_text,
    ExportFormat.PDF: pdf_text,
    ExportFormat.MARKDOWN: markdown_text,
}
SHA = "3f" * 32
QUOTE = (
    "1. Le déployeur\N{NARROW NO-BREAK SPACE}: « garde » l’historique – au moins 6 mois — "
    "si ≥\N{NO-BREAK SPACE}2 œuvres, β à 10⁻³ €…\n- premier *point* ;\n- second_point_ [x](y) & #1"
)
NASTY = (
    f"{HOSTILE} {'m' * 600} \u202erenversé\u202c \u200fعربي 日本 \x00\x07\x0b </w:t> ]]> &lt;\n"
    "# titre\n---\n===\n| a | b |\n|---|---|\n```\n<b>gras</b>\n    code\n~~non~~\n"
    "{nb} ![i](javascript:x) 1. un"
)


def made(answers: list[Answer], to: ExportFormat, provenance: Provenance) -> str:
    return READERS[to](export(answers, to=to, provenance=provenance))


def quoting(quote: str, **metadata: object) -> Answer:
    hit = make_hit(quote, metadata=make_metadata(**metadata))
    citation = make_citation(1, hit, quote, sha256=SHA)
    sentence = Sentence(text=quote, citations=(1,), verified=True, context=f"Article {HOSTILE}")
    return make_answer(citations=(citation,), sentences=(sentence,), hits=(hit,))


@pytest.mark.parametrize("to", ExportFormat)
def test_quote_hash_and_offsets_are_read_back(to: ExportFormat, provenance: Provenance):
    text = made([quoting(QUOTE)], to, provenance)
    assert squeeze(text).count(squeeze(QUOTE)) == 2  # in the answer, and whole in its source
    for proof in (SHA, f"caractères 1000 à {1000 + len(QUOTE)}", "n°\N{NO-BREAK SPACE}1 du reg"):
        assert squeeze(proof) in squeeze(text)


def test_word_keeps_a_quote_to_the_character(provenance: Provenance):
    file = open_word(export([quoting(QUOTE)], to=ExportFormat.DOCX, provenance=provenance))
    quotes = [one.text for one in file.paragraphs if one.style and one.style.name == "Quote"]
    assert quotes == [QUOTE]


@pytest.mark.parametrize("to", ExportFormat)
def test_an_officer_finds_what_to_file(to: ExportFormat, provenance: Provenance):
    answer = replace(
        make_fact_answer("combien de tps exactement ?"),
        understood="Combien de temps exactement ?",
        filters=Filters(kinds=(Kind.LAW,), publishers=("CNIL",)),
    )
    text = squeeze(made([answer], to, provenance))
    for told in (
        "combien de tps exactement ?",
        "Combien de temps exactement ?",
        "Loi, CNIL",
        "23 novembre 2026",
        "[Article 26 – Obligations incombant aux déployeurs]",
        "du droit national. [1]",
        "[1] Règlement (UE) 2024/1689, art. 26, § 6",
        "Union européenne",
        "12 juillet 2024",
        "JO L, 2024/1689, 12.7.2024",
        "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        "28 novembre 2026 à 21:04:05 (UTC+01:00)",
        "RadIAct 0.1.0",
        "radiact-minilm-fr",
        "un système d’intelligence artificielle",
        "ni un avis juridique ni un avis médical",
    ):
        assert squeeze(told) in text, told


@pytest.mark.parametrize("to", ExportFormat)
def test_abstention_gives_its_reason_and_the_nearest_passages(
    to: ExportFormat, provenance: Provenance
):
    answer = make_abstention("Que mange-t-on ?")
    text = squeeze(made([answer], to, provenance))
    assert squeeze(str(answer.reason)) in text
    assert squeeze("Aucun d’eux ne répond à la question") in text
    assert text.count(squeeze(answer.hits[0].passage.text)) == 3
    assert squeeze("SHA-256 du texte") not in text  # nothing is cited


@pytest.mark.parametrize("to", ExportFormat)
def test_what_an_answer_lacks_or_warns_of_is_kept(to: ExportFormat, provenance: Provenance):
    answers = [
        make_partial_answer("dosimètre ?"),
        make_disagreeing_answer("qui ?"),
        make_superseded_answer("ancien ?"),
    ]
    text = squeeze(made(answers, to, provenance))
    for told in (
        "Réponse partielle : les passages cités ne parlent pas de « dosimètre ».",
        "Attention : sources 1 et 2. Ces sources ne concordent pas :",
        "dit « six mois »",
        "Le texte de droit l’emporte",
        "Attention : sources 1 et 3. Ancien état du droit : modifié par le",
        "Source 4 : modifié par le",
        "Question 3",
        "Notice rédigée pour RadIAct, sans valeur juridique",
    ):
        assert squeeze(told) in text, told


@pytest.mark.parametrize("to", ExportFormat)
def test_unverified_sentence_is_said_to_be(to: ExportFormat, provenance: Provenance):
    answer = make_answer(sentences=(Sentence(text="Une phrase.", citations=(1,)),))
    assert squeeze("Une phrase. [1] (non vérifié)") in squeeze(made([answer], to, provenance))


@pytest.mark.parametrize("to", ExportFormat)
def test_answer_without_sentences_is_said_not_to_be_verified(
    to: ExportFormat, provenance: Provenance
):
    answer = make_answer(sentences=(), citations=(), hits=(), markdown="Une réponse libre.")
    text = squeeze(made([answer], to, provenance))
    assert squeeze("Une réponse libre. (non vérifié)") in text
    assert squeeze("Chaque citation est le texte") not in text


@pytest.mark.parametrize("to", ExportFormat)
def test_hostile_text_is_only_text(to: ExportFormat, provenance: Provenance):
    answer = replace(
        quoting(NASTY, title=NASTY, publisher=NASTY, url="javascript:alert(1)"), question=NASTY
    )
    text = made([answer], to, provenance)
    assert squeeze(HOSTILE) in squeeze(text)
    assert "m" * 600 in squeeze(text)
    assert not set(text) & set("\x00\x07\x0b\u202e\u202c")
    assert "javascript:alert" not in text


def test_markdown_of_a_hostile_text_has_no_html_and_no_link_of_its_own(provenance: Provenance):
    answer = replace(quoting(NASTY, title=NASTY, url="https://exemple.fr/>)<b>"), question=NASTY)
    content = export([answer], to=ExportFormat.MARKDOWN, provenance=provenance)
    tokens = markdown_tokens(content)
    kinds = {token.type for token in tokens}
    unsafe = {"html_block", "html_inline", "image", "code_block", "code_inline", "fence", "hr"}
    assert not kinds & (unsafe | {"table_open", "s_open", "ordered_list_open"})
    links = {token.attrs["href"] for token in tokens if token.type == "link_open"}
    assert links == {"https://exemple.fr/%3E)%3Cb%3E"}
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 1


def test_word_file_is_french_titled_and_numbered(provenance: Provenance):
    file = open_word(export([make_answer()], to=ExportFormat.DOCX, provenance=provenance))
    properties = file.core_properties
    assert properties.title == "Réponse de RadIAct, exportée le 28 novembre 2026"
    assert (properties.author, properties.language) == ("RadIAct 0.1.0", "fr-FR")
    assert 'w:lang w:val="fr-FR"' in file.styles.element.xml
    styles = [one.style.name for one in file.paragraphs if one.style]
    assert styles.count("Heading 3") == styles.count("Quote") == 2
    footer = file.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    marks = file.element.xpath("//w:hyperlink/@w:anchor")
    assert set(marks) <= set(file.element.xpath("//w:bookmarkStart/@w:name"))
    assert len(marks) == 2


def test_quote_of_an_english_text_is_marked_as_english(provenance: Provenance):
    answer = quoting("AI logs are kept.", language="en")
    file = open_word(export([answer], to=ExportFormat.DOCX, provenance=provenance))
    [quote] = [one for one in file.paragraphs if one.style and one.style.name == "Quote"]
    assert 'w:lang w:val="en-GB"' in quote._p.xml


def test_pdf_is_french_titled_bookmarked_and_numbered(provenance: Provenance):
    answers = [make_superseded_answer("ancien ?"), make_answer("autre ?")]
    content = export(answers, to=ExportFormat.PDF, provenance=provenance)
    file = pypdf.PdfReader(io.BytesIO(content))
    assert file.metadata
    assert file.metadata.title == "Conversation de RadIAct, exportée le 28 novembre 2026"
    assert file.root_object["/Lang"] == "fr-FR"
    titles = [one["/Title"] for one in file.outline if isinstance(one, dict)]
    assert titles == ["Question 1", "Question 2", "Provenance"]
    count = len(file.pages)
    assert count > 2
    for number, page in enumerate(file.pages, start=1):
        assert f"{number}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{count}" in page.extract_text()
    fonts = [font for page in file.pages for font in page["/Resources"]["/Font"].values()]
    assert all("DejaVu" in font.get_object()["/BaseFont"] for font in fonts)


def test_names_of_files_tell_nothing_of_what_was_asked():
    assert (
        file_name(3, date(2026, 1, 2), to=ExportFormat.PDF) == "radiact-2026-01-02-conversation.pdf"
    )


@pytest.mark.parametrize("name", ["réponse.odt", "réponse", "docx", "réponse.markdown"])
def test_other_formats_are_refused(name: str):
    with pytest.raises(ConfigurationError) as caught:
        format_of(Path(name))
    assert caught.value.problem is Problem.EXPORT_FORMAT


def test_answer_is_written_in_the_format_of_the_file(tmp_path: Path, provenance: Provenance):
    path = tmp_path / "réponse.MD"
    write_export(make_answer(), path, provenance=provenance)
    assert path.read_text("utf-8").startswith("# Réponse de RadIAct")


def test_file_that_cannot_be_written_is_said_to_be(tmp_path: Path, provenance: Provenance):
    with pytest.raises(ConfigurationError) as caught:
        write_export(make_answer(), tmp_path / "absent" / "a.pdf", provenance=provenance)
    assert caught.value.problem is Problem.EXPORT_FILE
