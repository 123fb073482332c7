"""What a reference is, and the form in which a question is read to find it."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rag.french import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A unit of law that a question names.

    Attributes:
        act: id of the act (``32024R1689``, ``csp``), None where the question names none.
        is_beside: whether the act is named beside the unit, not merely in the same question.
        anchor: of the unit in its act (``art_26.6``); empty where the act alone is named.
        typed: the words that name it.
        start: where they begin in the question (NFC form); they end at ``end``.
    """

    act: str | None
    anchor: str
    typed: str
    start: int
    end: int
    is_beside: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A unit that does not exist: the act, by its name, has fewer.

    Attributes:
        act: name of the act in a sentence.
        anchor: of the unit named.
        count: how many units of its sort there are: in the act, or in the article.
    """

    act: str
    anchor: str
    count: int


def level(text: str) -> str:
    """Level case, accents and apostrophes, character for character: offsets stay.

    >>> level("L’Évaluation n° 3")
    "l'evaluation n° 3"
    """
    return "".join(map(_level, text))


def compose(text: str) -> str:
    """Give each accented letter as one character, as offsets count it."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _level(character: str) -> str:
    if character.isspace():
        return " "
    folded = fold(character)
    return folded if len(folded) == 1 else character
