"""Choose the few sentences that answer, and put them in the order in which they read well."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answerers.candidates import Candidate
from rag.answerers.lists import with_lists
from rag.french import is_list_item
from rag.types import DraftSentence, Hit
from rag.validity import referenced_anchors

MAX_SENTENCES = 6
MAX_LINES = 10
"""Most lines of an answer, the points of its lists counted; the first list is shown whole."""

_LEANING = re.compile(
    r"(?:Ce|Cet|Cette|Ces|Il|Elle|Ils|Elles|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|À cette fin"
    r"|Dans ce cas|Toutefois|Cependant|De même|En outre)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceWeights:
    """What each thing known of a sentence adds to its score.

    ``python -m benchmarks.sentences`` fits them on the labelled questions that have a key fact:
    they maximise the likelihood of the sentence that holds it, so that scores are logarithms.

    Attributes:
        within: a further sentence is kept when its score is at most that much below the best one.
    """

    nearness: float = 3.4
    explained: float = 0.8
    terms: float = 3.7
    standing: float = 6.2
    official: float = 1.4
    recital: float = -1.2
    saving: float = -4.0
    fact: float = 0.8
    opening: float = 1.5
    enumeration: float = 1.0
    within: float = 1.5

    def score(self, candidate: Candidate) -> float:
        """Score a sentence; only differences between sentences of one question mean anything."""
        return (
            self.nearness * candidate.nearness
            + self.explained * candidate.explained
            + self.terms * candidate.terms
            + self.standing * candidate.standing
            + self.official * candidate.is_official
            + self.recital * candidate.is_recital
            + self.saving * candidate.is_saving
            + self.fact * candidate.states_fact
            + self.opening * candidate.opens
            + self.enumeration * candidate.enumerates
        )


WEIGHTS = SentenceWeights()
CLEARLY = 0.4
"""By how much a sentence must answer better than another to be put before it."""

NEARLY = 1.5
"""How much worse a sentence of the law may answer than the best one to be put before it still."""

LEAST_EXPLAINED, REFERENCE_NEARNESS = 0.6, 0.35
"""Least nearness of a sentence of the law to one that explains it; what its number adds."""


def choose(
    candidates: Sequence[Candidate], weights: SentenceWeights = WEIGHTS
) -> list[DraftSentence]:
    """Keep the best few: the direct answer first in its source, the law before what explains it."""
    ordered = sorted(candidates, key=lambda candidate: -weights.score(candidate))
    least = weights.score(ordered[0]) - weights.within
    kept = [one for one in ordered[:MAX_SENTENCES] if weights.score(one) >= least]
    kept = _fitting(_stating(kept, weights))
    laws = _law_of(kept, candidates)
    place: dict[int, float] = {}
    for candidate in kept:
        place.setdefault(candidate.rank, len(place))
    for law in laws:
        place[law.rank] = min(place[one.rank] for one in kept if _explains(one, law)) - 0.5
    kept += laws

    def reading_order(candidate: Candidate) -> tuple[bool, float, bool, int]:
        is_first = candidate is ordered[0] and _comes_first(candidate, kept, weights)
        return (
            not (candidate.is_official and _is_near(candidate, ordered[0], weights)),
            place[candidate.rank],
            not is_first,
            candidate.sentence.start,
        )

    return [candidate.sentence for candidate in sorted(kept, key=reading_order)]


def _fitting(kept: Sequence[Candidate]) -> list[Candidate]:
    """Keep what an answer has room for once lists are whole, the best first.

    A further sentence that would bring a long list says less than it makes to read.
    """
    fitting, lines = list[Candidate](), 0
    for candidate in kept:
        added = len(list(with_lists([candidate.sentence])))
        if not fitting or lines + added <= MAX_LINES:
            fitting.append(candidate)
            lines += added
    return fitting


def _is_near(law: Candidate, best: Candidate, weights: SentenceWeights) -> bool:
    """Tell whether a sentence of the law answers about as well as the best one, its rank aside.

    The law that the best passage explains is near whatever its words: the question uses others.
    """
    behind = weights.score(best) - weights.score(law)
    behind += weights.official * (law.is_official - best.is_official)
    return _explains(best, law) or behind <= NEARLY


def _explains(candidate: Candidate, law: Candidate) -> bool:
    """Tell whether the passage of a sentence is the one that explains a passage of the law."""
    return candidate.sentence.hit.passage.id == law.sentence.hit.explained_by


def _stating(kept: Sequence[Candidate], weights: SentenceWeights) -> list[Candidate]:
    """Keep the passages that state a figure of the sort asked for, where some of them do.

    « Quand » is answered by a date: a sentence on the same subject without one is beside the
    point, unless it answers better than all that state one, beside their point then.
    """
    stating = [candidate for candidate in kept if candidate.states_fact]
    if not stating:
        return list(kept)
    passages = {candidate.rank for candidate in stating}
    best = max(weights.score(candidate) for candidate in stating)
    return [one for one in kept if one.rank in passages or weights.score(one) > best]


def _comes_first(best: Candidate, kept: Sequence[Candidate], weights: SentenceWeights) -> bool:
    """Tell whether the best sentence is put before those that precede it in its passage.

    It is where it answers clearly better and does not need them.
    """
    text = best.sentence.text
    if leans(text) or is_list_item(text) or text.endswith(":"):
        return False
    before = [
        weights.score(other)
        for other in kept
        if other.rank == best.rank and other.sentence.start < best.sentence.start
    ]
    return bool(before) and weights.score(best) - max(before) >= CLEARLY


def leans(text: str) -> bool:
    """Tell whether a sentence leans on the one before it.

    >>> leans("Ce fournisseur l’établit."), leans("Le fournisseur l’établit.")
    (True, False)
    """
    return _LEANING.match(text) is not None


def _law_of(kept: Sequence[Candidate], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Find the sentence of the law that the sentences kept explain, unless one is kept.

    It is the one nearest in meaning to a sentence that explains it: the question uses other
    words. One that leans on the sentence before it (« Ce fournisseur… ») is passed over.
    """
    if any(candidate.is_official for candidate in kept):
        return []
    nearest, chosen = LEAST_EXPLAINED, list[Candidate]()
    for candidate in candidates:
        explaining = [other.sentence for other in kept if _explains(other, candidate)]
        if not explaining or leans(candidate.sentence.text):
            continue
        nearness = candidate.explained
        if any(_names(sentence, candidate.sentence.hit) for sentence in explaining):
            nearness += REFERENCE_NEARNESS
        if nearness >= nearest:
            nearest, chosen = nearness, [candidate]
    return chosen


def _names(sentence: DraftSentence, law: Hit) -> bool:
    """Tell whether the passage of a sentence refers to this very unit of law by its number."""
    return law.passage.anchor in set(referenced_anchors(sentence.hit.passage.text))
