"""Check the dates that a notice states: they exist, and a superseded one is marked as such."""

import re
from collections.abc import Iterator

from rag.dates import find_date
from tests.documents.notice import Notice

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAY_OF_MONTH = re.compile(rf"\b[0-9]+(?:er)? (?:{_MONTHS})\b(?: [0-9]{{4}})?")
_IN_FIGURES = re.compile(r"\b[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\b|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_LEAP_YEAR = 2024
"""The year of a day given without one, so that « 29 février » may be."""

_SUPERSEDED = re.compile(r"(?:\b2 |(?<![0-9] )(?<![0-9]er ))août 202[67]\b")
_HIGH_RISK = re.compile(
    r"haut risque|annexes? I{1,3}\b|dispositifs? médica|imagerie|radiologie"
    r"|\barticles? (?:6|9|1[0-9]|2[0-7])\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"périmé|d’origine|au lieu d|repouss|\breport|avant (?:le règlement \(UE\) 2026/1744|l’omnibus)"
    r"|\bancien|initial|(?:n’est|ne sont) plus",
    re.IGNORECASE,
)
_STILL_DUE = re.compile(
    r"\barticles? (?:4[0-9]|50|57|72|73|85|86|101)\b|chapitre IX|transparence|règles générales"
    r"|bacs? à sable|usage général|\bGPAI\b|actes délégués",
    re.IGNORECASE,
)
"""What does apply on 2 August 2026 or 2027; « date générale » alone says nothing of what."""


def possible_dates(notice: Notice) -> Iterator[str]:
    """Dates are written in words and exist."""
    for found in _IN_FIGURES.finditer(notice.body):
        yield f"date en chiffres : {found.group()}"
    for found in _DAY_OF_MONTH.finditer(notice.body):
        day = found.group()
        if find_date(day if day[-4:].isdigit() else f"{day} {_LEAP_YEAR}") is None:
            yield f"date impossible : {day}"


def superseded_deadlines(notice: Notice) -> Iterator[str]:
    """No sentence gives the deadlines of before July 2026 for high risk without saying so."""
    for sentence in notice.sentences():
        if states_superseded_deadline(sentence):
            yield f"échéance périmée donnée pour actuelle : {sentence}"


def states_superseded_deadline(sentence: str) -> bool:
    """Tell whether a sentence gives August 2026 or 2027 as the date of high-risk rules.

    >>> states_superseded_deadline("Le haut risque s’applique le 2 août 2027.")
    True
    >>> states_superseded_deadline("Le 2 août 2027 est une date périmée pour le haut risque.")
    False
    """
    if not (_SUPERSEDED.search(sentence) and _HIGH_RISK.search(sentence)):
        return False
    return not (_MARK.search(sentence) or _STILL_DUE.search(sentence))
