"""Find, for each clause of a sentence, the clause of the sources that says the same.

Each token of the sentence is near one token of the sources; a clause goes with the one where most
of its tokens, by their weight, find theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.french import sentence_spans
from rag.late_interaction import TokenVectors, nearest_tokens
from rag.verification.evidence import Evidence, read_text
from rag.verification.stance import clauses

LEAST_WEIGHT = 0.35
"""Share of a clause's weight that the clause it is compared with must hold."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """A clause of a sentence, that of the sources which is like it, and the sentence it is in."""

    said: str
    there: str
    around: str


def pair_clauses(text: str, tokens: TokenVectors, sources: Sequence[Evidence]) -> Iterator[Pairing]:
    """Yield the clauses of a sentence, each with its like; those without one are left out."""
    read = [
        (read_text(hit), one)
        for source in sources
        for hit, one in zip(source.hits, source.tokens, strict=True)
    ]
    if not read:
        return
    where, similarities = nearest_tokens(tokens, [one for _, one in read])
    owners = np.concatenate([np.full(len(one), place) for place, (_, one) in enumerate(read)])
    starts = np.concatenate([one.starts for _, one in read])
    weights = tokens.weights.astype(np.float64) * np.maximum(similarities, 0)
    for span in clauses(text):
        inside = (tokens.starts >= span.start) & (tokens.starts < span.end)
        votes: dict[tuple[int, int, int], float] = {}
        for token in np.flatnonzero(inside):
            place = int(owners[where[token]])
            found = _clause_at(read[place][0], int(starts[where[token]]))
            if found is not None:
                key = (place, *found)
                votes[key] = votes.get(key, 0.0) + float(weights[token])
        total = float(tokens.weights[inside].astype(np.float64).sum())
        if not votes or not total:
            continue
        (place, start, end), weight = max(votes.items(), key=lambda item: item[1])
        if weight >= LEAST_WEIGHT * total:
            whole = read[place][0]
            yield Pairing(text[span.start : span.end], whole[start:end], _around(whole, start))


def _clause_at(text: str, offset: int) -> tuple[int, int] | None:
    for span in clauses(text):
        if span.start <= offset < span.end:
            return span.start, span.end
    return None


def _around(text: str, offset: int) -> str:
    """Give the sentence, or the line, that holds an offset."""
    for start, end in sentence_spans(text):
        if start <= offset < end:
            return text[start:end]
    return text
