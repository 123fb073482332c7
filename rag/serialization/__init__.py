"""The JSON forms that other programs rely on: answers, documents, ingest reports."""

from rag.serialization.answers import answer_to_json, filters_to_json
from rag.serialization.documents import (
    entry_to_json,
    freshness_to_json,
    pull_to_json,
    report_to_json,
    source_to_json,
)

__all__ = [
    "answer_to_json",
    "entry_to_json",
    "filters_to_json",
    "freshness_to_json",
    "pull_to_json",
    "report_to_json",
    "source_to_json",
]
