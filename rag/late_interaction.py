"""Late interaction (Khattab and Zaharia 2020): texts compared token by token.

A question is near a passage, or a sentence of it, where each of its tokens finds one of like
meaning there; rare tokens count more, by the weights that the encoder gives them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from rag.french import Span

FULL = 127 * 127


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """The tokens of one text as the encoder reads them in it.

    Attributes:
        vectors: of unit length, written in 127ths; shape ``(tokens, dimensions)``.
        starts: character of the text where each token begins, -1 for those that mark its ends;
            shape ``(tokens,)``.
        weights: what each token says by itself, little for the most usual; shape ``(tokens,)``.
    """

    vectors: NDArray[np.int8]
    starts: NDArray[np.int32]
    weights: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.vectors)

    def within(self, start: int, end: int) -> Self:
        """Keep the tokens that begin in ``text[start:end]``."""
        return self.where((self.starts >= start) & (self.starts < end))

    def where(self, kept: NDArray[np.bool_]) -> Self:
        """Keep some of the tokens; shape ``(tokens,)``."""
        return type(self)(self.vectors[kept], self.starts[kept], self.weights[kept])


def late_scores(question: TokenVectors, passages: Sequence[TokenVectors]) -> NDArray[np.float32]:
    """Score passages for a question: for each, -1 to 1, shape ``(passages,)``.

    The score is the mean, over the question's tokens and by their weights, of the similarity of
    the nearest token of the passage.

    Args:
        question: the question's tokens.
        passages: those of each passage, none of them empty.
    """
    if not passages:
        return np.zeros(0, dtype=np.float32)
    starts = np.cumsum([0, *(len(tokens) for tokens in passages[:-1])])
    together = np.concatenate([tokens.vectors for tokens in passages])
    best = np.maximum.reduceat(_similarities(together, question), starts, axis=0)
    return _weighted_mean(best, question)


def token_similarities(text: TokenVectors, others: Sequence[TokenVectors]) -> NDArray[np.float32]:
    """Compare each token of a text with each of the others, one text after the other.

    Returns:
        Similarities, -1 to 1; shape ``(tokens of the others, tokens of the text)``.
    """
    return _similarities(np.concatenate([tokens.vectors for tokens in others]), text)


def span_scores(
    question: TokenVectors, passage: TokenVectors, spans: Sequence[Span]
) -> NDArray[np.float32]:
    """Score the sentences of a passage, read in their passage, as ``late_scores`` does passages.

    Args:
        question: the question's tokens.
        passage: the passage's.
        spans: where the sentences stand in the passage's text, in order; shape of the result.
            One that holds no token, past what the encoder reads, scores 0.
    """
    similarities = _similarities(passage.vectors, question)
    bounds = np.array(spans, dtype=np.int64).reshape(-1, 2)
    inside = (passage.starts >= bounds[:, :1]) & (passage.starts < bounds[:, 1:])
    scores = np.zeros(len(spans), dtype=np.float32)
    for index in np.flatnonzero(inside.any(axis=1)):
        best = similarities[inside[index]].max(axis=0, keepdims=True)
        scores[index] = _weighted_mean(best, question)[0]
    return scores


def _similarities(vectors: NDArray[np.int8], question: TokenVectors) -> NDArray[np.float32]:
    """Compare tokens with the question's: shape ``(tokens, tokens of the question)``."""
    asked = question.vectors.T.astype(np.float32)
    return np.asarray(vectors.astype(np.float32) @ asked / FULL, dtype=np.float32)


def _weighted_mean(best: NDArray[np.float32], question: TokenVectors) -> NDArray[np.float32]:
    weights = question.weights.astype(np.float32)
    return np.asarray(best @ (weights / weights.sum()), dtype=np.float32)
