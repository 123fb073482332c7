"""How long ago documents were last checked against their source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rag.register import Entry
from rag.types import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Documents to check again, the longest unchecked first, and those that nobody ever dated."""

    overdue: tuple[Entry, ...]
    unchecked: tuple[Entry, ...]


def age_days(metadata: Metadata, today: date) -> int | None:
    """Give the number of days since a document was checked; None where it never was."""
    return None if metadata.checked is None else (today - metadata.checked).days


def review(entries: Iterable[Entry], *, older_than_days: int, today: date) -> Freshness:
    """Sort out the documents whose check is more than ``older_than_days`` days old."""
    overdue, unchecked = [], []
    for entry in entries:
        age = age_days(entry.metadata, today)
        if age is None:
            unchecked.append((entry.id, entry))
        elif age > older_than_days:
            overdue.append((-age, entry.id, entry))
    return Freshness(
        overdue=tuple(entry for *_, entry in sorted(overdue, key=lambda item: item[:2])),
        unchecked=tuple(entry for _, entry in sorted(unchecked, key=lambda item: item[0])),
    )
