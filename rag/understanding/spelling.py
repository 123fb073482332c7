"""Find the word that was meant by one that nothing knows.

What is known is whatever stands in the documents, in the thesaurus or in the encoder's vocabulary.
Only words of the documents and of the thesaurus replace another, for the search alone: a word of
everyday French that they lack stays, and tells that the question may be about something else.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from rag.french import analyze, fold, words
from rag.french.analysis import STOP_WORDS
from rag.thesaurus import Thesaurus
from rag.understanding.slips import is_slip

SHORTEST = 5
"""Letters of a word that may be corrected: shorter ones have too many neighbours."""

LENGTH_OF_TWO_SLIPS = 8
"""Letters from which two slips may be mended instead of one."""

SHORTEST_ROOT = 3
_ENDINGS = (
    "s x e es ee ees er ez ons ent ais ait aient ant ants ante antes ions iez era eront".split()
)

_WORD = re.compile(
    r"(?<![\w'’@./-])(?P<elided>(?:[cdjlmnst]|qu)['’])?(?P<word>[^\W\d_]{4,})(?![\w@'’-])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"(?P<letter>[djlns]|qu)(?P<rest>[aeiouyh]\w{3,})")


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The words that are known.

    Attributes:
        frequency: passages that hold each word, by the word in its folded form.
        spelling: how each of them is usually written, with its accents.
        thesaurus: whose forms are known too.
        general: words that exist, whether or not the documents hold them.
    """

    frequency: Mapping[str, int] = field(default_factory=dict)
    spelling: Mapping[str, str] = field(default_factory=dict)
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    general: Collection[str] = frozenset()

    @classmethod
    def of(
        cls, texts: Iterable[str], *, thesaurus: Thesaurus, general: Collection[str] = frozenset()
    ) -> "Lexicon":
        """Count the words of texts."""
        written = Counter(word for text in texts for word in set(_LETTERS.findall(text.lower())))
        frequency: Counter[str] = Counter()
        spelling: dict[str, str] = {}
        for word, count in written.most_common():
            frequency[fold(word)] += count
            spelling.setdefault(fold(word), word)
        for word in _LETTERS.findall(" ".join(_names(thesaurus)).lower()):
            spelling.setdefault(fold(word), word)
        lexicon = cls(frequency=frequency, spelling=spelling, thesaurus=thesaurus, general=general)
        lexicon._prepare()
        return lexicon

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is known, in this form or in another of the same stem."""
        if self._holds(word) or _stem(word) in self._stems:
            return True
        return any(map(self._holds, _inflections(word))) or self._is_shortened(word)

    def _prepare(self) -> None:
        """Compute now what the first misspelt word would wait for."""
        for part in ("_stems", "_by_letter", "_others"):
            getattr(self, part)
        self.thesaurus.matches("")

    def _holds(self, word: str) -> bool:
        return (
            word in self.frequency
            or word in self.general
            or word in self._terms
            or word in STOP_WORDS
        )

    def _is_shortened(self, word: str) -> bool:
        """Tell whether a word is the beginning of a longer one: « densito », « admin »."""
        longer = self._by_letter.get(word[0], ())
        return any(len(known) >= len(word) + 3 and known.startswith(word) for known in longer)

    def is_term(self, word: str) -> bool:
        """Tell whether a word is a form of the thesaurus."""
        return bool(self.thesaurus.matches(word))

    def meant_by(self, word: str) -> str | None:
        """Give the known word nearest to an unknown one, the most frequent of several; or None.

        The first letter is taken to be right, unless the first two changed places.
        """
        slips = 2 if len(word) >= LENGTH_OF_TWO_SLIPS else 1
        swapped = f"{word[1]}{word[0]}{word[2:]}"
        if swapped in self._replacing:
            return swapped
        near = self._near(word, self._by_letter, slips)
        if not near:
            return None
        least = min(near.values())
        if any(distance < least for distance in self._near(word, self._others, slips).values()):
            return None
        nearest = [known for known, distance in near.items() if distance == least]
        return max(nearest, key=lambda known: (self.frequency.get(known, 0), known))

    def _near(self, word: str, by_letter: Mapping[str, list[str]], slips: int) -> dict[str, int]:
        known = by_letter.get(word[0], [])
        found = extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return {choice: int(distance) for choice, distance, _ in found if is_slip(word, choice)}

    @cached_property
    def _terms(self) -> frozenset[str]:
        return frozenset(word for name in _names(self.thesaurus) for word in words(name))

    @cached_property
    def _stems(self) -> frozenset[str]:
        known = {*self.frequency, *self._terms}
        return frozenset(_stem(word) for word in known if len(word) >= SHORTEST - 1)

    @cached_property
    def _replacing(self) -> frozenset[str]:
        """The words that may replace another."""
        return frozenset(
            word
            for word in self._terms.union(self.frequency)
            if len(word) >= SHORTEST - 1 and word.isalpha()
        )

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        return _by_letter(self._replacing)

    @cached_property
    def _others(self) -> dict[str, list[str]]:
        """The words that are known and may not replace another."""
        return _by_letter({*self.frequency, *self.general} - self._replacing)


def _names(thesaurus: Thesaurus) -> Iterator[str]:
    return (form.text for entry in thesaurus.entries for form in entry.names)


def correct(text: str, lexicon: Lexicon) -> str:
    """Replace misspelt words by those meant, where they can be told.

    A word with a capital names somebody or something, but for the first of the question.
    """
    if not lexicon.frequency or text.isupper():
        return text

    def replace(match: re.Match[str]) -> str:
        typed = match["word"]
        is_first = match.start() == 0
        if not (typed.islower() or (is_first and typed[1:].islower())):
            return match.group()
        folded = fold(typed)
        if lexicon.knows(folded):
            return match.group()
        mended = _mended(folded, lexicon) or typed
        return f"{match['elided'] or ''}{mended.capitalize() if typed.istitle() else mended}"

    return _WORD.sub(replace, text)


def _mended(word: str, lexicon: Lexicon) -> str | None:
    """Give what was meant by an unknown word: a near one, else two without their apostrophe."""
    if len(word) >= SHORTEST and (meant := lexicon.meant_by(word)):
        return lexicon.spelling.get(meant, meant)
    glued = _GLUED.fullmatch(word)
    if glued and (glued["rest"] in lexicon.frequency or glued["rest"] in lexicon.general):
        return f"{glued['letter']}'{lexicon.spelling.get(glued['rest'], glued['rest'])}"
    return None


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in known:
        if len(word) >= SHORTEST - 1:
            found[word[0]].append(word)
    return dict(found)


def _inflections(word: str) -> Iterator[str]:
    """Yield other forms that a verb or a noun may have: « triée » of « trier »."""
    for ending in _ENDINGS:
        root = word.removesuffix(ending)
        if root != word and len(root) >= SHORTEST_ROOT:
            yield root
            yield from (root + other for other in _ENDINGS)


def _stem(word: str) -> str:
    return next(iter(analyze(word)), word)
