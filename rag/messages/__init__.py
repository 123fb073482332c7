"""What the reader is told, in French."""

from rag.messages.names import (
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
    "KINDS",
    "LANGUAGES",
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
    "typographic",
]
