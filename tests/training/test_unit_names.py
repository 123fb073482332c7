"""Names of units of law put before made-up premises."""

import random

import pytest

from training.data.unit_names import name_unit

PREMISES = ("Le port ferme à midi.", "Le port ouvre à midi.")


def drawn(*sentences: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [name_unit(PREMISES, sentences, random.Random(seed)) for seed in range(200)]


def test_premises_have_the_same_name_before_them() -> None:
    for premises, _ in drawn("Le port ferme."):
        names = {premise.partition(" :\n")[0] for premise in premises}
        assert len(names) == 1
        assert names.pop().startswith(("Article ", "Annexe "))
        assert tuple(premise.partition(" :\n")[2] for premise in premises) == PREMISES


def test_sentences_that_give_the_name_give_that_of_the_premises_alike() -> None:
    given = 0
    for premises, (one, other) in drawn("Le port ferme.", "Une grue sert."):
        name = premises[0].partition(" :\n")[0][1:].replace(", paragraphe ", ", § ")
        if one != "Le port ferme.":
            given += 1
            for sentence, words in ((one, "e port ferme"), (other, "ne grue sert")):
                assert words in sentence
                assert name in sentence.replace(", paragraphe ", ", § ")
    assert 40 < given < 120


@pytest.mark.parametrize("sentence", ["L’article 4 le dit.", "Le port relève de l’annexe I."])
def test_sentence_that_names_a_unit_is_left(sentence: str) -> None:
    assert {name_unit(PREMISES, [sentence], random.Random(n)) for n in range(20)} == {
        (PREMISES, (sentence,))
    }


def test_answer_has_the_name_after_it() -> None:
    for _, (sentence,) in drawn("Oui, le port ferme."):
        assert sentence.startswith("Oui, le port ferme")


def test_that_is_elided_and_acronyms_keep_their_letters() -> None:
    found = {sentence for _, both in drawn("Une grue sert.", "HAS ferme.") for sentence in both}
    assert any(" prévoit qu’une grue sert." in sentence for sentence in found)
    assert any(" prévoit que HAS ferme." in sentence for sentence in found)
