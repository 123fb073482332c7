"""The JSON forms of what is indexed: documents, official texts, and the reports on them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from rag.freshness import Freshness, age_days
from rag.messages import french
from rag.register import Entry
from rag.serialization.days import iso
from rag.types import FileReport, IngestReport, Outcome, PullOutcome

if TYPE_CHECKING:
    from rag.pipeline import PullReport, SourceReport
    from rag.sources import SourceState


def entry_to_json(entry: Entry, *, passages: int) -> dict[str, Any]:
    """Give the JSON form of a document of the register."""
    facts = entry.metadata
    return {
        "id": entry.id,
        "title": facts.title,
        "publisher": facts.publisher,
        "kind": facts.kind.value,
        "language": facts.language,
        "status": facts.status.value if facts.status else None,
        "published": iso(facts.published),
        "version_date": iso(facts.version_date),
        "checked": iso(facts.checked),
        "age_days": age_days(facts, date.today()),
        "applies_from": iso(facts.applies_from),
        "url": facts.url,
        "licence": facts.licence,
        "covers": list(facts.covers),
        "source": str(entry.source),
        "version": entry.version,
        "recorded_at": entry.recorded_at.isoformat(),
        "passages": passages,
    }


def report_to_json(report: IngestReport) -> dict[str, Any]:
    """Give the JSON form of an ingest report: counts, then a line per file."""
    counts = {outcome.value: report.count(outcome) for outcome in Outcome}
    return {**counts, "files": [_file(file) for file in report.files]}


def source_to_json(state: "SourceState") -> dict[str, Any]:
    """Give the JSON form of a text of the catalogue; ``installed`` once it is indexed."""
    text, facts, copy = state.text, state.text.metadata, state.copy
    origin = copy.provenance if copy else None
    return {
        "id": text.id,
        "title": facts.title,
        "publisher": facts.publisher,
        "kind": facts.kind.value,
        "language": facts.language,
        "format": text.format.value,
        "access": text.access.value,
        "address": text.address,
        "licence": facts.licence,
        "status": facts.status.value if facts.status else None,
        "published": iso(facts.published),
        "version_date": iso(facts.version_date),
        "covers": list(facts.covers),
        "note": text.note,
        "installed": state.entry is not None,
        "checked": iso(state.entry.metadata.checked) if state.entry else None,
        "downloaded": copy is not None,
        "damaged": copy is not None and not copy.is_sound,
        "fetched_at": origin.fetched_at.isoformat() if origin else None,
        "sha256": origin.sha256 if origin else None,
    }


def pull_to_json(report: "PullReport") -> dict[str, Any]:
    """Give the JSON form of a pull: counts, then a line per text."""
    counts = {outcome.value: report.count(outcome) for outcome in PullOutcome}
    return {**counts, "sources": [_source(source) for source in report.sources]}


def freshness_to_json(freshness: Freshness, *, older_than_days: int, today: date) -> dict[str, Any]:
    """Give the JSON form of the documents to check again."""
    return {
        "older_than_days": older_than_days,
        "overdue": [_age(entry, today) for entry in freshness.overdue],
        "unchecked": [_age(entry, today) for entry in freshness.unchecked],
    }


def _source(source: "SourceReport") -> dict[str, Any]:
    return {
        "id": source.text.id,
        "outcome": source.outcome.value,
        "address": source.text.address,
        "was_damaged": source.was_damaged,
        "document": _file(source.indexed) if source.indexed else None,
        "reason": french(source.error) if source.error else None,
    }


def _age(entry: Entry, today: date) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.metadata.title,
        "checked": iso(entry.metadata.checked),
        "age_days": age_days(entry.metadata, today),
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "outcome": file.outcome.value,
        "path": file.path,
        "document": file.document,
        "passages": file.passages,
        "reason": french(file.error) if file.error else None,
    }
