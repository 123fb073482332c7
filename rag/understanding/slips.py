"""Tell a slip of the finger or of the ear from another word that only looks alike.

« cotation » is no more a misspelling of « citation » than « confions » is one of « confond »: a
letter typed for another is near it on the keyboard, or sounds like it.
"""

import re

from rapidfuzz.distance import OSA, Levenshtein

LENGTH_OF_A_WRONG_KEY = 9
"""Letters from which one may be taken for its neighbour: short words have too many look-alikes."""

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
_SOUNDS = (
    ("y", "i"),
    ("ph", "f"),
    ("qu", "k"),
    ("th", "t"),
    ("ch", "sh"),
    ("tion", "sion"),
    ("eau", "o"),
    ("au", "o"),
    ("ai", "e"),
    ("ei", "e"),
    ("em", "am"),
    ("en", "an"),
    ("in", "im"),
    ("ce", "se"),
    ("ci", "si"),
    ("ç", "s"),
    ("ge", "je"),
    ("gi", "ji"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("h", ""),
)
_TWICE = re.compile(r"(.)\1")
_MUTE = re.compile(r"(?:es?|er|ez|s|t|x|d)$")


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether a folded word may be a slip for another that is near it.

    >>> is_slip("algorythme", "algorithme"), is_slip("cotation", "citation")
    (True, False)
    """
    if sound(typed) == sound(meant):
        return True
    distance = OSA.distance(typed, meant)
    if distance == 1 and (len(typed) != len(meant) or sorted(typed) == sorted(meant)):
        return True  # a letter left out, added, or typed before its neighbour
    if distance > 1 and typed[-3:] != meant[-3:]:
        return False  # another word of the family: « démarchage », « démarche »
    replaced = [
        (typed[edit.src_pos], meant[edit.dest_pos])
        for edit in Levenshtein.editops(typed, meant)
        if edit.tag == "replace"
    ]
    is_swap = len(replaced) == 2 and replaced[0] == replaced[1][::-1]
    is_long = len(typed) >= LENGTH_OF_A_WRONG_KEY
    return is_swap or all(is_long and _are_neighbours(one, other) for one, other in replaced)


def sound(word: str) -> str:
    """Write a folded word roughly as it is heard.

    >>> sound("anonimisassion") == sound("anonymisation")
    True
    """
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return _MUTE.sub("", _TWICE.sub(r"\1", word))


def _are_neighbours(one: str, other: str) -> bool:
    """Tell whether two keys are neighbours on a French keyboard."""
    places = [
        (row, keys.index(letter))
        for letter in (one, other)
        for row, keys in enumerate(_ROWS)
        if letter in keys
    ]
    if len(places) < 2:
        return False
    (row, column), (other_row, other_column) = places
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
