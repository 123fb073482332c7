"""What a reader must know of a passage's place in time, on the day whose law is asked for."""

from collections.abc import Iterable, Iterator
from datetime import date

from rag.types import Caveat, CaveatKind, Kind, Metadata, Passage, Status
from rag.validity.links import Link
from rag.validity.registry import LawRegistry

_SHOWN_AMENDMENTS = 2
"""Most amendments that one passage's caveats tell of; more would not be read."""


def caveats(
    passage: Passage,
    metadata: Metadata,
    *,
    registry: LawRegistry,
    links: Iterable[Link],
    as_of: date,
) -> tuple[Caveat, ...]:
    """Say what a reader must know of a passage's place in time on the day ``as_of``.

    Args:
        passage: of the current version of its document.
        metadata: of that document.
        registry: names the acts.
        links: what ``links`` gives for the passage.
        as_of: the day whose law is asked for.
    """
    return (
        *_of_document(metadata, passage, registry=registry, as_of=as_of),
        *_of_amendments(passage, metadata, registry=registry, links=links, as_of=as_of),
        *_of_application(passage, metadata, registry=registry, as_of=as_of),
    )


def state_date(passage: Passage, metadata: Metadata) -> date | None:
    """Give the day whose law a passage states."""
    return metadata.version_date or passage.published or metadata.published


def _of_document(
    metadata: Metadata, passage: Passage, *, registry: LawRegistry, as_of: date
) -> Iterator[Caveat]:
    begins = _begins(metadata, passage, registry)
    if begins and begins > as_of:
        yield Caveat(kind=CaveatKind.TOO_RECENT, since=begins)
    if metadata.status is Status.OUTDATED:
        yield Caveat(kind=CaveatKind.OUTDATED)
    if metadata.status is Status.DRAFT:
        yield Caveat(kind=CaveatKind.DRAFT)
    if metadata.applies_from and metadata.applies_from > as_of:
        yield Caveat(kind=CaveatKind.NOT_APPLICABLE, since=metadata.applies_from)


def _begins(metadata: Metadata, passage: Passage, registry: LawRegistry) -> date | None:
    """Give the first day on which a document could be relied on.

    A notice is always written later than what it explains: that dates it, not its own day.
    """
    if metadata.in_force:
        return metadata.in_force
    if metadata.kind is Kind.NOTICE:
        return registry.first_day(metadata.covers)
    return passage.published or metadata.published


def _of_amendments(
    passage: Passage,
    metadata: Metadata,
    *,
    registry: LawRegistry,
    links: Iterable[Link],
    as_of: date,
) -> Iterator[Caveat]:
    stated = state_date(passage, metadata)
    told: list[Caveat] = []
    for link in links:
        caveat = _of_amendment(link, stated, registry=registry, as_of=as_of)
        if caveat is not None and not _is_told(caveat, told):
            told.append(caveat)
    yield from told[:_SHOWN_AMENDMENTS]


def _is_told(caveat: Caveat, told: Iterable[Caveat]) -> bool:
    """Tell whether a caveat adds nothing: that a document is older, where a passage is amended."""
    is_general = caveat.kind is CaveatKind.PREDATES
    return any(caveat == other or (is_general and caveat.by == other.by) for other in told)


def _of_amendment(
    link: Link, stated: date | None, *, registry: LawRegistry, as_of: date
) -> Caveat | None:
    kind = _kind(link, stated, as_of)
    if kind is None:
        return None
    amendment, note = link.amendment, link.amendment.note
    if kind is CaveatKind.PREDATES:
        note = next((act.note for act in registry.acts if act.id == amendment.by), "")
    return Caveat(
        kind=kind,
        by=registry.name(amendment.by),
        since=amendment.effective,
        note=note,
        see=amendment.see if link.is_stated else "",
    )


def _kind(link: Link, stated: date | None, as_of: date) -> CaveatKind | None:
    """Tell where an amendment lies between the day a passage states and the day asked for."""
    effective = link.amendment.effective
    if effective is None:
        return None
    is_new = link.says_now or (stated is not None and stated >= effective)
    if not link.is_stated:
        is_older = stated is not None and not is_new and as_of >= effective
        return CaveatKind.PREDATES if is_older else None
    if as_of < effective:
        return CaveatKind.TOO_RECENT if is_new else CaveatKind.AMENDED_LATER
    if is_new:
        return None
    return CaveatKind.COMPLETED if link.amendment.adds else CaveatKind.AMENDED


def _of_application(
    passage: Passage, metadata: Metadata, *, registry: LawRegistry, as_of: date
) -> Iterator[Caveat]:
    for application in registry.applications_of(passage, metadata):
        is_law = (application.since or date.min) <= as_of < (application.until or date.max)
        if is_law and as_of < application.starts:
            yield Caveat(
                kind=CaveatKind.NOT_APPLICABLE, since=application.starts, note=application.note
            )
