from dataclasses import replace

import pytest

from rag.verification.references import named_by, references_in
from tests.factories import make_hit

TEXT = "6. Les déployeurs gardent les journaux (article 12, paragraphe 1). a) au moins six mois ;"


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("article 26", True),
        ("article 26, paragraphe 6", True),
        ("art. 26, § 6, point a)", True),
        ("article 12, paragraphe 1", True),
        ("article 12", True),
        ("article 12, paragraphe 6", False),
        ("article 29", False),
        ("article 26, paragraphe 5", False),
        ("annexe III", False),
        ("considérant 20", False),
    ],
)
def test_unit_is_there_where_the_passage_states_or_names_it(said: str, holds: bool) -> None:
    named = named_by(make_hit(TEXT, id="32024R1689#art_26.6"))
    (reference,) = references_in(f"Selon l’{said}, rien.")
    assert named.has_unit(reference) is holds


def test_unit_of_another_act_is_not_there() -> None:
    named = named_by(make_hit(TEXT, id="32024R1689#art_26.6"))
    (reference,) = references_in("L’article 26 du RGPD le dit.")
    assert not named.has_unit(reference)


def test_range_of_units_holds_those_between() -> None:
    named = named_by(make_hit("Les articles 8, 11, 25 à 39, 42 et 43.", id="32016R0679#art_83.4"))
    for number in (8, 25, 33, 39, 43):
        (reference,) = references_in(f"L’article {number} du RGPD.")
        assert named.has_unit(reference), number
    (reference,) = references_in("L’article 40 du RGPD.")
    assert not named.has_unit(reference)


def test_act_is_there_where_the_passage_is_of_it_or_names_it() -> None:
    named = named_by(make_hit("Il s’ajoute au MDR.", id="32024R1689#art_8"))
    assert named.has_act("32024R1689")
    assert named.has_act("32017R0745")
    assert not named.has_act("32016R0679")


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("L’information vient de l’article L. 4001-3 du code de la santé publique.", "L. 4001-3"),
        ("L’article 37 de la présente loi n’est pas applicable.", "37"),
    ],
)
def test_article_that_a_passage_names_is_there(passage: str, said: str) -> None:
    named = named_by(make_hit(passage, id="notice#un"))
    (reference,) = references_in(f"Voir l’article {said}.")
    assert named.has_unit(reference)


VISITED = "Un groupe visé au paragraphe 1."
CRITERIA = "Les critères des paragraphes 2 à 5."
LISTED = "L’annexe I, section A, dit : le MDR est le point 11."


@pytest.mark.parametrize(
    ("id", "text", "said", "holds"),
    [
        ("32024R1689#art_38.2", VISITED, "article 38, paragraphe 1", True),
        ("32024R1689#art_38.2", VISITED, "article 38, paragraphe 3", False),
        ("32024R1689#art_38.2", VISITED, "article 39, paragraphe 1", False),
        ("32024R1689#art_10.1", CRITERIA, "article 10, paragraphe 4", True),
        ("32024R1689#art_10.1", CRITERIA, "article 10, paragraphe 6", False),
        ("32024R1689#art_43.1", "Les normes du point a).", "article 43, § 1, point a)", True),
        ("32024R1689#art_43.1", "Les normes des points a) à d).", "article 43, § 1, point c)",
         True),
        ("32024R1689#art_43.1", "Les cas du paragraphe 3, point b).", "article 43, § 3, point b)",
         True),
        ("32024R1689#art_43.1", "Le paragraphe 2, 30 jours après.", "article 43, § 30", False),
        ("32024R1689#art_43.1", "Le point 2024 du bilan.", "article 43, point 202", False),
        ("32024R1689#art_43.1", "Le paragraphe 2 de la directive.", "article 43, § 2", False),
        ("32024R1689#art_43.1", "Le paragraphe 2 du présent article.", "article 43, § 2", True),
        ("32024R1689#art_43.1", "Le cas du paragraphe 2.", "article 43, § 2, du RGPD", False),
        ("notice#un", "L’article 9 oblige. Le paragraphe 2 dit quand.", "article 9, § 2", True),
        ("notice#un", "L’article 9 impose. Notre offre. Point 3 : le prix.", "article 9, point 3",
         False),
        ("32024R1689#art_80.6", "L’article 79, paragraphe 5, vaut.", "article 80, § 5", False),
        ("notice#un", LISTED, "point 11 de l’annexe I", True),
        ("notice#un", LISTED, "point 12 de l’annexe I", False),
    ],
)  # fmt: skip
def test_part_without_its_unit_is_of_the_one_that_it_stands_in_or_follows(
    id: str, text: str, said: str, holds: bool
) -> None:
    named = named_by(make_hit(text, id=id))
    (reference,) = references_in(f"Selon le texte ({said}), rien.")
    assert named.has_unit(reference) is holds


def test_unit_that_a_lead_in_names_is_there() -> None:
    lead_in = make_hit("1. Pour l’annexe III, point 1, il applique:", id="32024R1689#art_43.1")
    hit = replace(make_hit("a) une norme;", id="32024R1689#art_43.1.a"), lead_in=lead_in.passage)
    (reference,) = references_in("Pour l’annexe III, point 1, une norme.")
    assert named_by(hit).has_unit(reference)
