"""The JSON forms that other programs rely on: answers, documents, ingest reports."""

from datetime import date
from typing import Any

from rag.messages import french
from rag.register import Entry
from rag.types import Answer, Citation, FileReport, Hit, IngestReport, Outcome, Sentence


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Give the JSON form of an answer."""
    return {
        "question": answer.question,
        "answer": answer.markdown,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "as_of": answer.as_of.isoformat(),
        "mode": answer.mode,
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "citations": [_citation(citation) for citation in answer.citations],
        "hits": [_hit(hit) for hit in answer.hits],
        "timings_ms": answer.timings_ms,
    }


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
        "published": _iso(facts.published),
        "version_date": _iso(facts.version_date),
        "checked": _iso(facts.checked),
        "applies_from": _iso(facts.applies_from),
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


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "verified": sentence.verified,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage, facts = citation.hit.passage, citation.hit.metadata
    return {
        "n": citation.n,
        "document": passage.document,
        "title": facts.title,
        "publisher": facts.publisher,
        "kind": facts.kind.value,
        "published": _iso(passage.published or facts.published),
        "reference": passage.label,
        "anchor": passage.anchor,
        "page": passage.page,
        "url": facts.url,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "warnings": list(citation.warnings),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "passage": hit.passage.id,
        "document": hit.passage.document,
        "anchor": hit.passage.anchor,
        "covers": list(hit.metadata.covers),
        "score": round(hit.score, 4),
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "outcome": file.outcome.value,
        "path": file.path,
        "document": file.document,
        "passages": file.passages,
        "reason": french(file.error) if file.error else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
