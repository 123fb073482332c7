"""Write the anchors of the units that a question names: ``art_4a``, ``anx_III``, ``regle-11``."""

import re

from rag.references.grammar import ORDINALS

MOST_IN_A_RANGE = 12
_SUFFIXES = dict(
    zip("bis ter quater quinquies sexies septies octies".split(), "abcdefg", strict=True)
)
_SUFFIXED = re.compile(rf"([0-9]+) ?({'|'.join(_SUFFIXES)})")
_ROMAN_DIGITS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def bases(match: re.Match[str]) -> list[str]:
    """Name what was matched: one unit, or the first and last of « art. 9-15 » and those between."""
    groups = match.groupdict()
    if groups.get("code"):
        return [f"{match['code'].upper()}{match['coded']}"]
    for sort, number in (("recital", "rct"), ("annex", "anx"), ("rule", "rul")):
        if groups.get(sort):
            return [base(sort, match[number])]
    first, _, last = match["number"].partition("-")
    is_whole_word = groups.get("article") == "article"
    if last.isdecimal() and not is_whole_word and int(last) > int(first):
        return [base("article", number) for number in numbers(first, last)]
    return [base("article", match["number"])]


def base(sort: str, number: str) -> str:
    """Write the anchor of a unit that stands alone, by its sort and number.

    >>> base("annex", "3"), base("article", "4 bis"), base("rule", "11")
    ('anx_III', 'art_4a', 'regle-11')
    """
    if sort == "annex":
        return f"anx_{_roman(int(number)) if number.isdecimal() else number.upper()}"
    prefix = {"article": "art_", "recital": "rct_", "rule": "regle-"}[sort]
    return f"{prefix}{step_name(number)}"


def step_name(value: str) -> str:
    """Write a number or a letter as anchors do: « premier » is 1, « 4 bis » is 4a, « 06 » is 6.

    >>> step_name("premier"), step_name("4 bis"), step_name("d"), step_name("06")
    ('1', '4a', 'd', '6')
    """
    value = value.strip("() ")
    if value in ORDINALS:
        return ORDINALS[value]
    if match := _SUFFIXED.fullmatch(value):
        return f"{match[1]}{_SUFFIXES[match[2]]}"
    if match := re.fullmatch(r"([0-9]+)(?:er|e|eme|ieme)", value):
        return match[1]
    return value.lstrip("0") or value


def numbers(first: str, last: str) -> list[str]:
    """List the numbers of a range; one that goes backwards is its first number only."""
    wanted = range(int(first), int(last) + 1)[:MOST_IN_A_RANGE]
    return list(map(str, wanted)) or [first]


def _roman(number: int) -> str:
    """Write an annex's number.

    >>> _roman(3), _roman(14)
    ('III', 'XIV')
    """
    digits = ""
    for value, letters in _ROMAN_DIGITS:
        while number >= value:
            digits, number = digits + letters, number - value
    return digits
