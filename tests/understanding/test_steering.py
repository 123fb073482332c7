from datetime import date

import pytest

from rag.references import ActNames
from rag.types import Kind, Steering
from rag.understanding.steering import day_of_law, steer

NAMES = ActNames()


@pytest.mark.parametrize(
    ("question", "publishers"),
    [
        ("selon la CNIL, faut-il une AIPD ?", ("cnil",)),
        ("que recommande l'ESR ?", ("esr",)),
        ("d'après la HAS que faire", ("has",)),
        ("la haute autorité elle dit quoi pour chatgpt", ("has",)),
        ("pour la sfr un robot peut faire mon CR ?", ("sfr",)),
        ("Faut-il prévenir la CNIL ?", ()),
        ("Pour signaler une fuite à la CNIL, quel délai ?", ()),
    ],
)
def test_those_who_write_sources_are_named_as_such(
    question: str, publishers: tuple[str, ...]
) -> None:
    assert steer(question, NAMES).publishers == publishers


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("que disent les lignes directrices ?", (Kind.GUIDELINES,)),
        ("les actualités sur l'IA", (Kind.NEWS,)),
        ("est-ce encore d'actualité ?", ()),
        ("que prévoit la loi française ?", (Kind.LAW,)),
        ("quelles recommandations suivre ?", (Kind.RECOMMENDATION,)),
    ],
)
def test_kinds_of_source_are_named(question: str, kinds: tuple[Kind, ...]) -> None:
    assert steer(question, NAMES).kinds == kinds


def test_acts_and_roles_are_named() -> None:
    steering = steer("dans le RGPD, que doivent faire le déployeur et les manips ?", NAMES)
    assert steering.acts == ("32016R0679",)
    assert steering.roles == ("deployeur", "manipulateur")


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("Qu'est-ce qui a changé en 2025 ?", (date(2025, 1, 1), date(2025, 12, 31))),
        ("l'article de juillet 2025", (date(2025, 7, 1), date(2025, 7, 31))),
        ("quoi de neuf depuis août 2026 ?", (date(2026, 8, 1), date(2100, 12, 31))),
        ("le règlement 2024/1689", None),
        ("les 2024 patients", (date(2024, 1, 1), date(2024, 12, 31))),
    ],
)
def test_the_date_named_spans_days(question: str, period: tuple[date, date] | None) -> None:
    assert steer(question, NAMES).period == period


def test_a_question_that_names_nothing_steers_nothing() -> None:
    assert steer("Combien de temps garder les journaux ?", NAMES) == Steering()


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Que devait faire un hôpital au 1er juin 2025 ?", date(2025, 6, 1)),
        ("quelles amendes à la date du 2 août 2025", date(2025, 8, 2)),
        ("le texte en vigueur le 3 mars 2025", date(2025, 3, 3)),
        ("le droit au 01/06/2025", date(2025, 6, 1)),
        ("règles au 2025-06-01", date(2025, 6, 1)),
        ("un incident du 3 mars 2025", None),
        ("Le haut risque est-il reporté au 2 décembre 2027 ?", None),
        ("valable jusqu'au 2 août 2027 ?", None),
        ("du 2 août 2026 au 2 août 2027, que faire ?", None),
        ("au 31 février 2025", None),
        ("au 1er juin 1789", None),
        ("en 2025", None),
    ],
)
def test_the_day_of_the_law_is_read(question: str, day: date | None) -> None:
    assert day_of_law(question) == day
