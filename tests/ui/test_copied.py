"""What is copied of an answer: its words, its references, and what it is."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

from rag.messages import NBSP
from rag.types import Kind, Sentence
from rag.ui import render
from rag.ui.copied import WHAT_IT_IS, copied, link
from rag.ui.turns import Turn
from tests.ui.fake_assistant import (
    HOSTILE,
    make_abstention,
    make_answer,
    make_notice_answer,
    make_partial_answer,
    make_superseded_answer,
)
from tests.ui.fake_hits import RETENTION_QUOTE, make_citation, make_hit, make_metadata


def copy_of(answer):
    return copied(Turn(number=1, question=answer.question, answer=answer), answer)


def test_words_come_with_their_marks_references_day_and_what_they_are():
    lines = copy_of(make_answer("Combien de temps ?")).text.split("\n\n")
    assert lines[0] == f"Question{NBSP}: Combien de temps{NBSP}?"
    assert lines[1] == "Droit au 23 novembre 2026."
    assert f"{RETENTION_QUOTE}{NBSP}[1]" in lines[2]
    references = lines[-2].split("\n")
    assert [line[:3] for line in references] == ["[1]", "[2]"]
    assert references[0].endswith(
        f"intelligence artificielle, article 26, paragraphe 6, page{NBSP}83, Union européenne, "
        "12 juillet 2024. https://eur-lex.europa.eu/eli/reg/2024/1689/oj/fra#art_26"
    )
    assert lines[-1] == WHAT_IT_IS


def test_warnings_and_what_is_missing_are_copied_too():
    assert "Attention" in copy_of(make_superseded_answer("q")).text
    assert copy_of(make_partial_answer("q")).paragraphs[0].startswith("Réponse partielle")


def test_reference_of_a_notice_says_that_it_has_no_legal_value():
    notice = make_metadata(id="notice", title="Notice", kind=Kind.NOTICE, publisher="RadIAct")
    cited = make_citation(1, make_hit(metadata=notice), RETENTION_QUOTE)
    answer = make_answer(citations=(cited,))
    assert "sans valeur juridique" in copy_of(answer).references[0].text


def test_abstention_is_copied_with_its_reason_and_no_reference():
    copy = copy_of(make_abstention("q"))
    assert "elle sort des textes indexés" in copy.text
    assert copy.references == ()


def test_hostile_text_is_copied_as_text_and_its_address_as_none():
    answer = make_notice_answer("q")
    assert HOSTILE in copy_of(answer).text
    rich = render.fragment("copied.html", copy=copy_of(answer))
    assert "<script" not in rich
    assert "javascript:alert(1)" in rich
    assert "<a" not in rich


def test_subject_is_copied_in_brackets():
    said = Sentence(text=RETENTION_QUOTE, citations=(1,), verified=True, context="Article 26")
    assert f"[Article 26] {RETENTION_QUOTE}" in copy_of(make_answer(sentences=(said,))).text


def test_link_asks_the_same_of_the_law_of_the_same_day():
    answer = make_answer("Combien ? & où", as_of=date(2025, 6, 1))
    assert parse_qs(link(answer)[1:]) == {"q": ["Combien ? & où"], "date": ["2025-06-01"]}
    completed = replace(answer, understood="Combien de temps ?")
    assert parse_qs(link(completed)[1:])["q"] == ["Combien de temps ?"]
