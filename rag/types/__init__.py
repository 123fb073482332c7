"""The vocabulary of the program: what a document, a passage, a hit and an answer are."""

from rag.types.answers import (
    Answer,
    Answerer,
    Citation,
    Draft,
    DraftSentence,
    Hit,
    Query,
    Resemblance,
    ScorePart,
    Sentence,
    SentenceNearness,
)
from rag.types.documents import (
    OFFICIAL,
    Document,
    Kind,
    Metadata,
    Page,
    Passage,
    ReferenceData,
    Status,
    Unit,
)
from rag.types.law import Amendment, Caveat, CaveatKind
from rag.types.reports import FileReport, IngestReport, Outcome, Progress, PullOutcome

__all__ = [
    "OFFICIAL",
    "Amendment",
    "Answer",
    "Answerer",
    "Caveat",
    "CaveatKind",
    "Citation",
    "Document",
    "Draft",
    "DraftSentence",
    "FileReport",
    "Hit",
    "IngestReport",
    "Kind",
    "Metadata",
    "Outcome",
    "Page",
    "Passage",
    "Progress",
    "PullOutcome",
    "Query",
    "ReferenceData",
    "Resemblance",
    "ScorePart",
    "Sentence",
    "SentenceNearness",
    "Status",
    "Unit",
]
