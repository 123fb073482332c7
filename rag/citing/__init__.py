"""How a passage is cited elsewhere: in the form of jurists, in BibTeX, in CSL-JSON.

Pure functions from what was found to a text that one pastes. What a document does not say of
itself is left out, never guessed.
"""

from rag.citing.acts import EuropeanAct, european_act
from rag.citing.addresses import safe_url
from rag.citing.bibtex import bibtex
from rag.citing.csl import csl_item, csl_json
from rag.citing.legal import legal_reference
from rag.citing.source import Source, SourceKind, source_of

__all__ = [
    "EuropeanAct",
    "Source",
    "SourceKind",
    "bibtex",
    "csl_item",
    "csl_json",
    "european_act",
    "legal_reference",
    "safe_url",
    "source_of",
]
