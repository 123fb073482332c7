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
    Steering,
    Twin,
)
from rag.types.contradictions import Claim, Contradiction, Settlement
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
from rag.types.feedback import Feedback, QuotedSource, Verdict
from rag.types.filters import NO_FILTER, Filters
from rag.types.law import Amendment, Caveat, CaveatKind
from rag.types.reports import FileReport, IngestReport, Outcome, Progress, PullOutcome

__all__ = [
    "NO_FILTER",
    "OFFICIAL",
    "Amendment",
    "Answer",
    "Answerer",
    "Caveat",
    "CaveatKind",
    "Citation",
    "Claim",
    "Contradiction",
    "Document",
    "Draft",
    "DraftSentence",
    "Feedback",
    "FileReport",
    "Filters",
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
    "QuotedSource",
    "ReferenceData",
    "Resemblance",
    "ScorePart",
    "Sentence",
    "SentenceNearness",
    "Settlement",
    "Status",
    "Steering",
    "Twin",
    "Unit",
    "Verdict",
]
