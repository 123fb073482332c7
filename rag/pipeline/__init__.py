"""The two flows of the program, ``ingest`` and ``ask``: the only place that composes stages."""

from rag.pipeline.acquisition import (
    PullReport,
    SourceReport,
    pull_sources,
    take_source,
)
from rag.pipeline.assistant import Assistant
from rag.pipeline.indexes import IndexReport
from rag.pipeline.uploads import Addition

__all__ = [
    "Addition",
    "Assistant",
    "IndexReport",
    "PullReport",
    "SourceReport",
    "pull_sources",
    "take_source",
]
