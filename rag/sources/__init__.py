"""The official texts that can be fetched: their catalogue, their download, their local copies."""

from rag.sources.catalogue import Access, Catalogue, OfficialText, read_catalogue
from rag.sources.fetching import Fetched, adopt, fetch
from rag.sources.policy import Policy
from rag.sources.storage import Copy, Provenance, SourceFolder, sweep
from rag.sources.survey import SourceState, survey_sources

__all__ = [
    "Access",
    "Catalogue",
    "Copy",
    "Fetched",
    "OfficialText",
    "Policy",
    "Provenance",
    "SourceFolder",
    "SourceState",
    "adopt",
    "fetch",
    "read_catalogue",
    "survey_sources",
    "sweep",
]
