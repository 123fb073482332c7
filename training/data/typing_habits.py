"""Write a text as people type it in a hurry: slips of the finger, letters heard, marks left out.

Capitals are left, and accents where the letter is heard: the tokenizer does not see them.
"""

import random
import re
from collections.abc import Callable

SHORTEST_MISSPELT = 4
"""Letters: shorter words are seldom misspelt in a way that can still be read."""

_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHE = re.compile(r"['’]")
_MARKS = re.compile(r"\s*[?!.…;]+\s*$")
_HEARD = (
    ("ph", "f"),
    ("qu", "k"),
    ("tion", "sion"),
    ("eau", "o"),
    ("au", "o"),
    ("ss", "s"),
    ("mm", "m"),
    ("nn", "n"),
    ("ll", "l"),
    ("tt", "t"),
    ("rr", "r"),
    ("pp", "p"),
    ("é", "er"),
    ("ai", "e"),
    ("en", "an"),
    ("y", "i"),
)


def as_typed(text: str, generator: random.Random, *, slips: float = 0.08) -> str:
    """Return a text with about ``slips`` of its longer words misspelt and some marks left out."""
    typed = _WORD.sub(lambda word: _maybe_misspelt(word.group(), generator, slips), text)
    if generator.random() < 0.5:
        typed = _MARKS.sub("", typed)
    if generator.random() < 0.3:
        typed = _APOSTROPHE.sub(" ", typed)
    return typed


def _maybe_misspelt(word: str, generator: random.Random, slips: float) -> str:
    if len(word) < SHORTEST_MISSPELT or word.isupper() or generator.random() >= slips:
        return word
    return generator.choice(_HABITS)(word, generator)


def _swap(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _omit(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _double(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word))
    return word[:place] + word[place] + word[place:]


def _as_heard(word: str, generator: random.Random) -> str:
    possible = [(written, heard) for written, heard in _HEARD if written in word.casefold()]
    if not possible:
        return _omit(word, generator)
    written, heard = generator.choice(possible)
    return re.sub(written, heard, word, count=1, flags=re.IGNORECASE)


_HABITS: tuple[Callable[[str, random.Random], str], ...] = (_swap, _omit, _double, _as_heard)
