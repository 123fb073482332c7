"""From the phrases that describe units to the passages of those units."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.lexical_index import LexicalIndex
from rag.types import Passage
from rag.vector_store import vector_id

Scores = NDArray[np.float32]


class DescribedUnits:
    """The units that have descriptions, and the passages that each of them leads to.

    Attributes:
        lexical: BM25 over the units, each read as its phrases one after the other.
    """

    def __init__(self, phrases: Sequence[Passage], keys: Sequence[str]) -> None:
        """Match phrases and passages.

        Args:
            phrases: each under the id of its unit (``32024R1689#art_26.6``).
            keys: the unit of each passage, in the same form.
        """
        units = list(dict.fromkeys(phrase.id for phrase in phrases))
        number = {unit: index for index, unit in enumerate(units)}
        self._unit_of = {vector_id(phrase): number[phrase.id] for phrase in phrases}
        words: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            words[phrase.id].append(phrase.text)
        self.lexical = LexicalIndex(["\n".join(words[unit]) for unit in units])
        leads = list(_leads(units, keys))
        self._units = np.array([unit for unit, _ in leads], dtype=np.int64)
        self._passages = np.array([passage for _, passage in leads], dtype=np.int64)
        self._count = len(keys)

    def __len__(self) -> int:
        return self.lexical.size

    def by_phrase(self, scores: Mapping[str, float]) -> Scores:
        """Give each passage the score of the best phrase that leads to it.

        Args:
            scores: by the id of the phrase's vector, 0 and up; an unknown one is passed over.
        """
        units = np.zeros(len(self), dtype=np.float32)
        for name, score in scores.items():
            if (unit := self._unit_of.get(name)) is not None:
                units[unit] = max(units[unit], score)
        return self._spread(units)

    def by_words(self, question: str) -> Scores:
        """Give each passage the BM25 score of the best unit that leads to it."""
        return self._spread(self.lexical.scores(question))

    def _spread(self, units: Scores) -> Scores:
        passages = np.zeros(self._count, dtype=np.float32)
        np.maximum.at(passages, self._passages, units[self._units])
        return passages


def _leads(units: Sequence[str], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each unit with its passages: those under it, else those that hold it."""
    under: dict[str, list[int]] = defaultdict(list)
    exact: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        exact[key].append(index)
        for above in _with_those_above(key):
            under[above].append(index)
    for number, unit in enumerate(units):
        holders = (exact[above] for above in _with_those_above(unit) if above in exact)
        for index in under.get(unit) or next(holders, ()):
            yield number, index


def _with_those_above(key: str) -> Iterator[str]:
    """Yield a unit's key, then those of the units that hold it, innermost first."""
    document, _, anchor = key.partition("#")
    while anchor:
        yield f"{document}#{anchor}"
        anchor = anchor.rpartition(".")[0]
    yield document
