import pytest

from rag.understanding.habits import CHAT, in_full, join_elisions


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("n a pas", "n'a pas"),
        ("l IA d un hopital", "l'IA d'un hopital"),
        ("qu est ce que c est", "qu'est ce que c'est"),
        ("jusqu au bout", "jusqu'au bout"),
        ("L IA est elle un DM", "L'IA est elle un DM"),
        ("aujourd hui", "aujourd'hui"),
        ("l’IA n’a pas", "l’IA n’a pas"),
        ("faut il former", "faut il former"),
    ],
)
def test_apostrophes_left_out_are_put_back(typed: str, written: str) -> None:
    assert join_elisions(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "article 5, paragraphe 1, points c, d et e",
        "vitamine d ou e",
        "annexe III point 5 d et point c en entier",
        "partie C et D a lire",
        "art 6 1 d et f",
        "y a t il un registre",
    ],
)
def test_letters_that_name_something_are_no_elisions(typed: str) -> None:
    assert join_elisions(typed) == typed


def never(word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("c koi un pacs", "c’est quoi un pacs"),
        ("svp qd faut il prendre rdv", "s’il vous plaît quand faut il prendre rendez-vous"),
        ("g le droit de refuser", "j’ai le droit de refuser"),
        (
            "pk ki decide ds kel delai bcp de pb",
            "pourquoi qui decide dans quel delai beaucoup de problème",
        ),
        ("tt le monde, pr 3 mois", "tout le monde, pour 3 mois"),
    ],
)
def test_chat_is_written_in_full(typed: str, written: str) -> None:
    assert in_full(typed, is_term=never) == written


@pytest.mark.parametrize(
    "typed",
    [
        "un nodule de 7 mm",
        "la perfusion de 5 g",
        "hépatite c et b",
        "point c du paragraphe 2",
        "le PR et le CB",
        "la classe c",
        "qu'est-ce que c'est",
    ],
)
def test_units_letters_and_capitals_stay(typed: str) -> None:
    assert in_full(typed, is_term=never) == typed


def test_a_word_of_the_trade_is_no_habit() -> None:
    assert in_full("le pb du pr", is_term="pr".__eq__) == "le problème du pr"


def test_no_habit_is_a_word_that_it_stands_for() -> None:
    assert not set(CHAT) & set(CHAT.values())
