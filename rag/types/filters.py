"""What a question is asked of: all the documents, or those that filters admit."""

from dataclasses import dataclass
from datetime import date

from rag.french import words
from rag.types.documents import Kind, Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which documents may answer; a filter left empty admits them all.

    Attributes:
        kinds: the sorts of text.
        publishers: words of the publisher's name, whatever their case and accents: « CNIL » admits
            « Commission nationale de l’informatique et des libertés (CNIL) ».
        since: first day of publication.
        until: last day of publication.
        languages: codes (``fr``).
        documents: ids.
    """

    kinds: tuple[Kind, ...] = ()
    publishers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is filtered."""
        return self != NO_FILTER

    def admits(self, metadata: Metadata, *, published: date | None = None) -> bool:
        """Tell whether a document may answer.

        Args:
            metadata: the document's.
            published: the own day of a part of it (an item of news), in place of the document's.
        """
        return (
            (not self.kinds or metadata.kind in self.kinds)
            and (not self.languages or metadata.language in self.languages)
            and (not self.documents or metadata.id in self.documents)
            and (not self.publishers or self._names(metadata.publisher))
            and self._covers(published or metadata.published or metadata.version_date)
        )

    def _names(self, publisher: str) -> bool:
        held = set(words(publisher))
        return any(held.issuperset(words(wanted)) for wanted in self.publishers)

    def _covers(self, day: date | None) -> bool:
        """Tell whether a day is in the period; a text without a date is in none."""
        if self.since is None and self.until is None:
            return True
        if day is None:
            return False
        return (self.since or day) <= day <= (self.until or day)


NO_FILTER = Filters()
