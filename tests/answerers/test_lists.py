from dataclasses import replace

from rag.answerers.lists import MAX_ITEMS, with_lists
from rag.types import DraftSentence
from tests.factories import make_hit, make_passage

LIST = "Deux conditions sont remplies:\na) le système est un produit;\nb) un tiers l’évalue."


def quote(text: str, words: str) -> DraftSentence:
    start = text.index(words)
    return DraftSentence(text=words, hit=make_hit(text), start=start, end=start + len(words))


def test_point_comes_with_its_lead_in() -> None:
    point = quote(LIST, "b) un tiers l’évalue.")
    assert [sentence.text for sentence in with_lists([point])] == [
        "Deux conditions sont remplies:",
        "b) un tiers l’évalue.",
    ]


def test_lead_in_comes_with_its_points() -> None:
    lead_in = quote(LIST, "Deux conditions sont remplies:")
    assert [sentence.text for sentence in with_lists([lead_in])] == LIST.split("\n")


def test_point_cut_off_from_its_list_gets_the_lead_in_of_another_passage() -> None:
    lead_in = make_passage("Les pratiques suivantes sont interdites:", id="ria#art_5.1")
    hit = replace(make_hit("a) la manipulation;", id="ria#art_5.1.a", start=50), lead_in=lead_in)
    point = DraftSentence(text="a) la manipulation;", hit=hit, start=50, end=69)
    first, second = with_lists([point])
    assert (first.text, first.hit.passage.id) == (lead_in.text, "ria#art_5.1")
    assert (first.start, first.end) == (lead_in.start, lead_in.end)
    assert second is point


def test_long_list_is_cut_short() -> None:
    items = tuple(make_passage(f"{n}) point", id=f"ria#art_5.1.{n}") for n in range(20))
    hit = replace(make_hit("Sont interdites:", id="ria#art_5.1"), items=items)
    lead_in = DraftSentence(text="Sont interdites:", hit=hit, start=0, end=16)
    assert len(list(with_lists([lead_in]))) == 1 + MAX_ITEMS


def test_other_sentences_stand_alone() -> None:
    text = "Une phrase. Une autre."
    sentence = quote(text, "Une autre.")
    assert list(with_lists([sentence])) == [sentence]


def test_point_is_not_introduced_by_its_neighbour() -> None:
    text = "Sont visés:\na) les produits suivants:\ni) le premier;\nb) les autres."
    point = quote(text, "b) les autres.")
    assert [sentence.text for sentence in with_lists([point])] == ["Sont visés:", "b) les autres."]


def test_nested_point_is_introduced_by_the_point_above() -> None:
    text = "Sont visés:\na) les produits suivants:\ni) le premier;\nii) le second."
    point = quote(text, "ii) le second.")
    assert [sentence.text for sentence in with_lists([point])] == [
        "a) les produits suivants:",
        "ii) le second.",
    ]


def test_what_follows_a_list_is_not_one_of_its_points() -> None:
    text = f"{LIST}\nLes exigences de sécurité sont prises en compte."
    lead_in = quote(text, "Deux conditions sont remplies:")
    assert [sentence.text for sentence in with_lists([lead_in])] == LIST.split("\n")


def test_short_lead_in_comes_with_the_sentence_before_it() -> None:
    text = "Il est applicable en 2026.\nToutefois:\na) le chapitre I l’est en 2025."
    point = quote(text, "a) le chapitre I l’est en 2025.")
    assert [sentence.text for sentence in with_lists([point])] == text.split("\n")
