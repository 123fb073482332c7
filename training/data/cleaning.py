"""Drop what would teach nothing, or the same thing twice, from aligned sentences and passages."""

import re
from collections.abc import Iterable, Iterator

from training.data.corpora import Pair

SHORTEST_LAW_SENTENCE = 20
"""In characters: below it, aligned law is mostly item labels, dates and names of places."""

LARGEST_RATIO = 2.2
"""A translation more than this many times longer than its source is seldom one."""

SLACK = 15
"""Characters of difference allowed whatever the ratio: short sentences vary more."""

LEAST_LETTERS = 0.6
_SECTION_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*\s+)?(?:\(\d+(?:\.\d+)*\)\s+)?(?=\S)")
_NOT_A_WORD = re.compile(r"[\W\d_]+")
_REPEALED = re.compile(r"^\W*(?:\d[\d.]*\s*)?\W*(?:abrog|repealed|non en vigueur)", re.IGNORECASE)


def clean_pairs(pairs: Iterable[Pair], *, shortest: int = 0) -> Iterator[Pair]:
    """Yield the pairs that are translations of each other, the first of each kind.

    Two pairs are of one kind when their French sides differ by case, figures or punctuation
    only: law repeats a formula with other numbers hundreds of times.
    """
    seen: set[str] = set()
    for pair in pairs:
        kind = skeleton(pair.french)
        if kind in seen or len(pair.french) < shortest or not is_translation(pair):
            continue
        seen.add(kind)
        yield pair


def is_translation(pair: Pair) -> bool:
    """Tell whether both sides look like one sentence in two languages, by their shape."""
    french, english = pair.french.strip(), pair.english.strip()
    if not french or not english or french.casefold() == english.casefold():
        return False
    if _REPEALED.match(french) or _letters(french) < LEAST_LETTERS * len(french):
        return False
    shorter, longer = sorted((len(french), len(english)))
    return longer <= LARGEST_RATIO * shorter or longer - shorter <= SLACK


def skeleton(text: str) -> str:
    """Return the words of a text, without case, figures and punctuation."""
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()


def without_number(section: str) -> str:
    """Return a section without the number it starts with (« 12 (1) », « (2) »)."""
    return _SECTION_NUMBER.sub("", section, count=1)


def _letters(text: str) -> int:
    return sum(character.isalpha() or character.isspace() for character in text)
