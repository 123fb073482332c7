"""The JSON forms that other programs rely on: answers, documents, ingest reports."""

from datetime import date
from typing import TYPE_CHECKING, Any

from rag.disagreement import disagreement_sentence
from rag.explanations import explain
from rag.freshness import Freshness, age_days
from rag.messages import caveat_sentence, french
from rag.register import Entry
from rag.types import (
    Answer,
    Citation,
    Contradiction,
    FileReport,
    Filters,
    Hit,
    IngestReport,
    Outcome,
    PullOutcome,
    Sentence,
)

if TYPE_CHECKING:
    from rag.pipeline import PullReport, SourceReport
    from rag.sources import SourceState


def answer_to_json(answer: Answer, *, explained: bool = False) -> dict[str, Any]:
    """Give the JSON form of an answer; its hits with where their scores come from, if asked."""
    filters = {"filters": filters_to_json(answer.filters)} if answer.filters else {}
    told = [_contradiction(answer, one) for one in answer.contradictions]
    return {
        "question": answer.question,
        "understood": answer.understood or None,
        **filters,
        "answer": answer.markdown,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "as_of": answer.as_of.isoformat(),
        "mode": answer.mode,
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "citations": [_citation(citation) for citation in answer.citations],
        "hits": [
            {**_hit(hit), **({"explanation": _explanation(hit)} if explained else {})}
            for hit in answer.hits
        ],
        **({"contradictions": told} if told else {}),
        "suggestions": list(answer.suggestions),
        "timings_ms": answer.timings_ms,
    }


def filters_to_json(filters: Filters) -> dict[str, Any]:
    """Give the JSON form of the filters that are set."""
    values = {
        "kinds": [kind.value for kind in filters.kinds],
        "publishers": list(filters.publishers),
        "since": _iso(filters.since),
        "until": _iso(filters.until),
        "languages": list(filters.languages),
        "documents": list(filters.documents),
    }
    return {name: value for name, value in values.items() if value}


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
        "age_days": age_days(facts, date.today()),
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
        "published": _iso(facts.published),
        "version_date": _iso(facts.version_date),
        "covers": list(facts.covers),
        "note": text.note,
        "installed": state.entry is not None,
        "checked": _iso(state.entry.metadata.checked) if state.entry else None,
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
        "checked": _iso(entry.metadata.checked),
        "age_days": age_days(entry.metadata, today),
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "verified": sentence.verified,
        "context": sentence.context,
        "emphasis": [list(span) for span in sentence.emphasis],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage, facts = citation.hit.passage, citation.hit.metadata
    return {
        "n": citation.n,
        "document": passage.document,
        "title": facts.title,
        "publisher": facts.publisher,
        "kind": facts.kind.value,
        "language": facts.language,
        "published": _iso(passage.published or facts.published),
        "reference": passage.label,
        "anchor": passage.anchor,
        "page": passage.page,
        "url": facts.url,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "warnings": [caveat_sentence(caveat) for caveat in citation.hit.caveats],
    }


def _contradiction(answer: Answer, contradiction: Contradiction) -> dict[str, Any]:
    """Give what each source says, the one that prevails first unless the matter is open."""
    return {
        "citations": list(answer.sources(contradiction)),
        "claims": [
            {"document": claim.passage.document, "date": _iso(claim.day), "words": claim.words}
            for claim in contradiction.claims
        ],
        "settled_by": contradiction.settlement.value,
        "remark": disagreement_sentence(contradiction),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "passage": hit.passage.id,
        "document": hit.passage.document,
        "anchor": hit.passage.anchor,
        "covers": list(hit.metadata.covers),
        "score": round(hit.score, 4),
    }


def _explanation(hit: Hit) -> dict[str, Any]:
    explanation = explain(hit)
    return {
        "contributions": [
            {
                "signal": part.signal,
                "name": part.name,
                "raw": round(part.raw, 6),
                "value": round(part.value, 4),
                "weight": round(part.weight, 4),
                "contribution": round(part.amount, 4),
            }
            for part in explanation.contributions
        ],
        "total": round(explanation.total, 4),
        "authority": round(explanation.authority, 4),
        "validity": round(explanation.validity, 4),
        "reference": hit.reference or None,
        "notes": list(explanation.notes),
        "also_in": list(hit.also_in),
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
