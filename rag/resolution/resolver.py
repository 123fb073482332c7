"""Meet the references of a question with what is indexed: passages of the unit, or its absence.

The law itself comes first, in the state of the day asked for; where it is not indexed, the texts
that cover or name the unit. A unit is said not to exist only where the act is known to have fewer.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rag.precedence import Precedence
from rag.references import (
    Missing,
    Part,
    PointPassage,
    Reference,
    asks_for_penalty,
    find_references,
    named_acts,
    point_in,
    remainder,
)
from rag.resolution.units import Units, usual_act
from rag.types import Query
from rag.validity import act_id, overlap

AI_ACT = "32024R1689"
"""The act of a unit that a question names without its act, where it has that unit."""

PASSAGES_PER_UNIT = 3
PASSAGES_IN_ALL = 6
"""Most passages of one unit, and of all the units named, before what the search finds."""

_NUMBERED = re.compile(r"(?P<part>art|rct|anx|regle)[_-](?P<number>[0-9]+|[IVXLC]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A passage of a unit that the question names by the words ``typed``; ``point`` narrows it."""

    index: int
    typed: str
    point: PointPassage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What the references of a question lead to.

    ``named`` are passages in order; ``following`` the indices of those that follow in the same
    article; ``explaining`` those of texts about the units, the best first, one of which may state
    the law of the day in place of a former text; ``missing`` is a unit that does not exist, where
    none of those named does.
    """

    named: tuple[Named, ...] = ()
    following: tuple[int, ...] = ()
    explaining: tuple[int, ...] = ()
    missing: Missing | None = None

    def standing(self, nearness: NDArray[np.float32]) -> NDArray[np.float32]:
        """Raise, among scores of passages, those of the texts that explain the units named."""
        scores = nearness.copy()
        for rank, index in enumerate(self.explaining):
            scores[index] += 1 + 1 / (1 + rank)
        return scores


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolve references on one day."""

    units: Units
    precedence: Precedence

    def resolve(self, query: Query, nearness: NDArray[np.float32]) -> Resolution:
        """Find the passages of the units that a question names.

        Args:
            query: its ``question`` is read; the history may tell the act.
            nearness: of each passage to the question, shape ``(n,)``; the nearest of a long unit
                come first, except where its text alone is asked for.
        """
        question = " ".join(query.question.split())
        references = find_references(question, self.units.names)
        if not references:
            return Resolution()
        in_order = not remainder(question, (reference.typed for reference in references))
        context = self._context(query.history)
        found = [self._find(reference, context) for reference in references]
        most = 1 if asks_for_penalty(question) else PASSAGES_PER_UNIT
        share = max(1, min(most, PASSAGES_IN_ALL // len(found)))
        named = [
            item
            for unit in found
            for item in (
                unit if in_order else sorted(unit, key=lambda item: -nearness[item.index])
            )[:share]
        ]
        if not named:
            return Resolution(missing=self._missing(references, context))
        return Resolution(
            named=tuple(dict.fromkeys(named)),
            following=self._following(named[-1]) if in_order and len(found) == 1 else (),
            explaining=self._explaining(named, references),
        )

    def _context(self, history: Sequence[str]) -> str | None:
        """Give the act that the conversation last named."""
        for question in reversed(history):
            if acts := named_acts(question, self.units.names):
                return acts[-1]
        return None

    def _find(self, reference: Reference, context: str | None) -> list[Named]:
        """List the passages of a unit in reading order: of the law, else of texts about it.

        Where a part of a unit is not in the law indexed, the unit itself is given, unless a text
        explains that very part.
        """
        anchor, typed = reference.anchor or "art_1", reference.typed
        for act in self._acts(reference, context):
            if self._lacks(act, anchor):
                continue
            if found := self._official(act, anchor, typed):
                return found
            explaining = self._admitted(self.units.explaining(act, reference.anchor))
            above = self._of_the_day(self.units.official_above(act, anchor))
            if above and not self.units.names_it(explaining[:1], act, anchor):
                return [Named(index=index, typed=typed) for index in above]
            if explaining:
                return [Named(index=index, typed=typed) for index in explaining]
        return []

    def _explaining(
        self, named: Iterable[Named], references: Iterable[Reference]
    ) -> tuple[int, ...]:
        """List the passages about the units named, where a former text of one was found."""
        corpus, told = self.precedence.corpus, self.precedence.caveats
        former = [
            corpus.stored[item.index].passage
            for item in named
            if any(caveat.is_superseded for caveat in told[item.index])
        ]
        acts = dict.fromkeys(act_id(passage.document) for passage in former)
        return tuple(
            dict.fromkeys(
                index
                for act in acts
                for reference in references
                for index in self._admitted(self.units.explaining(act, reference.anchor))
            )
        )

    def _acts(self, reference: Reference, context: str | None) -> Iterator[str]:
        """Yield the acts that a reference may be to, the likeliest first."""
        if reference.act:
            yield reference.act
        if reference.act and reference.is_beside:
            return
        usual = usual_act(reference.anchor)
        likely = [usual] if usual else [act for act in (context, AI_ACT) if act]
        yield from likely
        others = [act for act in self.units.acts_with(reference.anchor) if act not in likely]
        if len(others) == 1:
            yield others[0]

    def _official(self, act: str, anchor: str, typed: str) -> list[Named]:
        """Find the law's passages of a unit; a point inside one is narrowed to."""
        if indices := self._of_the_day(self.units.official(act, anchor)):
            return [Named(index=index, typed=typed) for index in indices]
        holder, steps = anchor, list[str]()
        while "." in holder:
            holder, _, step = holder.rpartition(".")
            steps.insert(0, step)
            for index in self._of_the_day(self.units.official(act, holder)):
                passage = self.precedence.corpus.stored[index].passage
                is_holder = passage.anchor.lower() == holder.lower()
                if is_holder and (point := point_in(passage, steps)):
                    return [Named(index=index, typed=typed, point=point)]
        return []

    def _of_the_day(self, indices: Iterable[int]) -> list[int]:
        """Keep the document that best states the law of the day: in French, in its last state.

        Only what may be shown is kept.
        """
        corpus, told = self.precedence.corpus, self.precedence.caveats
        by_document: dict[str, list[int]] = {}
        for index in self._admitted(indices):
            by_document.setdefault(corpus.stored[index].passage.document, []).append(index)

        def rank(document: str) -> tuple[bool, bool, bool, int]:
            facts, places = corpus.metadata[document], by_document[document]
            state = facts.version_date or facts.published
            return (
                facts.language != "fr",
                any(caveat.is_too_recent for index in places for caveat in told[index]),
                any(caveat.is_superseded for index in places for caveat in told[index]),
                -state.toordinal() if state else 0,
            )

        return by_document[min(by_document, key=rank)] if by_document else []

    def _admitted(self, indices: Iterable[int]) -> list[int]:
        return [index for index in indices if self.precedence.admitted[index]]

    def _following(self, last: Named) -> tuple[int, ...]:
        """List the passages that come next in the same article."""
        corpus = self.precedence.corpus
        unit, document = corpus.unit(last.index), corpus.stored[last.index].passage.document
        if unit == document:
            return ()
        after = range(last.index + 1, len(corpus.stored))
        same = (index for index in self._admitted(after) if corpus.unit(index) == unit)
        return tuple(
            index
            for index in islice(same, PASSAGES_IN_ALL - PASSAGES_PER_UNIT)
            if corpus.stored[index].passage.document == document
        )

    def _missing(self, references: Sequence[Reference], context: str | None) -> Missing | None:
        """Tell the first unit that an act is known not to have."""
        for reference in references:
            act = reference.act or context or AI_ACT
            is_clear = reference.act or reference.anchor.startswith((Part.ARTICLE, Part.RECITAL))
            if is_clear and (count := self._lacks(act, reference.anchor)):
                return Missing(act=self.units.names.name(act), anchor=reference.anchor, count=count)
        return None

    def _lacks(self, act: str, anchor: str) -> int | None:
        """Give how many units of its sort there are, where that proves that one does not exist."""
        match = _NUMBERED.match(anchor)
        if match is None:
            return None
        count = self.units.count(act, Part(match["part"]), on=self.precedence.as_of)
        number = int(match["number"]) if match["number"].isdecimal() else _value(match["number"])
        if count and number > count:
            return count
        unit, _, step = anchor.partition(".")
        step = step.partition(".")[0]
        if match["part"] != Part.ARTICLE or not step.isdecimal():
            return None
        is_amended = any(
            overlap(f"{act}#{unit}", amendment.unit)
            for amendment in self.precedence.corpus.law.amendments
        )
        count = 0 if is_amended else self.units.numbered_parts(act, unit)
        return count if count and int(step) > count else None


def _value(roman: str) -> int:
    """Read a Roman numeral.

    >>> _value("XIV")
    14
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
