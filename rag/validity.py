"""The law at a date: which act changed what, and what that means for a passage.

Pure functions over a registry that users edit (``documents/amendments.yaml``). A passage states
the law of a day, that of its document's version. Where an amendment lies between that day and the
day asked for, the passage is superseded: it must not stand alone as the answer.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.types import Amendment, Caveat, CaveatKind, Kind, Metadata, Passage, Status

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
_CONSOLIDATED = re.compile(r"0(?P<act>[0-9]{4}[A-Z][0-9]{4})(?:-[0-9]{8})?(?:-[a-z]{2})?")
_TRANSLATION = re.compile(r"(?P<act>3[0-9]{4}[A-Z][0-9]{4})-[a-z]{2}")
_RANGE = re.compile(r"(?P<act>[^#]+)#art_(?P<first>[0-9]+)\.\.art_(?P<last>[0-9]+)")
_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n", " "))

_SHOWN_AMENDMENTS = 2
"""Most amendments that one passage's caveats tell of; more would not be read."""


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Act:
    """A text by its id or key, its name in a sentence, the words by which others speak of it.

    ``since`` is the day it was published; ``note`` says what it changes in others, in a line.
    """

    id: str
    name: str
    since: Annotated[date | None, Field(alias="from")] = None
    mentions: tuple[str, ...] = ()
    note: str = ""


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Application:
    """From when units apply, by the wording of the law in force ``since`` … ``until``.

    ``units`` are keys (``32024R1689#art_26``) or ranges (``32024R1689#art_8..art_15``); ``starts``
    is the first day on which they apply in full.
    """

    units: tuple[str, ...]
    starts: Annotated[date, Field(alias="from")]
    note: str
    since: date | None = None
    until: date | None = None


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _AmendmentRecord:
    unit: str
    by: str
    effective: Annotated[date, Field(alias="from")]
    note: str
    see: str = ""
    formerly: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _Records:
    acts: tuple[Act, ...] = ()
    amendments: tuple[_AmendmentRecord, ...] = ()
    applications: tuple[Application, ...] = ()


_RECORDS = TypeAdapter(_Records)


