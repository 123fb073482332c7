"""Where the score of a hit comes from, in French: shown by ``ask --explain`` and by the page."""

from dataclasses import dataclass

from rag.messages import KINDS, NBSP, SIGNALS, typographic
from rag.types import Hit

SAME_SCORE = 0.0005
"""Scores that differ by less are the same, but for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one way of searching adds: ``value`` (0 to 1) times ``weight``, ``amount``.

    ``raw`` is what it found, on its own scale.
    """

    signal: str
    name: str
    raw: float
    value: float
    weight: float

    @property
    def amount(self) -> float:
        """What is added to the score."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a passage is where it is.

    Attributes:
        contributions: the greatest first.
        authority: factor for the sort of its document.
        validity: factor for its place in time.
        score: what orders hits.
        notes: sentences on what else gave it its place.
        also_in: where else its words are.
    """

    contributions: tuple[Contribution, ...]
    authority: float
    validity: float
    score: float
    notes: tuple[str, ...]
    also_in: tuple[str, ...]

    @property
    def total(self) -> float:
        """The contributions together."""
        return sum(part.amount for part in self.contributions)

    @property
    def factors(self) -> str:
        """Say what the total is multiplied by."""
        told = {"autorité": self.authority, "validité": self.validity}
        return ", ".join(f"{name} ×{NBSP}{decimal(factor)}" for name, factor in told.items())


def explain(hit: Hit) -> Explanation:
    """Tell where the score of a hit comes from."""
    contributions = tuple(
        Contribution(
            signal=part.signal,
            name=SIGNALS.get(part.signal, part.signal),
            raw=part.raw,
            value=part.value,
            weight=part.weight,
        )
        for part in hit.parts
    )
    return Explanation(
        contributions=tuple(sorted(contributions, key=lambda part: -part.amount)),
        authority=hit.authority,
        validity=hit.validity,
        score=hit.score,
        notes=_notes(hit),
        also_in=places(hit),
    )


def places(hit: Hit) -> tuple[str, ...]:
    """Name the other documents where the words of a hit are, and the unit in each."""
    return tuple(
        typographic(
            f"{twin.metadata.title}, {twin.passage.label} "
            f"({KINDS[twin.metadata.kind].lower()}, {twin.passage.id})"
        )
        for twin in hit.twins
    )


def decimal(number: float, places: int = 2) -> str:
    """Write a number with a decimal comma.

    >>> decimal(0.831), decimal(0.0312, 3)
    ('0,83', '0,031')
    """
    return f"{number:.{places}f}".replace(".", ",")


def _notes(hit: Hit) -> tuple[str, ...]:
    """Say what the contributions do not: each note where it holds."""
    computed = hit.authority * hit.validity * sum(part.value * part.weight for part in hit.parts)
    is_raised = hit.score > computed + SAME_SCORE
    notes = (
        (
            hit.reference,
            f"La question nomme cette unité (« {hit.reference} ») : elle vient en tête, score 1.",
        ),
        (hit.instead_of, f"Dit le droit du jour à la place de {hit.instead_of}, trouvé d’abord."),
        (hit.explained_by, f"Texte de droit qu’explique {hit.explained_by}, trouvé avant lui."),
        (hit.replaced_by, f"Le droit du jour, {hit.replaced_by}, passe devant lui."),
        (is_raised and not hit.reference, "Score du passage trouvé dont il prend la place."),
        (
            not (hit.parts or hit.reference or hit.explained_by or is_raised),
            "La recherche ne l’a pas noté : il suit une unité nommée, ou complète la liste.",
        ),
    )
    return tuple(typographic(note) for holds, note in notes if holds)
