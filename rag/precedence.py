"""Put the law of the day first.

Each passage gets its caveats on the day asked for. A passage that states the law of another day
comes after one that states the law of that day on the same unit, and weighs less; one that did
not exist yet is left out. A passage about the law brings in the law that it explains, where that
is indexed; authority is a gentle factor beside that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rag.corpus import Corpus
from rag.types import Amendment, Caveat, Kind
from rag.validity import caveats, referenced_anchors

SUPERSEDED_WEIGHT = 0.8
AUTHORITY_WEIGHTS = {
    Kind.REGULATION: 1.0,
    Kind.LAW: 1.0,
    Kind.GUIDELINES: 0.99,
    Kind.RECOMMENDATION: 0.98,
    Kind.GUIDE: 0.97,
    Kind.NEWS: 0.96,
    Kind.NOTICE: 1.0,  # it explains the law, and says itself what is not settled
}
RANKS_WITH_COUNTERPART = 10
"""Among the best passages only, the law of the day is brought in for one of another day."""


RANKS_WITH_LAW, RANKS_BEFORE_LAW = 3, 5
"""The law that the first passages explain comes after the first five, which keep their place."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage in its place.

    It may be brought in for a passage found of another day (``instead_of``), be the law that a
    passage found is about (``explained_by``), or be of another day itself (``replaced_by``).
    """

    index: int
    instead_of: int | None = None
    explained_by: int | None = None
    replaced_by: int | None = None


class Precedence:
    """The passages of a corpus on one day.

    Attributes:
        corpus: the passages.
        as_of: the day.
        caveats: for each passage, what a reader must know of its place in time.
        authority: factor of each passage's score for the sort of its document; shape ``(n,)``.
        validity: the same for its place in time.
        weights: the two together, 0 to 1.
        admitted: which passages may be shown; shape ``(n,)``.
    """

    def __init__(self, corpus: Corpus, as_of: date) -> None:
        self.corpus = corpus
        self.as_of = as_of
        self.caveats = [_caveats(corpus, index, as_of) for index in range(len(corpus.stored))]
        self.admitted = np.ones(len(corpus.stored), dtype=bool)
        self._superseded = [any(c.is_superseded for c in told) for told in self.caveats]
        self._too_recent = [any(c.is_too_recent for c in told) for told in self.caveats]
        self.authority, self.validity = self._authority(), self._validity()
        self.weights = self.authority * self.validity
        self._stating = self._index_by_amendment()

    def among(self, admitted: NDArray[np.bool_]) -> "Precedence":
        """Give the same order among some passages: no other is brought in."""
        narrowed = copy(self)
        narrowed.admitted = admitted
        return narrowed

    def is_of_the_day(self, index: int) -> bool:
        """Tell whether a passage states the law of the day, as far as is known."""
        return not (self._superseded[index] or self._too_recent[index])

    def with_law(self, placed: Iterable[Placed], question: str) -> Iterator[Placed]:
        """Yield passages, and after the first few the law that the best of them explain.

        The words of the passage lead from those of the question to those of the law.
        """
        places = iter(placed)
        first = list(islice(places, RANKS_BEFORE_LAW))
        explained: dict[int, int] = {}
        for place in first[:RANKS_WITH_LAW]:
            law = self._law_explained(place.index, question)
            if law is not None:
                explained.setdefault(law, place.index)
        for place in first:
            yield replace(place, explained_by=explained.pop(place.index, None))
        for law, index in explained.items():
            yield Placed(law, explained_by=index)
        yield from (place for place in places if place.index not in explained)

    def arrange(self, order: Iterable[int], scores: NDArray[np.float32]) -> Iterator[Placed]:
        """Yield the passages of ``order``, the law of the day before that of another day.

        Args:
            order: indices of passages, best first.
            scores: of all passages; shape ``(n,)``.
        """
        placed: set[int] = set()
        too_recent: list[int] = []
        for rank, index in enumerate(order):
            counterpart = None
            if self._superseded[index] and rank < RANKS_WITH_COUNTERPART:
                counterpart = self._counterpart(index, scores)
            if counterpart is not None and counterpart not in placed:
                placed.add(counterpart)
                yield Placed(counterpart, instead_of=index)
            if self._too_recent[index]:
                too_recent.append(index)
            elif index not in placed:
                placed.add(index)
                yield Placed(index, replaced_by=counterpart)
        if not placed:  # nothing is old enough: better show what is not than nothing
            yield from map(Placed, too_recent)

    def _law_explained(self, index: int, question: str) -> int | None:
        """Find the passage of the law that one about it explains: by reference, then by words."""
        passage = self.corpus.stored[index].passage
        covers = self.corpus.metadata[passage.document].covers
        candidates = [
            candidate
            for key in covers
            for candidate in self.corpus.official.get(key, ())
            if self.admitted[candidate] and not self._superseded[candidate]
        ]
        if not candidates:
            return None
        nearness = self.corpus.lexical.scores(f"{question} {passage.text}")
        references = list(referenced_anchors(passage.text))

        def closeness(candidate: int) -> tuple[int, float]:
            anchor = self.corpus.stored[candidate].passage.anchor
            return _precision(anchor, references), float(nearness[candidate])

        return max(candidates, key=closeness)

    def _authority(self) -> NDArray[np.float32]:
        metadata, stored = self.corpus.metadata, self.corpus.stored
        weights = [AUTHORITY_WEIGHTS[metadata[item.passage.document].kind] for item in stored]
        return np.array(weights, dtype=np.float32)

    def _validity(self) -> NDArray[np.float32]:
        return np.where(self._superseded, SUPERSEDED_WEIGHT, 1.0).astype(np.float32)

    def _index_by_amendment(self) -> dict[Amendment, list[int]]:
        """List, for each amendment, the passages that state its unit as it is on the day."""
        stating = defaultdict(list)
        for index, links in enumerate(self.corpus.links):
            for link in links:
                if link.is_stated and not self._superseded[index]:
                    stating[link.amendment].append(index)
        return stating

    def _counterpart(self, index: int, scores: NDArray[np.float32]) -> int | None:
        """Find the passage nearest to the question that states the same unit on the day."""
        candidates = [
            candidate
            for link in self.corpus.links[index]
            if link.is_stated
            for candidate in self._stating.get(link.amendment, ())
            if self.admitted[candidate]
        ]
        return max(candidates, key=lambda candidate: float(scores[candidate]), default=None)


def _precision(anchor: str, references: Iterable[str]) -> int:
    """Count the steps of the most precise reference that an anchor is, or lies under."""
    return max(
        (
            reference.count(".") + 1
            for reference in references
            if anchor == reference or anchor.startswith(f"{reference}.")
        ),
        default=0,
    )


def _caveats(corpus: Corpus, index: int, as_of: date) -> tuple[Caveat, ...]:
    passage = corpus.stored[index].passage
    told = caveats(
        passage,
        corpus.metadata[passage.document],
        registry=corpus.law,
        links=corpus.links[index],
        as_of=as_of,
    )
    return tuple(replace(caveat, see=_title(corpus, caveat.see)) for caveat in told)


def _title(corpus: Corpus, document: str) -> str:
    return corpus.metadata[document].title if document in corpus.metadata else ""
