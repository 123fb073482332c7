"""Actors put in the place of others."""

import random

import pytest

from training.data.exchanges import exchange, swap


@pytest.mark.parametrize(
    ("premise", "sentence", "expected"),
    [
        ("L’importateur aide le fournisseur.", "Le fournisseur lit.", "L’importateur lit."),
        ("L’agence aide la Commission.", "Il écrit à la Commission.", "Il écrit à l’agence."),
        ("Les distributeurs aident les patients.", "Il aide les patients.",
         "Il aide les distributeurs."),
        ("Le médecin aide l’exploitant.", "Il est l'élève de l'exploitant.",
         "Il est l'élève du médecin."),
    ],
)  # fmt: skip
def test_article_follows_the_actor(premise: str, sentence: str, expected: str) -> None:
    drawn = {exchange(premise, sentence, random.Random(seed)) for seed in range(12)}
    assert expected in drawn


def test_sentence_without_an_actor_has_no_exchange() -> None:
    assert exchange("Le médecin paie.", "Rien n’est prévu.", random.Random(1)) is None


def test_word_that_holds_the_name_of_an_actor_is_none() -> None:
    assert exchange("", "Le comitétif attend.", random.Random(1)) is None


def test_actor_that_the_sentence_names_already_is_not_put_there_again() -> None:
    sentence = "Le patient écrit au fournisseur."
    for seed in range(40):
        changed = exchange("Le patient écrit au fournisseur.", sentence, random.Random(seed))
        assert changed is not None
        assert changed.lower().count("patient") <= 1
        assert changed.lower().count("fournisseur") <= 1


def test_actor_is_not_exchanged_for_one_that_it_may_mean() -> None:
    told = ("Le fournisseur aide l’importateur.", "Le fournisseur lit.")
    meant = ("Le fournisseur aide l’importateur.", "L’éditeur lit.")
    for seed in range(80):
        changed = exchange(*told, random.Random(seed))
        assert changed is not None
        assert not {"L’éditeur lit.", "Le fabricant lit."} & {changed}
        changed = exchange(*meant, random.Random(seed))
        assert changed is not None
        assert not {"Le fournisseur lit.", "L’importateur lit."} & {changed}


def test_actors_alike_are_exchanged_where_the_premise_tells_them_apart() -> None:
    premise = "Le fournisseur répond à l’éditeur."
    drawn = {exchange(premise, "L’éditeur lit.", random.Random(seed)) for seed in range(40)}
    assert "Le fournisseur lit." in drawn


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le médecin écrit au fabricant.", "Le fabricant écrit au médecin."),
        ("L’agence écrit au fabricant.", "Le fabricant écrit à l’agence."),
        ("Les patients paient l’assureur.", "Les assureurs paient le patient."),
    ],
)
def test_actors_swapped_take_each_other_s_article_and_number(sentence: str, expected: str) -> None:
    assert swap(sentence, random.Random(1)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Le médecin lit.",
        "Le médecin et le patient lisent.",
        "Le médecin, le fabricant et le patient lisent.",
        "Un accord entre le médecin, présent, et le patient.",
        "Le comité d’éthique écrit au médecin.",
        "La Commission écrit aux fabricants.",
        "L’agence est saisie par le fabricant.",
    ],
)
def test_actors_who_do_the_same_or_do_not_agree_are_not_swapped(sentence: str) -> None:
    assert swap(sentence, random.Random(1)) is None
