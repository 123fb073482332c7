import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answerers.figures import read_facts
from rag.answerers.polarity import read_polarity


@pytest.mark.parametrize(
    ("text", "sort", "value", "words"),
    [
        ("Gardé six mois au moins.", "months", 6, "six mois au moins"),
        ("Gardé un an.", "months", 12, "un an"),
        ("Gardé vingt-quatre mois.", "months", 24, "vingt-quatre mois"),
        ("Notifié dans les 72 heures.", "hours", 72, "dans les 72 heures"),
        ("Signalé sous trois jours.", "hours", 72, "sous trois jours"),
        ("Une amende de 15 000 000 EUR.", "sum", 15e6, "15 000 000 EUR"),
        ("Jusqu’à 7,5 millions d’euros.", "sum", 7.5e6, "Jusqu’à 7,5 millions d’euros"),
        ("Financé à 100%.", "percentage", 100, "100%"),
        ("Il est de classe IIb.", "class", 2, "classe IIb"),
    ],
)
def test_fact_is_read_with_the_words_of_its_bound(
    text: str, sort: str, value: float, words: str
) -> None:
    fact = read_facts(text)[sort]
    assert fact.low == fact.high == value
    assert text[fact.start : fact.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "De trois à six mois.",
        "Le 2 août 2027, puis le 2 août 2028.",
        "Le guide du 5 mars 2026.",
        "Le 31 février 2027.",
        "Une seconde amende.",
    ],
)
def test_what_is_not_one_fact_is_not_read(text: str) -> None:
    assert read_facts(text) == {}


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("L’AIPD est obligatoire.", {"obligation": 1}),
        ("L’AIPD n’est donc pas obligatoire.", {"obligation": -1}),
        ("L’AIPD est facultative.", {"obligation": -1}),
        ("L’AIPD n’est pas toujours obligatoire.", {}),
        ("L’AIPD n’est obligatoire que dans un cas.", {}),
        ("La règle ne s’applique pas.", {"application": -1}),
        ("La règle s’applique.", {"application": 1}),
    ],
)
def test_what_a_sentence_affirms_or_denies_is_read(text: str, polarity: dict[str, int]) -> None:
    assert {sort: fact.low for sort, fact in read_polarity(text).items()} == polarity


PIECES = st.sampled_from(
    "le 1er 2 31 0 août février 2027 0000 en de cent vingt-quatre quatre-vingts un une 1.000, 7,5 "
    "mois ans jours ouvrables % € millions d’euros classe IIa IV au moins plus à et ou - .".split()
)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_any_words_are_read_without_an_error(text: str) -> None:
    for fact in read_facts(text).values():
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.low <= fact.high
