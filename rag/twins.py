"""Passages that say the same words in several documents: one is shown, the others are named.

The text of the Official Journal and the consolidated one share most of their articles, and notices
repeat one another. The one shown is the best state: the law of the day, the law before what others
write, the last state of an act.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rag.french import analyze
from rag.precedence import Placed, Precedence
from rag.validity import act_id

REACH = 40
"""Best passages that are compared with one another."""

LEAST_TERMS = 8
"""Fewer terms are no proof, except for the same unit of the same act."""

LEAST_LIKENESS = 0.9
"""Least share of the distinct terms of two passages that both of them hold (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Which passage is shown in place of which; indices of a corpus."""

    instead: Mapping[int, int] = field(default_factory=dict)

    def shown(self, index: int) -> int:
        """Give the passage that is shown for one: itself, or the best that says the same."""
        return self.instead.get(index, index)

    def of(self, index: int) -> list[int]:
        """List the passages that one is shown for, besides itself."""
        return [other for other, shown in self.instead.items() if shown == index]

    def once(self, order: Iterable[int]) -> Iterator[int]:
        """Yield passages in order, those that say the same once, at the place of the first."""
        yield from dict.fromkeys(map(self.shown, order)) if self.instead else order

    def settle(self, placed: Iterable[Placed]) -> Iterator[Placed]:
        """Yield places, each passage once, in place of those that say the same."""
        seen: set[int] = set()
        for place in placed:
            index = self.shown(place.index)
            if index not in seen:
                seen.add(index)
                yield replace(place, index=index)


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it is compared."""

    index: int
    document: str
    unit: str
    terms: frozenset[str]
    numbers: frozenset[str]
    is_named: bool
    is_of_the_day: bool

    def says_the_same(self, other: "_Read") -> bool:
        """Tell whether two passages say the same: near the same terms, and the same numbers.

        The law of two days only does word for word, and what a question names is always shown.
        """
        if self.document == other.document or (self.is_named and other.is_named):
            return False
        is_short = min(len(self.terms), len(other.terms)) < LEAST_TERMS
        if (is_short and self.unit != other.unit) or self.numbers != other.numbers:
            return False
        if self.is_of_the_day != other.is_of_the_day:
            return self.terms == other.terms
        shared = len(self.terms & other.terms)
        return shared >= LEAST_LIKENESS * (len(self.terms) + len(other.terms) - shared)


def find_twins(
    order: Iterable[int], precedence: Precedence, *, named: Collection[int] = ()
) -> Twins:
    """Find the passages that say the same among a few, best first.

    Args:
        order: their indices.
        precedence: the corpus on the day asked for.
        named: those that the question names.
    """
    groups: dict[int, list[int]] = defaultdict(list)
    firsts: list[_Read] = []
    for index in order:
        read = _read(index, precedence, is_named=index in named)
        same = next((first for first in firsts if first.says_the_same(read)), read)
        if same is read:
            firsts.append(read)
        groups[same.index].append(index)
    instead: dict[int, int] = {}
    for group in groups.values():
        best = min(group, key=lambda index: (index not in named, *_state(index, precedence)))
        instead |= {index: best for index in group if index != best}
    return Twins(instead)


def _read(index: int, precedence: Precedence, *, is_named: bool) -> _Read:
    passage = precedence.corpus.stored[index].passage
    terms = frozenset(analyze(passage.text))
    return _Read(
        index=index,
        document=passage.document,
        unit=f"{act_id(passage.document)}#{passage.anchor}",
        terms=terms,
        numbers=frozenset(term for term in terms if term[0].isdigit()),
        is_named=is_named,
        is_of_the_day=precedence.is_of_the_day(index),
    )


def _state(index: int, precedence: Precedence) -> tuple[bool, bool, bool, int]:
    """Rank the states of a text, the best first; what is not the law keeps its place."""
    corpus = precedence.corpus
    is_official = bool(corpus.is_official[index])
    facts = corpus.metadata[corpus.stored[index].passage.document]
    day = facts.version_date or facts.published
    return (
        not precedence.is_of_the_day(index),
        not is_official,
        day is not None and day > precedence.as_of,
        -day.toordinal() if day and is_official else 0,
    )
