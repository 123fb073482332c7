"""How well each passage meets what the question names: a source, an act, a role, a date."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from rag.corpus import Corpus
from rag.french import fold, words
from rag.types import OFFICIAL, Metadata, Passage, Steering
from rag.understanding import PUBLISHERS
from rag.validity import act_id

EXPLAINS = 0.5
"""What a text about an act named counts for, beside the act itself."""

_LEAST = 1e-3
"""What a passage that meets nothing is given, for the others to be above it."""


def steered(steering: Steering, corpus: Corpus, best: NDArray[np.int64]) -> NDArray[np.float32]:
    """Give each of the best passages the share of what is named that it meets, 0 and up.

    Returns:
        Shape ``(n,)``; nothing but zeros where nothing is named, or none of the best meets it.
    """
    scores = np.zeros(len(corpus.stored), dtype=np.float32)
    documents: dict[str, list[float]] = {}
    for index in map(int, best):
        passage = corpus.stored[index].passage
        metadata = corpus.metadata[passage.document]
        if passage.document not in documents:
            documents[passage.document] = list(_of_document(steering, metadata))
        met = [*documents[passage.document], *_of_passage(steering, corpus, index, metadata)]
        scores[index] = sum(met) / len(met) if met else 0
    if scores.any():
        scores[best] += _LEAST
    return scores


def _of_document(steering: Steering, metadata: Metadata) -> Iterator[float]:
    if steering.acts:
        about = {act_id(key.partition("#")[0]) for key in metadata.covers}
        is_act = act_id(metadata.id) in steering.acts
        yield 1.0 if is_act else EXPLAINS * (not about.isdisjoint(steering.acts))
    if steering.kinds:
        yield float(metadata.kind in steering.kinds)
    if steering.publishers:
        yield float(any(_is_by(publisher, metadata) for publisher in steering.publishers))


def _of_passage(
    steering: Steering, corpus: Corpus, index: int, metadata: Metadata
) -> Iterator[float]:
    if steering.roles:
        named = [corpus.lexical.coverage(role, index) for role in steering.roles]
        yield sum(named) / len(named)
    if steering.period and metadata.kind not in OFFICIAL:
        yield _is_within(steering, corpus.stored[index].passage, metadata)


def _is_within(steering: Steering, passage: Passage, metadata: Metadata) -> float:
    day = passage.published or metadata.published
    first, last = steering.period or (None, None)
    return float(bool(day and first and last and first <= day <= last))


def _is_by(publisher: str, metadata: Metadata) -> bool:
    """Tell whether a text is by somebody, or explains a text that is."""
    keys: Iterable[str] = (metadata.id, *metadata.covers)
    if any(key.startswith(f"{publisher}-") for key in keys):
        return True
    told = fold(f"{metadata.publisher} {metadata.title}")
    return publisher in words(told) or any(
        name in told for name in PUBLISHERS[publisher] if " " in name
    )