@dataclass(frozen=True, slots=True)
class Link:
    """An amendment that concerns a passage, and how closely.

    ``is_stated`` tells a passage that states the amended unit itself (the official text, a notice
    on that very unit, words of one state only) from one whose document speaks of the act;
    ``says_now`` tells that it holds words of the new state.
    """

    amendment: Amendment
    is_stated: bool
    says_now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawRegistry:
    """What changed in the law and from when it applies."""

    acts: tuple[Act, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    applications: tuple[Application, ...] = ()

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read a registry from the values of its file.

        Raises:
            ConfigurationError: ``BAD_REGISTRY``, naming the place and the value refused.
        """
        try:
            records = _RECORDS.validate_python(dict(values))
        except ValidationError as error:
            first = error.errors()[0]
            place = " › ".join(str(step) for step in first["loc"])
            raise ConfigurationError(
                Problem.BAD_REGISTRY, place=place, value=str(first["input"])[:200]
            ) from error
        amendments = tuple(
            Amendment(
                unit=record.unit,
                by=record.by,
                effective=record.effective,
                note=record.note,
                see=record.see,
                formerly=record.formerly,
                now=record.now,
            )
            for record in records.amendments
        )
        return cls(acts=records.acts, amendments=amendments, applications=records.applications)

    @classmethod
    def merge(cls, registries: Iterable[Self]) -> Self:
        """Put registries together."""
        several = list(registries)
        return cls(
            acts=tuple(act for registry in several for act in registry.acts),
            amendments=tuple(item for registry in several for item in registry.amendments),
            applications=tuple(item for registry in several for item in registry.applications),
        )

    def name(self, act: str) -> str:
        """Name an act in a sentence; its id where the registry does not know it."""
        return next((known.name for known in self.acts if known.id == act), act)

    def first_day(self, keys: Iterable[str]) -> date | None:
        """Give the day the first of some units existed; None where one of them is not known."""
        days = [self._since(key) for key in keys]
        return min((day for day in days if day), default=None) if all(days) else None

    def _since(self, key: str) -> date | None:
        act = key.partition("#")[0]
        return next((known.since for known in self.acts if known.id in (key, act)), None)

    def links(self, passage: Passage, metadata: Metadata) -> tuple[Link, ...]:
        """List the amendments that concern a passage, those of its very unit first."""
        own = (_with_full_unit(item, metadata.id) for item in metadata.amended_by)
        reading = _Reading(passage, metadata, registry=self)
        found = (reading.link(amendment) for amendment in (*own, *self.amendments))
        linked = [link for link in found if link is not None]
        return tuple(sorted(linked, key=lambda link: not link.is_stated))

    def applications_of(self, passage: Passage, metadata: Metadata) -> tuple[Application, ...]:
        """List what says from when an official passage applies."""
        unit = f"{act_id(metadata.id)}#{passage.anchor}"
        return tuple(
            application
            for application in self.applications
            if any(_within(unit, units) for units in application.units)
        )


_ON_ONE_SUBJECT = {Kind.NOTICE, Kind.NEWS}
"""Texts on one subject; a longer one explains many units, not all of them in each passage."""


class _Reading:
    """A passage read once, to be compared with every amendment."""

    def __init__(self, passage: Passage, metadata: Metadata, *, registry: LawRegistry) -> None:
        self._act = act_id(metadata.id)
        self._unit = f"{self._act}#{passage.anchor}"
        self._metadata = metadata
        self._words = _plain(f"{passage.context} {passage.text}")
        self._mentioned = {
            act.id
            for act in registry.acts
            if act.id in metadata.covers or _holds(self._words, act.mentions)
        }

    def link(self, amendment: Amendment) -> Link | None:
        """Tell how an amendment concerns the passage, if it does."""
        act = amendment.unit.partition("#")[0]
        if self._act == amendment.by:
            return None
        if self._act == act:
            amended = overlap(self._unit, amendment.unit)
            return Link(amendment, is_stated=True) if amended else None
        if _holds(self._words, amendment.now):
            return Link(amendment, is_stated=True, says_now=True)
        if act in self._mentioned and _holds(self._words, amendment.formerly):
            return Link(amendment, is_stated=True)
        if any("#" in key and overlap(key, amendment.unit) for key in self._metadata.covers):
            return Link(amendment, is_stated=self._metadata.kind in _ON_ONE_SUBJECT)
        return Link(amendment, is_stated=False) if act in self._mentioned else None


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
        links: what ``registry.links`` gives for the passage.
        as_of: the day whose law is asked for.
    """
    return (
        *_of_document(metadata, passage, registry=registry, as_of=as_of),
        *_of_amendments(passage, metadata, registry=registry, links=links, as_of=as_of),
        *_of_application(passage, metadata, registry=registry, as_of=as_of),
    )


def act_id(document: str) -> str:
    """Give the act that a document is a version of: a consolidated text, a translation.

    >>> act_id("02024R1689-20260727"), act_id("32024R1689-en"), act_id("notice-drim")
    ('32024R1689', '32024R1689', 'notice-drim')
    """
    if match := _CONSOLIDATED.fullmatch(document):
        return f"3{match['act']}"
    match = _TRANSLATION.fullmatch(document)
    return match["act"] if match else document


def overlap(one: str, other: str) -> bool:
    """Tell whether two unit keys are the same unit, or one lies under the other.

    >>> overlap("a#art_6.1", "a#art_6"), overlap("a#art_6", "a#art_61")
    (True, False)
    """
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


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
    amendment = link.amendment
    if amendment.effective is None:
        return None
    is_new = link.says_now or (stated is not None and stated >= amendment.effective)
    if as_of < amendment.effective:
        kind = CaveatKind.TOO_RECENT if is_new else CaveatKind.AMENDED_LATER
    elif is_new or (stated is None and not link.is_stated):
        return None
    else:
        kind = CaveatKind.AMENDED
    if not link.is_stated:
        if kind is not CaveatKind.AMENDED:
            return None
        note = next((act.note for act in registry.acts if act.id == amendment.by), "")
        return Caveat(
            kind=CaveatKind.PREDATES,
            by=registry.name(amendment.by),
            since=amendment.effective,
            note=note,
        )
    return Caveat(
        kind=kind,
        by=registry.name(amendment.by),
        since=amendment.effective,
        note=amendment.note,
        see=amendment.see,
    )


def _of_application(
    passage: Passage, metadata: Metadata, *, registry: LawRegistry, as_of: date
) -> Iterator[Caveat]:
    for application in registry.applications_of(passage, metadata):
        is_law = (application.since or date.min) <= as_of < (application.until or date.max)
        if is_law and as_of < application.starts:
            yield Caveat(
                kind=CaveatKind.NOT_APPLICABLE, since=application.starts, note=application.note
            )


def _within(unit: str, units: str) -> bool:
    """Tell whether a unit is, or lies under, a key or a range of articles."""
    if (match := _RANGE.fullmatch(units)) is None:
        return unit == units or unit.startswith(f"{units}.")
    act, _, anchor = unit.partition("#")
    number = re.match(r"art_([0-9]+)(?![0-9a-z])", anchor)
    inside = number and int(match["first"]) <= int(number[1]) <= int(match["last"])
    return bool(inside) and act == match["act"]


def _with_full_unit(amendment: Amendment, document: str) -> Amendment:
    """Give a document's own amendment the key of its unit."""
    if "#" in amendment.unit:
        return amendment
    return Amendment(
        unit=f"{act_id(document)}#{amendment.unit}",
        by=amendment.by,
        effective=amendment.effective,
        note=amendment.note,
    )


def _holds(words: str, phrases: Iterable[str]) -> bool:
    return any(_plain_phrase(phrase) in words for phrase in phrases)


@lru_cache(maxsize=1000)
def _plain_phrase(phrase: str) -> str:
    return _plain(phrase)


def _plain(text: str) -> str:
    return text.translate(_SPACES).replace("’", "'").casefold()
