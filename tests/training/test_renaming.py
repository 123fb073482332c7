"""Actors of crossed pairs under other names."""

import random

from training.data.renaming import ELIDED, MASCULINE, rename

TEXTS = (
    "Le fournisseur avertit l’importateur, qui prévient les patients.",
    "L’importateur avertit le fournisseur, qui prévient les patients.",
    "L’importateur est averti par le fournisseur.",
    "Fournisseurs et clients n’ont rien à dire.",
)


def test_an_actor_has_one_name_in_all_the_texts_and_its_article_holds() -> None:
    for seed in range(30):
        one, other, sentence, last = rename(TEXTS, random.Random(seed)) or TEXTS
        named = one.removeprefix("Le ").split(" avertit ")[0]
        elided = other.removeprefix("L’").split(" avertit ")[0]
        assert named in MASCULINE
        assert elided.lower() in ELIDED
        assert sentence == f"L’{elided} est averti par le {named}."
        assert last.startswith(f"{named[0].upper()}{named[1:]}s et")


def test_an_actor_of_which_no_sentence_speaks_keeps_its_name() -> None:
    for seed in range(30):
        renamed = rename(TEXTS, random.Random(seed)) or TEXTS
        assert renamed[0].endswith("prévient les patients.")
        assert "clients" in renamed[3]


def test_texts_without_an_actor_are_not_renamed() -> None:
    assert rename(("Rien.", "Rien non plus.", "Rien.", "Tout."), random.Random(1)) is None


def test_two_actors_are_never_given_the_same_name() -> None:
    texts = ("Le juge aide le maire.", "Le maire aide le juge.", "Le juge aide.", "Le maire aide.")
    for seed in range(60):
        _, _, one, other = rename(texts, random.Random(seed)) or texts
        assert one != other
