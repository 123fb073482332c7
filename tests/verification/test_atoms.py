import pytest

from rag.french.numbers import read_number
from rag.types import Check
from rag.verification.atoms import read_atoms

KEYS = [
    ("15 M€", ("euros", 15e6)),
    ("15 millions d’euros", ("euros", 15e6)),
    ("quinze millions d'euros", ("euros", 15e6)),
    ("15\u00a0000\u00a0000\u202fEUR", ("euros", 15e6)),
    ("7,5 millions d’euros", ("euros", 7.5e6)),
    ("7 500 000 €", ("euros", 7.5e6)),
    ("3 %", ("percent", 3.0)),
    ("trois pour cent", ("percent", 3.0)),
    ("six mois", ("months", 6.0)),
    ("6 mois", ("months", 6.0)),
    ("un an", ("months", 12.0)),
    ("dix-huit mois", ("months", 18.0)),
    ("72 heures", ("hours", 72.0)),
    ("soixante-douze heures", ("hours", 72.0)),
    ("72 h", ("hours", 72.0)),
    ("trois jours", ("hours", 72.0)),
    ("five days", ("hours", 120.0)),
    ("cinq jours ouvrables", ("working days", 5.0)),
    ("2 août 2026", (2026.0, 8.0, 2.0)),
    ("02/08/2026", (2026.0, 8.0, 2.0)),
    ("2026-08-02", (2026.0, 8.0, 2.0)),
    ("1er janvier 2025", (2025.0, 1.0, 1.0)),
    ("août 2027", (2027.0, 8.0, None)),
    ("2 August 2026", (2026.0, 8.0, 2.0)),
    ("en 2026", (2026.0, None, None)),
    ("classe IIa", ("class", "iia")),
    ("ISO/IEC 42001", ("code", "iso42001")),
    ("ISO 42001", ("code", "iso42001")),
    ("L. 4001-3", ("code", "l4001-3")),
    ("(UE) 2024/1689", ("code", "2024-1689")),
    ("n° 2018-327", ("code", "2018-327")),
    ("quatorze types", ("number", 14.0)),
    ("14 types", ("number", 14.0)),
]


@pytest.mark.parametrize(("text", "key"), KEYS)
def test_forms_of_a_fact_give_one_value(text: str, key: object) -> None:
    assert [atom.key for atom in read_atoms(f"Voici {text} exactement.")] == [key]


@pytest.mark.parametrize("text", ["un texte", "une seconde amende", "la version IIa", "du 32 mars"])
def test_words_that_only_look_like_figures_are_none(text: str) -> None:
    assert all(atom.key[0] in ("number", None) for atom in read_atoms(text))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("quatre-vingts", 80),
        ("quatre-vingt-dix-neuf", 99),
        ("soixante et onze", 71),
        ("deux cent trois", 203),
        ("mille neuf cents", 1900),
        ("trois cent mille", 300_000),
        ("un million", 1_000_000),
        ("vingt et un", 21),
        ("pas un nombre", None),
    ],
)
def test_numbers_in_words(words: str, value: float | None) -> None:
    assert read_number(words) == value


@pytest.mark.parametrize(
    ("said", "known", "holds"),
    [
        ("en 2026", "le 2 août 2026", True),
        ("août 2026", "le 2 août 2026", True),
        ("le 2 août 2026", "en août 2026", False),
        ("le 3 août 2026", "le 2 août 2026", False),
        ("au moins six mois", "six mois au minimum", True),
        ("au plus six mois", "au moins six mois", False),
        ("six mois", "au moins six mois", True),
        ("6 semaines", "6 mois", False),
        ("15 %", "15 euros", False),
    ],
)
def test_fact_is_borne_out_by_another(said: str, known: str, holds: bool) -> None:
    (mine,), (its,) = read_atoms(said), read_atoms(known)
    assert mine.is_borne_out_by(its) is holds


def test_sorts_of_checks() -> None:
    checks = [atom.check for atom in read_atoms("Le 2 août 2026, 15 M€, 3 % et ISO 42001")]
    assert checks == [Check.DATE, Check.AMOUNT, Check.FIGURE, Check.REFERENCE]


@pytest.mark.parametrize(
    ("said", "known", "holds"),
    [
        ("à partir du 2 août 2026", "dès le 2 août 2026", True),
        ("le 2 août 2026", "à compter du 2 août 2026", True),
        ("avant le 2 août 2026", "à partir du 2 août 2026", False),
        ("jusqu’au 2 août 2026", "depuis le 2 août 2026", False),
        ("à compter du 2 août 2026", "au plus tard le 2 août 2026", False),
    ],
)
def test_side_of_a_date_is_compared(said: str, known: str, holds: bool) -> None:
    (mine,), (its,) = read_atoms(said), read_atoms(known)
    assert mine.is_borne_out_by(its) is holds
