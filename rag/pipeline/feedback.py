"""Make of what a reader thinks of an answer what is kept of it."""

from datetime import UTC, datetime

from rag import __version__
from rag.privacy import check
from rag.types import Answer, Citation, Feedback, QuotedSource, Verdict


def to_feedback(answer: Answer, *, key: str, verdict: Verdict, comment: str) -> Feedback:
    """Put a verdict together with the answer that it is on.

    Args:
        answer: as it was given.
        key: that of the answer, one verdict being kept for each.
        verdict: what the reader thinks of it.
        comment: the reader's own words; may be empty.

    Raises:
        PatientDataError: the comment holds a patient's data.
    """
    check(comment)
    return Feedback(
        key=key,
        given_at=datetime.now(UTC),
        question=answer.question,
        as_of=answer.as_of,
        abstained=answer.abstained,
        verdict=verdict,
        comment=comment.strip(),
        citations=tuple(map(_source, answer.citations)),
        program=__version__,
    )


def _source(citation: Citation) -> QuotedSource:
    passage = citation.hit.passage
    return QuotedSource(
        document=passage.document,
        anchor=passage.anchor,
        version=citation.hit.version,
        quote=citation.quote,
    )
