"""The cards of the sources panel: where a quote comes from, and the quote in its passage."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from rag.dates import french_date
from rag.explanations import places
from rag.messages import KINDS, NBSP, STATUSES, caveat_sentence, in_language
from rag.official_address import official_address
from rag.types import OFFICIAL, Answer, Citation, Hit, Kind, Status
from rag.ui import wording
from rag.ui.copying import Copyable, copyables

NEAREST = 3


class Authority(StrEnum):
    """How much a text weighs, as the page shows it."""

    LAW = "law"
    GUIDANCE = "guidance"
    COMMENTARY = "commentary"

    @classmethod
    def of(cls, kind: Kind) -> Self:
        """Tell the law from what authorities recommend, and both from what others write."""
        if kind in OFFICIAL:
            return cls(cls.LAW)
        return cls(cls.COMMENTARY if kind in (Kind.NEWS, Kind.NOTICE) else cls.GUIDANCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the panel shows of a passage; ``before + quote + after`` is its exact text.

    ``number`` is the citation's, or ``None`` for a passage that is near but not cited; ``origin``
    says who wrote a text that is not what its link leads to; ``language`` says in which one a
    text is quoted, where it is not French, and ``lang`` is its code. ``score`` is empty where
    nothing is cited: high among the passages found, it would pass for a sign that they answer.
    ``document`` to ``end`` tell the reader (``rag.ui.reader``) what to open and highlight.
    """

    number: int | None
    title: str
    publisher: str
    day: str
    kind: str
    language: str
    lang: str
    authority: Authority
    origin: str
    status: str
    is_in_force: bool
    reference: str
    page: str
    path: tuple[str, ...]
    warnings: tuple[str, ...]
    also_in: tuple[str, ...]
    before: str
    quote: str
    after: str
    score: str
    url: str
    copyables: tuple[Copyable, ...]
    document: str
    version: int
    anchor: str
    start: int
    end: int


def cards(answer: Answer) -> tuple[Card, ...]:
    """Make a card for each citation, or for the nearest passages of an abstention."""
    if answer.abstained:
        return tuple(_card(hit) for hit in answer.hits[:NEAREST])
    return tuple(_card(citation.hit, citation) for citation in answer.citations)


def _card(hit: Hit, citation: Citation | None = None) -> Card:
    passage, metadata = hit.passage, hit.metadata
    before, quote, after = _around_quote(hit, citation)
    return Card(
        number=citation.n if citation else None,
        title=metadata.title,
        publisher=metadata.publisher,
        day=_day(passage.published or metadata.published or metadata.version_date),
        kind=KINDS[metadata.kind],
        language="" if metadata.language == "fr" else in_language(metadata.language),
        lang=metadata.language,
        authority=Authority.of(metadata.kind),
        origin=wording.NOTICE_ORIGIN if metadata.kind is Kind.NOTICE else "",
        status=_status(hit),
        is_in_force=metadata.status is Status.IN_FORCE,
        reference=passage.label,
        page=f"page{NBSP}{passage.page}" if passage.page is not None else "",
        path=passage.headings,
        warnings=tuple(map(caveat_sentence, hit.caveats)),
        also_in=places(hit),
        before=before,
        quote=quote,
        after=after,
        score=wording.french_score(hit.score) if citation else "",
        url=official_address(metadata, passage.anchor),
        copyables=copyables(hit),
        document=passage.document,
        version=hit.version,
        anchor=passage.anchor,
        start=citation.start if citation else passage.start,
        end=citation.end if citation else passage.end,
    )


def _status(hit: Hit) -> str:
    """Name the status of a document; « En vigueur » would belie a caveat beside it."""
    status = hit.metadata.status
    if status is None or (status is Status.IN_FORCE and hit.caveats):
        return ""
    return STATUSES[status]


def _day(day: date | None) -> str:
    return french_date(day) if day else ""


def _around_quote(hit: Hit, citation: Citation | None) -> tuple[str, str, str]:
    """Split a passage around its quote; a quote that is not in the passage stands alone."""
    text = hit.passage.text
    if citation is None:
        return text, "", ""
    start, end = citation.start - hit.passage.start, citation.end - hit.passage.start
    if start >= 0 and text[start:end] == citation.quote:
        return text[:start], citation.quote, text[end:]
    return "", citation.quote, ""
