"""Compare what is typed with the forms of a thesaurus: words, stems and capitals."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TypeAlias

from rag.french import analyze, words
from rag.french.analysis import STOP_WORDS

FRENCH_WORDS = STOP_WORDS | {"ans", "cad", "cerf", "fit", "mn", "pet", "sac", "us"}
"""Words that an acronym may be mistaken for: it is one only when typed in capitals."""

DOUBTFUL = {"pia", "ria", "ris", "sau", "sia"}
"""Acronyms that may be read as a name or a rare word, as those of two letters may."""

Key: TypeAlias = tuple[str, ...]
"""The words of a form in the way that they are compared: acronyms in capitals, else stems."""

_LINKS = frozenset("a au aux d de des du en l la le les".split())
_CAPITALS = re.compile(r"\w*[A-Z]\w*[A-Z]\w*|\b[A-Z]\b")


def is_acronym(form: str) -> bool:
    """Tell whether a form is one word with two capitals or more, or with a figure (« G4 »).

    >>> is_acronym("MSSanté"), is_acronym("G4"), is_acronym("AI Act"), is_acronym("scanner")
    (True, True, False, False)
    """
    return bool(re.fullmatch(r"\w*[A-Z]\w*[A-Z0-9]\w*", form))


def typed_as_acronyms(text: str) -> frozenset[str]:
    """Give the folded words that hold two capitals, or are one.

    >>> sorted(typed_as_acronyms("L’IA du réseau DRIM-M et MSSanté"))
    ['drim', 'ia', 'l', 'm', 'mssante']
    """
    return frozenset(word for run in _CAPITALS.findall(text) for word in words(run))


class Reading:
    """The words of a text that count, as a thesaurus with these acronyms reads them.

    A word alone counts as it is written, singular or plural (« destiné » is not « destination »);
    in longer runs, by its stem. Small words that link others do not count.
    """

    def __init__(self, text: str, *, acronyms: Collection[str]) -> None:
        kept = [word for word in words(text) if word not in _LINKS]
        known = [_known_acronym(word, acronyms) for word in kept]
        self._alone = [name or _singular(word) for name, word in zip(known, kept, strict=True)]
        self._stems = [name or _stem(word) for name, word in zip(known, kept, strict=True)]

    def __len__(self) -> int:
        return len(self._stems)

    @property
    def key(self) -> Key:
        """The key of the whole text."""
        return self._key(0, len(self._stems))

    def runs(self, longest: int) -> Iterator[tuple[int, int, Key]]:
        """Give every run of at most ``longest`` words: its start, its end and its key."""
        for start in range(len(self._stems)):
            for end in range(start + 1, min(start + longest, len(self._stems)) + 1):
                yield start, end, self._key(start, end)

    def _key(self, start: int, end: int) -> Key:
        return tuple((self._alone if end - start == 1 else self._stems)[start:end])


class Capitals:
    """What the capitals of a question tell of the acronyms in it.

    >>> Capitals("mon pacs et le ria").show("RIA"), Capitals("Mon PACS et le ria").show("RIA")
    (True, False)
    >>> Capitals("On choisit un ON").show("ON"), Capitals("on choisit").show("ON")
    (True, False)
    """

    def __init__(self, question: str) -> None:
        is_shouted = question.isupper() and len(question.split()) > 2
        self._tell_nothing = is_shouted or question[1:] == question[1:].lower()
        self._typed = frozenset() if is_shouted else typed_as_acronyms(question)

    def show(self, acronym: str) -> bool:
        """Tell whether a word of the question is meant as this acronym."""
        word = acronym.lower()
        if word in self._typed or word in FRENCH_WORDS:
            return word in self._typed
        is_doubtful = len(word) <= 2 or word in DOUBTFUL
        return self._tell_nothing or not is_doubtful


def _known_acronym(word: str, acronyms: Collection[str]) -> str:
    """Give a word in capitals when it is a known acronym, singular or plural, else nothing."""
    return next((form for form in (word, _singular(word)) if form in acronyms), "").upper()


def _singular(word: str) -> str:
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return word.rstrip("sx") or word


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return next(iter(analyze(word)), word)
