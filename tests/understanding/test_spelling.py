import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.thesaurus import Thesaurus
from rag.understanding import Lexicon
from rag.understanding.slips import is_slip
from rag.understanding.spelling import correct
from training.data.typing_habits import as_typed

TEXTS = (
    "Le déployeur conserve les journaux pendant six mois.",
    "Le fournisseur établit la documentation technique du système.",
    "La conservation des données de santé relève du règlement.",
    "Le radiologue vérifie le résultat ; la vérification est humaine.",
    "Des citations sont vérifiées, chaque algorithme est surveillé.",
)
THESAURUS = Thesaurus.parse(
    {"entries": [{"term": "tomosynthèse", "family": "modalités et métier", "forms": ["DBT"]}]}
)
LEXICON = Lexicon.of(
    TEXTS, thesaurus=THESAURUS, general=frozenset({"montant", "gestion", "suggestion"})
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("qui conserve les journuax", "qui conserve les journaux"),
        ("le deploiyeur", "le déployeur"),
        ("l'algorythme est surveillé", "l'algorithme est surveillé"),
        ("documantation techniqe", "documentation technique"),
        ("la tomosinthese", "la tomosynthèse"),
        ("Dployeur ou fournisseur", "Déployeur ou fournisseur"),
        ("joranux", "joranux"),  # two slips in a word too short for two
        ("le reglmeent sapplique", "le règlement sapplique"),
    ],
)
def test_misspelt_words_are_mended(typed: str, meant: str) -> None:
    assert correct(typed, LEXICON) == meant


def test_the_first_two_letters_may_have_changed_places() -> None:
    assert correct("les ojurnaux", LEXICON) == "les journaux"


@pytest.mark.parametrize(
    "typed",
    [
        "BoneView, Softway et SCHUFA",
        "le logiciel Fournisseux",
        "LE FOURNISEUR EST-IL LIBRE",
        "la cotation des actes",
        "une suggestion de gestion",
        "les données vérifiées, conserver et surveillant",
        "journo@exemple.fr et docum.pdf",
        "mois moiss",
        "documen",
    ],
)
def test_names_capitals_and_other_words_are_left_alone(typed: str) -> None:
    assert correct(typed, LEXICON) == typed


def test_the_word_of_most_passages_is_meant_where_several_are_near() -> None:
    lexicon = Lexicon.of(["plante", "plante", "planté", "planche"], thesaurus=Thesaurus())
    assert correct("une plannte", lexicon) == "une plante"


def test_a_word_of_general_language_that_is_nearer_is_not_replaced() -> None:
    lexicon = Lexicon.of(
        ["les abonnements"], thesaurus=Thesaurus(), general=frozenset({"abondement"})
    )
    assert correct("abondemennt", lexicon) == "abondemennt"


def test_glued_elisions_are_cut() -> None:
    lexicon = Lexicon.of(["le mode d'emploi s'applique"], thesaurus=Thesaurus())
    assert correct("le mode demploi sapplique", lexicon) == "le mode d'emploi s'applique"


def test_nothing_known_mends_nothing() -> None:
    assert correct("qui garde les journuax", Lexicon()) == "qui garde les journuax"


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("radiolgue", "radiologue", True),
        ("radiololgue", "radiologue", True),
        ("radioolgue", "radiologue", True),
        ("fotografie", "photographie", True),
        ("cotation", "citation", False),
        ("confions", "confond", False),
        ("demarchage", "demarche", False),
    ],
)
def test_slips_are_told_from_look_alikes(typed: str, meant: str, expected: bool) -> None:
    assert is_slip(typed, meant) is expected


@given(st.text(max_size=80))
def test_any_text_goes_through(text: str) -> None:
    assert correct(text, LEXICON).count(" ") >= text.count(" ")


def test_most_words_mistyped_are_found_again() -> None:
    generator = random.Random(1)
    words = [word for text in TEXTS for word in text.lower().strip(" .").split() if len(word) > 7]
    found = 0
    for word in words * 10:
        found += correct(as_typed(word, generator, slips=1.0), LEXICON).rstrip(";.") == word
    assert found / len(words) / 10 > 0.7
