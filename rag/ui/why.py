"""Why a search found what it found: what each way of searching adds to a score, as bars."""

from dataclasses import dataclass

from rag.explanations import Contribution, decimal, explain
from rag.types import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A contribution; ``share`` is its length, in hundredths of the longest of the answer."""

    name: str
    amount: str
    product: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a passage is where it is; ``share`` is its score in hundredths."""

    rank: int
    reference: str
    title: str
    score: str
    share: int
    bars: tuple[Bar, ...]
    total: str
    factors: str
    notes: tuple[str, ...]
    also_in: tuple[str, ...]


def reasons(answer: Answer) -> tuple[Reason, ...]:
    """Tell, for each passage found, where its score comes from."""
    told = [explain(hit) for hit in answer.hits]
    longest = max((part.amount for one in told for part in one.contributions), default=0.0)
    return tuple(
        Reason(
            rank=rank,
            reference=hit.passage.label,
            title=hit.metadata.title,
            score=decimal(one.score),
            share=round(100 * min(1.0, one.score)),
            bars=tuple(_bar(part, longest) for part in one.contributions),
            total=decimal(one.total, 3),
            factors=one.factors,
            notes=one.notes,
            also_in=one.also_in,
        )
        for rank, (hit, one) in enumerate(zip(answer.hits, told, strict=True), start=1)
    )


def _bar(part: Contribution, longest: float) -> Bar:
    return Bar(
        name=part.name,
        amount=decimal(part.amount, 3),
        product=f"{decimal(part.value)} × {decimal(part.weight)}",
        share=round(100 * part.amount / longest) if longest else 0,
    )
