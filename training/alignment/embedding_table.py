"""The vectors of the new tokens, from their translations into the teacher's word pieces."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from training.models.teacher import SPECIAL_TOKENS, Matrix
from training.vocabulary import CONTINUATION, tokens_in_order

TRANSLATIONS = 8
POWER = 1.5


def likeliest(
    counts: csr_array, *, translations: int = TRANSLATIONS, power: float = POWER
) -> csr_array:
    """Keep the likeliest translations of each row, weighted by a power of their probability.

    Each row with a translation then sums to 1; ties go to the lower column.
    """
    weights: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    columns: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    lengths = [0]
    for start, end in zip(counts.indptr[:-1], counts.indptr[1:], strict=True):
        values = counts.data[start:end].astype(np.float64)
        candidates = counts.indices[start:end]
        chosen = np.lexsort((candidates, -values))[:translations]
        chosen = chosen[values[chosen] > 0]
        raised = values[chosen] ** power
        weights.append(raised / raised.sum() if len(chosen) else raised)
        columns.append(candidates[chosen])
        lengths.append(len(chosen))
    parts = (np.concatenate(weights), np.concatenate(columns), np.cumsum(lengths))
    return csr_array(parts, shape=counts.shape)


def build_table(
    counts: csr_array, *, tokenizer: Tokenizer, teacher: Tokenizer, vectors: Matrix
) -> Matrix:
    """Return one vector a new token: (new vocabulary, dimension), float32.

    ``counts`` says how often each new token (row) translates to each word piece of the teacher
    (column), whose embeddings are the rows of ``vectors``. A mean is stretched to the mean
    length of what it averages; a token never aligned takes the mean of the pieces that the
    teacher cuts its spelling into; a special token takes the teacher's.
    """
    weights = likeliest(counts)
    table = np.asarray(weights @ vectors, dtype=np.float64)
    lengths = np.asarray(weights @ np.linalg.norm(vectors, axis=1))
    table *= (lengths / np.maximum(np.linalg.norm(table, axis=1), 1e-9))[:, np.newaxis]
    tokens = tokens_in_order(tokenizer)
    for index in np.flatnonzero(np.diff(weights.indptr) == 0):
        table[index] = vectors[_spelt(tokens[index], teacher)].mean(axis=0)
    for token in SPECIAL_TOKENS:
        table[tokenizer.token_to_id(token)] = vectors[teacher.token_to_id(token)]
    return table.astype(np.float32)


def _spelt(token: str, teacher: Tokenizer) -> Sequence[int]:
    identifier = teacher.token_to_id(token)
    if identifier is not None:
        return [identifier]
    bare = token.removeprefix(CONTINUATION)
    pieces: list[int] = teacher.encode(bare, add_special_tokens=False).ids
    return pieces
