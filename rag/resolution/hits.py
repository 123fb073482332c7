"""Put the passages of the units named before the others, and mark them as such."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.corpus import Corpus
from rag.resolution.resolver import Named, Resolution
from rag.types import Hit


def named_first(resolution: Resolution, order: Iterable[int]) -> Iterator[int]:
    """Yield the passages of the units named, what follows them, then the others in order."""
    first = dict.fromkeys([*(item.index for item in resolution.named), *resolution.following])
    yield from first
    yield from (index for index in order if index not in first)


def with_references(hits: Iterable[Hit], resolution: Resolution, corpus: Corpus) -> Iterator[Hit]:
    """Mark the hits of the units named, each point inside a passage as a hit of its own.

    The law of the day, brought in for a former text that is named, comes right after it: the very
    unit is what was asked for.
    """
    named: dict[str, list[Named]] = defaultdict(list)
    for item in resolution.named:
        named[corpus.stored[item.index].passage.id].append(item)
    held: list[Hit] = []
    for hit in hits:
        items = named.get(hit.passage.id, [])
        if not items and hit.instead_of in named:
            typed = named[hit.instead_of][0].typed
            held.append(replace(hit, score=1.0, reference=typed))
            continue
        yield from (_narrowed(hit, item) for item in items)
        yield from held
        held = []
        if not items:
            yield hit
    yield from held


def _narrowed(hit: Hit, named: Named) -> Hit:
    hit = replace(hit, score=1.0, reference=named.typed)
    if named.point is None:
        return hit
    return replace(
        hit, passage=named.point.passage, lead_in=named.point.lead_in, items=(), explained_by=None
    )
