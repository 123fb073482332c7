"""Find the sentences of an answer, of different documents, that cannot both be right.

Two quotes side by side would let a reader blend them. States of the law at different dates are
told by their caveats, and are not told again here.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from rag.answerers.figures import Fact, differ, read_facts
from rag.answerers.polarity import SORTS, read_polarity
from rag.answerers.selection import leans
from rag.answerers.subjects import is_measured, is_plain, same_event, same_subject
from rag.french import is_list_item
from rag.types import (
    OFFICIAL,
    CaveatKind,
    Claim,
    Contradiction,
    DraftSentence,
    Hit,
    Kind,
    Settlement,
)
from rag.validity import act_id

MOST_TOLD = 2
"""Contradictions told in one answer; more would not be read."""

_TOLD_ALREADY = {
    CaveatKind.AMENDED,
    CaveatKind.TOO_RECENT,
    CaveatKind.AMENDED_LATER,
    CaveatKind.OUTDATED,
    CaveatKind.DRAFT,
}
"""What a caveat says of that very unit; one on a document that is older tells nothing of it."""


def find_contradictions(sentences: Sequence[DraftSentence]) -> tuple[Contradiction, ...]:
    """Find what the sentences of an answer contradict each other on, once for two documents."""
    return tuple(islice(_distinct(sentences), MOST_TOLD))


def _distinct(sentences: Sequence[DraftSentence]) -> Iterator[Contradiction]:
    seen: set[frozenset[str]] = set()
    readable = [(place, one) for place, one in enumerate(sentences) if _is_readable(one)]
    for (place, one), (other_place, other) in combinations(readable, 2):
        documents = frozenset((one.hit.passage.document, other.hit.passage.document))
        if documents in seen or _is_one_source(one.hit, other.hit):
            continue
        for fact, opposed in _opposed(one.text, other.text):
            seen.add(documents)
            yield _weigh(_claim(place, one, fact), _claim(other_place, other, opposed))
            break


def _is_readable(sentence: DraftSentence) -> bool:
    """Tell whether a sentence can be read alone, in French, as the law that it states."""
    hit = sentence.hit
    return (
        hit.metadata.language == "fr"
        and not any(caveat.kind in _TOLD_ALREADY for caveat in hit.caveats)
        and not (leans(sentence.text) or sentence.context or is_list_item(sentence.text))
        and is_plain(sentence.text)
    )


def _is_one_source(one: Hit, other: Hit) -> bool:
    """Tell whether two hits are of one document, or states of one act."""
    return act_id(one.passage.document) == act_id(other.passage.document)


def _opposed(one: str, other: str) -> Iterator[tuple[Fact, Fact]]:
    """Yield the facts of two sentences on one point that cannot both hold."""
    facts = {**read_facts(one), **read_polarity(one)}
    others = {**read_facts(other), **read_polarity(other)}
    for sort, fact in facts.items():
        if sort not in others or not differ(fact, others[sort]):
            continue
        if sort == "date" and not same_event(one, other):
            continue
        if sort == "percentage" and (is_measured(one) or is_measured(other)):
            continue
        rests = _without(one, fact), _without(other, others[sort])
        if _is_on_one_subject(*rests, is_contrary=sort in SORTS):
            yield fact, others[sort]


def _is_on_one_subject(one: str, other: str, *, is_contrary: bool) -> bool:
    """Tell whether what is left of two sentences speaks of the same thing.

    It must be nearly the same words where « pas » alone tells the two apart.
    """
    if is_contrary:
        return same_subject(one, other, least_words=2, least_shared=0.75)
    return same_subject(one, other, least_words=3, least_shared=0.4)


def _without(text: str, fact: Fact) -> str:
    return f"{text[: fact.start]} {text[fact.end :]}"


def _claim(place: int, sentence: DraftSentence, fact: Fact) -> Claim:
    return Claim(
        sentence=place,
        words=sentence.text[fact.start : fact.end],
        passage=sentence.hit.passage,
        metadata=sentence.hit.metadata,
    )


def _weigh(one: Claim, other: Claim) -> Contradiction:
    """Put the claim that prevails first, and say why it does."""
    for first, second in ((one, other), (other, one)):
        if _is_law(first) and not _is_law(second):
            return Contradiction(claims=(first, second), settlement=Settlement.LAW)
        if _is_newer(first, second) and not _is_law(second):
            return Contradiction(claims=(first, second), settlement=Settlement.RECENT)
    return Contradiction(claims=(one, other), settlement=Settlement.OPEN)


def _is_law(claim: Claim) -> bool:
    return claim.metadata.kind in OFFICIAL


def _is_newer(one: Claim, other: Claim) -> bool:
    """Tell whether a claim takes the place of an older one: of the same kind, or of news.

    Of two acts of law, the more recent need not prevail: one may be special to its subject.
    """
    if one.day is None or other.day is None or one.day <= other.day:
        return False
    return other.metadata.kind in (one.metadata.kind, Kind.NEWS)
