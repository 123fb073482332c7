"""Group texts of like length into batches of like cost, in an order that a seed decides."""

import random
from collections.abc import Iterable, Sequence

POOL = 20_000
"""Texts sorted by length together: large enough for little padding, small enough to stay random."""

SMALLEST = 8
"""Texts of a batch, however long."""


def batches_by_length(
    lengths: Sequence[int], *, tokens: int, seed: int, longest_batch: int = 512
) -> list[list[int]]:
    """Return batches of indices, each of about ``tokens`` tokens, padding included.

    The same lengths and seed give the same batches, so that a run taken up again at its step
    goes on as if it had not stopped.
    """
    generator = random.Random(seed)
    order = list(range(len(lengths)))
    generator.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), POOL):
        pool = sorted(order[start : start + POOL], key=lengths.__getitem__)
        batches.extend(
            cut_sorted(pool, lengths, tokens=tokens, smallest=SMALLEST, largest=longest_batch)
        )
    generator.shuffle(batches)
    return batches


def cut_sorted(
    order: Iterable[int],
    lengths: Sequence[float],
    *,
    tokens: int,
    smallest: int = 1,
    largest: int | None = None,
) -> list[list[int]]:
    """Cut indices sorted by length into batches of at most ``tokens`` tokens, padding included.

    A batch has ``smallest`` texts before its tokens are counted, and at most ``largest``.
    """
    batches: list[list[int]] = []
    current: list[int] = []
    for index in order:
        full = (len(current) + 1) * lengths[index] > tokens and len(current) >= smallest
        if current and (full or len(current) == largest):
            batches.append(current)
            current = []
        current.append(index)
    return [*batches, current] if current else batches
