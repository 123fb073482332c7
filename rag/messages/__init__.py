"""What the reader is told, in French."""

from rag.messages.findings import LEFT_OUT_TITLE, share_line, verified_line, why_not_verified
from rag.messages.names import (
    CHECKS,
    KINDS,
    LANGUAGES,
    MODES,
    OUTCOMES,
    PULL_OUTCOMES,
    SIGNALS,
    STATUSES,
    VERDICTS,
    caveat_sentence,
    filter_words,
    in_language,
    mode_line,
    name_sources,
)
from rag.messages.problems import SENTENCES, french
from rag.messages.typography import NBSP, typographic

__all__ = [
    "CHECKS",
    "KINDS",
    "LANGUAGES",
    "LEFT_OUT_TITLE",
    "MODES",
    "NBSP",
    "OUTCOMES",
    "PULL_OUTCOMES",
    "SENTENCES",
    "SIGNALS",
    "STATUSES",
    "VERDICTS",
    "caveat_sentence",
    "filter_words",
    "french",
    "in_language",
    "mode_line",
    "name_sources",
    "share_line",
    "typographic",
    "verified_line",
    "why_not_verified",
]
