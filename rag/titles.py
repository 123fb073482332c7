"""Which text or article a question asks about as a whole, by its title.

« Quelles sont les obligations du déployeur ? » asks for what a title names (« Obligations
incombant aux déployeurs… »), not for one rule of it: the passage that opens the article, or the
text about it, answers best.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.french import analyze
from rag.french.overviews import asks_overview
from rag.register import StoredPassage
from rag.types import OFFICIAL, Metadata
from rag.validity import act_id, acts_of

LEAST_LIKENESS = 0.6
"""Likeness of a title below which no title is what a question asks about."""

SUBJECTS = ("art_1", "art_1.1", "art_1.2")
"""Where an act states its subject; the last of these that it has (« …établit »)."""

_BETA = 0.25
"""Square of what the title's terms weigh beside the question's: titles say more than one types."""

_GENERAL = frozenset(
    analyze(
        "règlement IA AI Act RIA RGPD GDPR MDR article annexe point "
        "liste prévue prévoir prévoit applicable applique imposée impose "
        "principale principaux différente différents grandes existe concerne demande "
        "exige dit explique résume résumé présente"
    )
)
"""Terms that tell no title from another, or only ask."""

_NAME = re.compile(r"^(?:article|annexe) \S+\s*—\s*", re.IGNORECASE)
_COVERED = re.compile(r",?\s*\(?\b(?:articles?|annexes?|règles?) (?:[LR]\. ?)?[\dIVXL].*$")
"""At the end of the title of a text about the law: the articles that it explains."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of texts and articles.

    Attributes:
        terms: those of each title.
        acts: those that what it names is part of, or explains.
        openings: index of the passage that opens what it names.
        subjects: index of the passage that states the subject of an act, its first article.
        size: how many passages there are.
    """

    terms: tuple[frozenset[str], ...]
    acts: tuple[frozenset[str], ...]
    openings: tuple[int, ...]
    subjects: Mapping[str, int]
    size: int

    @classmethod
    def of(cls, stored: Iterable[StoredPassage], metadata: dict[str, Metadata]) -> Self:
        """Read the titles of passages, in the order of their texts."""
        named: dict[str, tuple[frozenset[str], frozenset[str], int]] = {}
        subjects: dict[str, int] = {}
        size = 0
        for index, item in enumerate(stored):
            size = index + 1
            passage, facts = item.passage, metadata[item.passage.document]
            if facts.kind in OFFICIAL:
                headings = [name for name in passage.headings if _NAME.match(name)]
                if not headings:
                    continue
                title, unit = _NAME.sub("", headings[-1]), passage.anchor.partition(".")[0]
                if passage.anchor in SUBJECTS:
                    subjects[act_id(passage.document)] = index
            else:
                title, unit = _COVERED.sub("", facts.title), ""
            if terms := frozenset(analyze(title)) - _GENERAL:
                named.setdefault(f"{passage.document}#{unit}", (terms, acts_of(facts), index))
        return cls(
            terms=tuple(terms for terms, _, _ in named.values()),
            acts=tuple(acts for _, acts, _ in named.values()),
            openings=tuple(index for _, _, index in named.values()),
            subjects=subjects,
            size=size,
        )

    def scores(
        self, question: str, rarity: Callable[[str], float], *, acts: Collection[str] = ()
    ) -> NDArray[np.float32]:
        """Tell how like the question the title is that each passage opens, 0 to 1; shape ``(n,)``.

        The F-measure of the terms that they share, by their ``rarity``. Where the question names
        ``acts``, those of others count for nothing; where it names nothing else, it is their
        subject that is asked for. All is 0 for a question that asks for no overview, and for one
        that no title is like.
        """
        scores = np.zeros(self.size, dtype=np.float32)
        asked = set(analyze(question)) - _GENERAL
        if not asks_overview(question):
            return scores
        if not asked:
            scores[[self.subjects[act] for act in acts if act in self.subjects]] = 1
            return scores
        whole = sum(map(rarity, asked))
        for terms, about, opening in zip(self.terms, self.acts, self.openings, strict=True):
            if acts and about.isdisjoint(acts):
                continue
            if shared := sum(map(rarity, asked & terms)):
                told, held = shared / whole, shared / sum(map(rarity, terms))
                scores[opening] = (1 + _BETA) * told * held / (_BETA * told + held)
        return scores if scores.max(initial=0) >= LEAST_LIKENESS else np.zeros_like(scores)
