"""Which sentences are kept, and the order in which they are read."""

from dataclasses import replace

from rag.answerers.candidates import Candidate
from rag.answerers.selection import MAX_LINES, choose
from rag.types import DraftSentence, Kind, Metadata
from tests.factories import make_hit

ACT = Metadata(id="ria", title="Règlement IA", kind=Kind.REGULATION)


def candidate(text: str, rank: int = 0, *, law: bool = False, **values: float) -> Candidate:
    hit = make_hit(text, id=f"ria#art_{rank}" if law else f"notice#{rank}")
    hit = replace(hit, metadata=ACT) if law else hit
    sentence = DraftSentence(text=text, hit=hit, start=0, end=len(text))
    return Candidate(sentence, rank, **{"nearness": 0.6, "standing": 1.0, **values})


def chosen(*candidates: Candidate) -> list[str]:
    return [sentence.text for sentence in choose(candidates)]


def test_sentence_on_the_subject_without_the_date_asked_is_left_out() -> None:
    dated = candidate("Elle date du 2 février 2025.", 0, states_fact=True)
    undated = candidate("Elle oblige à des mesures.", 1)
    assert chosen(dated, undated) == ["Elle date du 2 février 2025."]


def test_sentence_that_answers_better_than_any_date_is_kept() -> None:
    dated = candidate("La revue est parue en mars 2025.", 1, states_fact=True, standing=0.8)
    undated = candidate("La formation est obligatoire.", 0, terms=0.9)
    assert "La formation est obligatoire." in chosen(dated, undated)


def test_law_that_another_passage_explains_comes_after_the_direct_answer() -> None:
    direct = candidate("Un patient peut refuser.", 0)
    notice = candidate("L’article 26 vise l’annexe III.", 1, standing=0.9)
    law = candidate("Les déployeurs informent.", 2, law=True, standing=0.1, explained=0.9)
    law = replace(
        law,
        sentence=replace(
            law.sentence, hit=replace(law.sentence.hit, explained_by=notice.sentence.hit.passage.id)
        ),
    )
    assert chosen(direct, notice, law) == [
        "Un patient peut refuser.",
        "Les déployeurs informent.",
        "L’article 26 vise l’annexe III.",
    ]


def test_law_that_the_best_passage_explains_comes_first() -> None:
    notice = candidate("L’article 26 demande d’informer.", 0)
    law = candidate("Les déployeurs informent.", 2, law=True, standing=0.1, explained=0.9)
    law = replace(
        law,
        sentence=replace(
            law.sentence, hit=replace(law.sentence.hit, explained_by=notice.sentence.hit.passage.id)
        ),
    )
    assert chosen(notice, law) == [
        "Les déployeurs informent.",
        "L’article 26 demande d’informer.",
    ]


def test_further_long_list_finds_no_room() -> None:
    points = "".join(f"\n{letter}) le point {letter};" for letter in "abcdefgh")
    first = candidate("Une règle, dite en une phrase.", 0)
    lists = [
        candidate(f"Sont visés, pour la règle {rank}:", rank, standing=0.95) for rank in (1, 2)
    ]
    lists = [
        replace(
            one,
            sentence=replace(
                one.sentence,
                hit=replace(
                    one.sentence.hit,
                    passage=replace(one.sentence.hit.passage, text=one.sentence.text + points),
                ),
            ),
        )
        for one in lists
    ]
    assert MAX_LINES < 1 + 2 * 9
    assert chosen(first, *lists) == ["Une règle, dite en une phrase.", lists[0].sentence.text]


def test_opening_of_what_is_asked_about_is_preferred_and_a_saving_clause_is_not() -> None:
    opening = candidate("Le déployeur suit la notice, surveille et informe.", 1, opens=1.0)
    saving = candidate("Elles sont sans préjudice d’autres obligations.", 0, is_saving=True)
    assert chosen(opening, saving) == ["Le déployeur suit la notice, surveille et informe."]
