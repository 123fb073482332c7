from datetime import UTC, date, datetime
from pathlib import Path

from rag.freshness import age_days, review
from rag.register import Entry
from rag.types import Kind, Metadata

TODAY = date(2026, 11, 24)


def make_entry(id: str, checked: date | None) -> Entry:
    metadata = Metadata(id=id, title=id, kind=Kind.NOTICE, checked=checked)
    return Entry(
        id=id,
        source=Path(f"{id}.md"),
        sha256="0" * 64,
        version=1,
        metadata=metadata,
        recorded_at=datetime.now(UTC),
    )


def test_age_is_in_days_since_the_check() -> None:
    assert age_days(make_entry("a", date(2026, 11, 20)).metadata, TODAY) == 4
    assert age_days(make_entry("a", None).metadata, TODAY) is None


def test_documents_overdue_come_oldest_first_and_undated_ones_apart() -> None:
    entries = [
        make_entry("récent", date(2026, 8, 26)),
        make_entry("ancien", date(2026, 8, 25)),
        make_entry("sans-date", None),
        make_entry("très-ancien", date(2025, 1, 1)),
    ]
    freshness = review(entries, older_than_days=90, today=TODAY)
    assert [entry.id for entry in freshness.overdue] == ["très-ancien", "ancien"]
    assert [entry.id for entry in freshness.unchecked] == ["sans-date"]
