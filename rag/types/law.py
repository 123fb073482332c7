"""The law in time: what amended a unit, and what a reader must know of a passage."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A unit that another act changed.

    Attributes:
        unit: anchor of the unit in its document, or its key (``32024R1689#art_113``).
        by: id of the amending act.
        effective: first day of the new wording.
        note: what changes, in a line.
        see: id of the document that gives the present state.
        formerly: words that only the former state says (« 2 août 2027 »).
        now: words that only the new state says (« 2 août 2028 »).
        adds: whether it adds to the unit and leaves what was there as it was.
    """

    unit: str
    by: str
    effective: date | None = None
    note: str = ""
    see: str = ""
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    adds: bool = False


class CaveatKind(StrEnum):
    """Why a passage does not simply state the law of the day asked for."""

    AMENDED = "amended"
    """It states what was true before an amendment."""
    COMPLETED = "completed"
    """It states what is still true; an amendment added something beside it."""
    TOO_RECENT = "too_recent"
    """It states what became true after the day asked for."""
    AMENDED_LATER = "amended_later"
    """It states the law of the day, which is amended later."""
    PREDATES = "predates"
    """Its document is older than an amendment of the act it speaks of."""
    NOT_APPLICABLE = "not_applicable"
    """It is in force, but does not apply yet."""
    OUTDATED = "outdated"
    """Its document is out of date as a whole."""
    DRAFT = "draft"
    """Its document is a draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """What a reader must know of a passage's place in time; ``rag.messages`` says it in French.

    Attributes:
        by: name of the amending act, where there is one.
        since: first day of what the caveat speaks of: the amendment, or the application.
        note: what changed or will apply, in a line.
        see: title of the document that gives the state of the day, where one is indexed.
    """

    kind: CaveatKind
    by: str = ""
    since: date | None = None
    note: str = ""
    see: str = ""

    @property
    def is_superseded(self) -> bool:
        """Whether the passage must not answer for the day asked for."""
        return self.kind in _SUPERSEDING

    @property
    def is_too_recent(self) -> bool:
        """Whether the passage did not exist yet on the day asked for."""
        return self.kind is CaveatKind.TOO_RECENT


_SUPERSEDING = {CaveatKind.AMENDED, CaveatKind.TOO_RECENT, CaveatKind.OUTDATED}
