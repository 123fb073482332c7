"""Numbers as French writes them: « 15 000 000 », « 7,5 », « quatre-vingt-dix », « 15 millions »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.french.analysis import fold

_UNITS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_VALUES = {
    "une": 1,
    **{word: value for value, word in enumerate(_UNITS.split())},
    **{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60},
}
_SCALES = {
    **{"mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9},
    **{"k": 1e3, "m": 1e6, "md": 1e9, "mds": 1e9, "mrd": 1e9},
}
_HUNDREDS = frozenset({"cent", "cents"})

_WORD = "|".join(sorted((*_VALUES, *_HUNDREDS, "mille", "millions?", "milliards?"), key=len)[::-1])
_FIGURES = r"\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
NUMBER = re.compile(
    rf"(?<![\w/.,-])(?:(?P<figures>{_FIGURES})(?: ?(?P<scale>millions?|milliards?|mille)\b)?"
    rf"|(?P<words>(?:{_WORD})(?:(?:-et-|-| et | )(?:{_WORD}))*)(?![\w-]))"
)
"""A number in text that is levelled: lower case, no accent, plain spaces."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands; ``is_article`` where it may be « un » as in « un texte »."""

    value: float
    start: int
    end: int
    is_article: bool = False


def numbers_in(text: str) -> Iterator[Number]:
    """Yield the numbers of a levelled text, in order.

    >>> [number.value for number in numbers_in("quinze millions, ou 7,5 et quatre-vingt-dix")]
    [15000000.0, 7.5, 90.0]
    """
    for match in NUMBER.finditer(text):
        value = _value(match)
        if value is not None:
            is_article = match.group() in ("un", "une")
            yield Number(value, match.start(), match.end(), is_article)


def read_number(words: str) -> float | None:
    """Read a number in figures or in words, alone; None where it is none.

    >>> read_number("15 000 000"), read_number("7,5"), read_number("quatre-vingt-dix")
    (15000000.0, 7.5, 90.0)
    """
    match = NUMBER.fullmatch(re.sub(r"\s", " ", fold(words)))
    return _value(match) if match else None


def _value(match: re.Match[str]) -> float | None:
    if match["words"]:
        return _in_words(re.split(r"[ -](?:et[ -])?", match["words"]))
    plain = re.sub(r"[ .](?=\d{3}(?!\d))", "", match["figures"]).replace(",", ".")
    try:
        return float(plain) * _SCALES.get(match["scale"] or "", 1)
    except ValueError:
        return None


def _in_words(words: list[str]) -> float | None:
    """Add words up: « quatre » before « vingt » multiplies it, and « cent » what stands before.

    Words that make no number together (« deux trois ») give none.
    """
    total, current = 0.0, 0.0
    for word in words:
        if word in _HUNDREDS:
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0.0
        elif word.startswith("vingt") and current % 100 == 4:
            current += 76
        else:
            current += _VALUES[word]
    return total + current
