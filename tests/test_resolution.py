"""References meet small acts and notices of our own, on a real temporary Chroma."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.types import Answer, Document, Hit, Kind, Metadata, Unit
from tests.conftest import HashingEncoder
from tests.factories import make_document

TODAY = date(2026, 11, 24)
AI_ACT, GDPR = "32024R1689", "32016R0679"

ARTICLES = {
    "art_14.4": "4. La personne chargée du contrôle peut:\na) comprendre;\nb) agir;\nc) arrêter.",
    "art_26.1": "1. Le déployeur suit la notice d’utilisation.",
    "art_26.2": "2. Le déployeur confie le contrôle humain à des personnes formées.",
    "art_26.3": "3. Le déployeur veille aux données d’entrée.",
    "art_26.4": "4. Le déployeur surveille le fonctionnement.",
    "art_26.5": "5. Le déployeur informe les travailleurs.",
    "art_26.6": "6. Le déployeur conserve les journaux pendant au moins six mois.",
}
REGISTRY = """
acts:
  - {id: 32024R1689, name: règlement (UE) 2024/1689 (règlement IA), from: 2024-07-12}
  - {id: 32026R1744, name: omnibus numérique, from: 2026-07-24}
amendments:
  - {unit: 32024R1689#art_26.6, by: 32026R1744, from: 2026-07-27, note: un an.}
"""


def make_act(id: str, articles: dict[str, str], *, day: date = date(2024, 7, 12)) -> Document:
    text, units = "", []
    for anchor, words in articles.items():
        label = f"article {anchor.removeprefix('art_').replace('.', ', paragraphe ')}"
        units.append(Unit(anchor=anchor, label=label, start=len(text), end=len(text) + len(words)))
        text += f"{words}\n\n"
    document = make_document(text, *units, id=id)
    metadata = Metadata(id=id, title=id, kind=Kind.REGULATION, published=day, version_date=day)
    return replace(document, metadata=metadata)


def make_notice(id: str, body: str, *covers: str) -> Document:
    document = make_document(body, id=id)
    return replace(document, metadata=replace(document.metadata, covers=covers))


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    return Assistant.open(settings, encoder=encoder)


@pytest.fixture
def with_act(assistant: Assistant) -> Assistant:
    assistant.index([make_act(AI_ACT, ARTICLES)])
    return assistant


def add_registry(assistant: Assistant) -> None:
    path = Path(assistant.settings.documents_dir) / "amendments.yaml"
    path.write_text(REGISTRY, encoding="utf-8")
    assistant.ingest([path])


def named(answer: Answer) -> list[str]:
    return [hit.passage.id for hit in answer.hits if hit.reference]


def first(answer: Answer) -> Hit:
    return answer.hits[0]


def quotes(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences]


def test_paragraph_named_comes_first_and_is_quoted_whole(with_act: Assistant):
    answer = with_act.ask("que dit l'art 26 §6 ?", as_of=TODAY)
    assert first(answer).passage.anchor == "art_26.6"
    assert (first(answer).score, first(answer).reference) == (1.0, "art 26 §6")
    assert quotes(answer) == [ARTICLES["art_26.6"]]


def test_spaces_and_loose_accents_change_nothing(with_act: Assistant):
    typed = unicodedata.normalize("NFD", " Que  prévoit l’article\u00a026,\nparagraphe 6 ?")
    assert quotes(with_act.ask(typed, as_of=TODAY)) == [ARTICLES["art_26.6"]]


def test_article_named_is_quoted_from_its_beginning(with_act: Assistant):
    answer = with_act.ask("article 26", as_of=TODAY)
    assert named(answer) == [f"{AI_ACT}#art_26.{n}" for n in (1, 2, 3)]
    assert [hit.passage.anchor for hit in answer.hits[3:6]] == ["art_26.4", "art_26.5", "art_26.6"]
    assert quotes(answer) == [ARTICLES[f"art_26.{n}"] for n in (1, 2, 3)]


def test_question_about_an_article_is_answered_by_its_best_sentence(with_act: Assistant):
    answer = with_act.ask("article 26 : combien de temps conserver les journaux", as_of=TODAY)
    assert first(answer).passage.anchor == "art_26.6"
    assert "six mois" in quotes(answer)[0]


def test_point_inside_a_passage_is_a_hit_of_its_own_with_its_lead_in(with_act: Assistant):
    answer = with_act.ask("article 14.4.b", as_of=TODAY)
    assert first(answer).passage.id == f"{AI_ACT}#art_14.4.b"
    assert first(answer).passage.text == "b) agir;"
    assert quotes(answer) == ["4. La personne chargée du contrôle peut:", "b) agir;"]


def test_two_points_of_one_passage_are_both_given(with_act: Assistant):
    answer = with_act.ask("article 14, paragraphe 4, points a) et c)", as_of=TODAY)
    assert named(answer) == [f"{AI_ACT}#art_14.4.a", f"{AI_ACT}#art_14.4.c"]


def test_act_of_the_conversation_is_meant(with_act: Assistant):
    with_act.index([make_act(GDPR, {"art_26.1": "1. Deux responsables s’accordent."})])
    assert first(with_act.ask("article 26", as_of=TODAY)).passage.document == AI_ACT
    history = ["Que demande le RGPD ?"]
    answer = with_act.ask("article 26", history=history, as_of=TODAY)
    assert first(answer).passage.document == GDPR


def test_only_act_that_has_the_unit_is_meant(with_act: Assistant):
    with_act.index([make_act(GDPR, {"art_35.1": "1. Le responsable analyse l’impact."})])
    assert first(with_act.ask("article 35", as_of=TODAY)).passage.id == f"{GDPR}#art_35.1"


def test_state_of_the_day_comes_first(with_act: Assistant):
    add_registry(with_act)
    consolidated = {"art_26.6": "6. Le déployeur conserve les journaux pendant un an."}
    with_act.index(
        [make_act("02024R1689-20260727", consolidated, day=date(2026, 7, 27))],
    )
    today = with_act.ask("article 26 paragraphe 6", as_of=TODAY)
    assert quotes(today) == list(consolidated.values())
    before = with_act.ask("article 26 paragraphe 6", as_of=date(2025, 6, 1))
    assert quotes(before) == [ARTICLES["art_26.6"]]


def test_notice_on_the_present_state_answers_for_the_former_text_named(with_act: Assistant):
    add_registry(with_act)
    notice = make_notice("journaux", "Les journaux se gardent un an.", f"{AI_ACT}#art_26.6")
    metadata = replace(notice.metadata, version_date=TODAY)
    with_act.index([replace(notice, metadata=metadata)])
    answer = with_act.ask("article 26 paragraphe 6", as_of=TODAY)
    assert named(answer) == [f"{AI_ACT}#art_26.6", "journaux#texte"]
    assert [hit.is_superseded for hit in answer.hits[:2]] == [True, False]
    assert answer.hits[1].instead_of == f"{AI_ACT}#art_26.6"
    assert quotes(answer) == ["Les journaux se gardent un an."]


def test_paragraph_added_by_an_amendment_is_met_by_the_notice_that_names_it(with_act: Assistant):
    add_registry(with_act)
    notice = make_notice("ajout", "L’article 26, paragraphe 13, est nouveau.", f"{AI_ACT}#art_26")
    with_act.index([notice])
    assert named(with_act.ask("article 26 §13", as_of=TODAY)) == ["ajout#texte"]
    part = with_act.ask("article 26, paragraphe 6, point a)", as_of=TODAY)
    assert first(part).passage.anchor == "art_26.6"


def test_notice_that_covers_or_names_the_unit_comes_first_without_the_act(assistant: Assistant):
    assistant.index(
        [
            make_notice("autre", "Une autre notice sur l’article et le paragraphe.", AI_ACT),
            make_notice("nomme", "Voir l’article 26, paragraphe 6, du règlement IA."),
            make_notice("couvre", "Les journaux sont gardés six mois.", f"{AI_ACT}#art_26.6"),
            make_notice("patient", "Le patient est informé.", "csp#L4001-3"),
            make_notice("logiciel", "Un logiciel est au moins IIa.", "32017R0745#regle-11"),
            make_notice("acte", "Le règlement a treize chapitres.", AI_ACT, f"{AI_ACT}#art_1"),
        ]
    )
    asked = assistant.ask("art. 26(6)", as_of=TODAY)
    assert named(asked) == ["couvre#texte", "nomme#texte"]
    assert first(assistant.ask("L4001-3", as_of=TODAY)).passage.document == "patient"
    assert first(assistant.ask("regle 11 du MDR", as_of=TODAY)).passage.document == "logiciel"
    assert first(assistant.ask("règlement 2024/1689", as_of=TODAY)).reference


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (
            "l'article 214",
            "L’article 214 n’existe pas dans le règlement (UE) 2024/1689 (règlement IA), "
            "qui compte 113 articles.",
        ),
        (
            "Que dit l’annexe XVIII du MDR ?",
            "L’annexe XVIII n’existe pas dans le règlement (UE) 2017/745 (MDR), "
            "qui compte 17 annexes.",
        ),
        (
            "règle 30 du MDR",
            "La règle 30 n’existe pas dans le règlement (UE) 2017/745 (MDR), "
            "qui compte 22 règles de classification.",
        ),
        (
            "article 26 paragraphe 9",
            "L’article 26 du règlement (UE) 2024/1689 (règlement IA) n’a que 6 paragraphes.",
        ),
    ],
)
def test_unit_that_does_not_exist_is_said_not_to(with_act: Assistant, question: str, reason: str):
    answer = with_act.ask(question, as_of=TODAY)
    assert answer.abstained
    assert answer.reason == reason


def test_units_are_counted_on_the_day_asked_for(with_act: Assistant):
    today, before = (
        with_act.ask("annexe XV du règlement IA", as_of=day) for day in (TODAY, date(2025, 6, 1))
    )
    assert "qui compte 14 annexes" in today.markdown
    assert "qui compte 13 annexes" in before.markdown


def test_nothing_is_claimed_of_what_an_amendment_may_have_added(with_act: Assistant):
    add_registry(with_act)
    for question in (
        "article 26 paragraphe 9",
        "article 4 bis",
        "annexe XIV",
        "article 3 de la loi",
    ):
        answer = with_act.ask(question, as_of=TODAY)
        assert "n’existe pas" not in answer.markdown
        assert "n’a que" not in answer.markdown


def test_question_on_a_penalty_is_answered_beyond_the_article_broken(with_act: Assistant):
    penalty = "4. L’amende atteint quinze millions pour un déployeur, article 26."
    with_act.index([make_act("32099R0001", {"art_99.4": penalty})])
    question = "Quelle amende pour un déployeur qui ne respecte pas l’article 26 ?"
    assert penalty in quotes(with_act.ask(question, as_of=TODAY))


def test_question_without_reference_marks_no_hit(with_act: Assistant):
    answer = with_act.ask("Combien de temps le déployeur conserve les journaux ?", as_of=TODAY)
    assert named(answer) == []
