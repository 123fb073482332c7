"""Word alignment by IBM model 1, with the diagonal prior of fast_align.

Brown et al. (1993), "The mathematics of statistical machine translation"; Dyer, Chahuneau and
Smith (2013), "A simple, fast, and effective reparameterization of IBM model 2".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from tqdm import tqdm

Sentence: TypeAlias = Sequence[int]
Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float32]

CELLS_PER_BLOCK = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """How likely a position is before the words are known.

    ``diagonal`` is the pull towards the same relative position (0 gives plain IBM model 1);
    ``null`` the probability, in [0, 1), that a target word translates no source word.
    """

    diagonal: float = 4.0
    null: float = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """Cells (target word, source word) of some sentence pairs, the cells of a row contiguous.

    ``keys`` are the distinct word pairs of the block, ascending, and ``cells`` index them.
    """

    keys: Integers
    cells: NDArray[np.int32]
    prior: Floats
    row_starts: Integers
    row_widths: Integers


def align(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    source_size: int,
    target_size: int,
    iterations: int = 6,
    prior: Prior | None = None,
    progress: bool = False,
) -> csr_array:
    """Return how often each source word is expected to translate to each target word.

    ``source[k]`` and ``target[k]`` are the word identifiers of the same sentence, in
    [0, source_size) and [0, target_size). The result has shape (source_size, target_size)
    and holds expected counts; a row divided by its sum is a translation probability.

    Raises:
        ValueError: The two sides differ in length, or ``iterations`` is below 1.
    """
    if len(source) != len(target):
        raise ValueError(f"{len(source)} source sentences but {len(target)} target sentences")
    if iterations < 1:
        raise ValueError(f"iterations must be at least 1, not {iterations}")
    bounds = list(_block_bounds(source, target))
    blocks = [
        _block(
            source[start:end],
            target[start:end],
            null_word=source_size,
            target_size=target_size,
            prior=prior or Prior(),
        )
        for start, end in tqdm(bounds, desc="Pairing words", disable=not progress)
    ]
    keys = np.unique(np.concatenate([block.keys for block in blocks]))
    ranks = [np.searchsorted(keys, block.keys) for block in blocks]
    words = keys // target_size
    counts = np.ones(len(keys))
    for _ in tqdm(range(iterations), desc="Aligning", disable=not progress):
        totals = np.bincount(words, weights=counts, minlength=source_size + 1)
        translation = (counts / np.maximum(totals, 1e-30)[words]).astype(np.float32)
        counts = np.zeros(len(keys))
        for block, rank in zip(blocks, ranks, strict=True):
            counts[rank] += _expected_counts(block, translation[rank])
    return csr_array(
        (counts.astype(np.float32), (words, keys % target_size)),
        shape=(source_size + 1, target_size),
    )[:source_size]


def _expected_counts(block: _Block, translation: Floats) -> NDArray[np.float64]:
    weights = block.prior * translation[block.cells]
    totals = np.add.reduceat(weights, block.row_starts)
    weights /= np.repeat(np.maximum(totals, np.float32(1e-30)), block.row_widths)
    counts = np.bincount(block.cells, weights=weights, minlength=len(block.keys))
    return np.asarray(counts, dtype=np.float64)


def _block_bounds(
    source: Sequence[Sentence], target: Sequence[Sentence]
) -> Iterator[tuple[int, int]]:
    start = cells = 0
    for index, (left, right) in enumerate(zip(source, target, strict=True)):
        cells += (len(left) + 1) * len(right)
        if cells >= CELLS_PER_BLOCK:
            yield start, index + 1
            start, cells = index + 1, 0
    if cells:
        yield start, len(source)


def _block(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    *,
    null_word: int,
    target_size: int,
    prior: Prior,
) -> _Block:
    """Lay out every (target word, source word) cell; the null word ends each row."""
    lengths = np.array([len(sentence) for sentence in source])
    heights = np.array([len(sentence) for sentence in target])
    source_words = np.array(list(chain.from_iterable((*s, null_word) for s in source)))
    target_words = np.array(list(chain.from_iterable(target)))
    row_pair = np.repeat(np.arange(len(source)), heights)
    row_widths = lengths[row_pair] + 1
    row_starts = _starts(row_widths)
    cell_row = np.repeat(np.arange(len(target_words)), row_widths)
    column = np.arange(len(cell_row)) - row_starts[cell_row]
    offsets = _starts(lengths + 1)[row_pair]
    words = source_words[offsets[cell_row] + column]
    keys, cells = np.unique(words * target_size + target_words[cell_row], return_inverse=True)
    row = np.arange(len(target_words)) - _starts(heights)[row_pair]
    row_position = (row + 0.5) / heights[row_pair]
    column_position = (column + 0.5) / np.maximum(lengths[row_pair], 1)[cell_row]
    return _Block(
        keys=keys,
        cells=cells.astype(np.int32),
        prior=_position_prior(
            np.abs(row_position[cell_row] - column_position),
            is_null=words == null_word,
            row_starts=row_starts,
            row_widths=row_widths,
            prior=prior,
        ),
        row_starts=row_starts,
        row_widths=row_widths,
    )


def _position_prior(
    distance: NDArray[np.float64],
    *,
    is_null: NDArray[np.bool_],
    row_starts: Integers,
    row_widths: Integers,
    prior: Prior,
) -> Floats:
    """Return the probability of each cell given positions only; each row sums to 1."""
    weights = np.where(is_null, 0.0, np.exp(-prior.diagonal * distance))
    totals = np.maximum(np.add.reduceat(weights, row_starts), 1e-30)
    weights *= np.repeat((1.0 - prior.null) / totals, row_widths)
    return np.where(is_null, prior.null, weights).astype(np.float32)


def _starts(lengths: Integers) -> Integers:
    """Return where each run begins when runs of these lengths follow one another."""
    starts: Integers = np.cumsum(lengths) - lengths
    return starts
