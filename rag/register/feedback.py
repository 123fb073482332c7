"""What readers think of the answers, in a table of its own beside the documents."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import JSON

from rag.register.database import readable_errors
from rag.register.tables import Base
from rag.types import Feedback, QuotedSource, Verdict


class FeedbackRow(Base):
    """A verdict on one answer."""

    __tablename__ = "feedback"
    key: Mapped[str] = mapped_column(primary_key=True)
    given_at: Mapped[datetime] = mapped_column(index=True)
    question: Mapped[str]
    as_of: Mapped[date]
    abstained: Mapped[bool]
    verdict: Mapped[str]
    comment: Mapped[str]
    citations: Mapped[list[dict[str, str | int]]] = mapped_column(JSON)
    program: Mapped[str]


class FeedbackBook:
    """The verdicts that readers gave, one for each answer."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self._sessions = sessions

    def record(self, feedback: Feedback) -> None:
        """Keep a verdict, in the place of an earlier one on the same answer.

        Raises:
            StoreError: it could not be written.
        """
        with readable_errors(), self._sessions.begin() as session:
            session.merge(_to_row(feedback))

    def all(self) -> list[Feedback]:
        """List the verdicts, oldest first."""
        query = select(FeedbackRow).order_by(FeedbackRow.given_at, FeedbackRow.key)
        with readable_errors(), self._sessions() as session:
            return [_from_row(row) for row in session.scalars(query)]


def _to_row(feedback: Feedback) -> FeedbackRow:
    return FeedbackRow(
        key=feedback.key,
        given_at=feedback.given_at,
        question=feedback.question,
        as_of=feedback.as_of,
        abstained=feedback.abstained,
        verdict=feedback.verdict.value,
        comment=feedback.comment,
        citations=[
            {
                "document": source.document,
                "anchor": source.anchor,
                "version": source.version,
                "quote": source.quote,
            }
            for source in feedback.citations
        ],
        program=feedback.program,
    )


def _from_row(row: FeedbackRow) -> Feedback:
    return Feedback(
        key=row.key,
        given_at=row.given_at.replace(tzinfo=UTC),  # SQLite keeps no time zone
        question=row.question,
        as_of=row.as_of,
        abstained=row.abstained,
        verdict=Verdict(row.verdict),
        comment=row.comment,
        citations=tuple(
            QuotedSource(
                document=str(source["document"]),
                anchor=str(source["anchor"]),
                version=int(source["version"]),
                quote=str(source["quote"]),
            )
            for source in row.citations
        ),
        program=row.program,
    )
