"""What changed in the law and from when it applies, as users write it down.

The form of ``documents/amendments.yaml``, whose header explains it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Annotated, Any, Self, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.types import Amendment, Metadata, Passage
from rag.validity.units import act_id, lies_within

_T = TypeVar("_T")
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)


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
    adds: bool = False


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class _Records:
    acts: tuple[Act, ...] = ()
    amendments: tuple[_AmendmentRecord, ...] = ()
    applications: tuple[Application, ...] = ()


_RECORDS = TypeAdapter(_Records)


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
                adds=record.adds,
            )
            for record in records.amendments
        )
        return cls(acts=records.acts, amendments=amendments, applications=records.applications)

    @classmethod
    def merge(cls, registries: Iterable[Self]) -> Self:
        """Put registries together; what several of them say is said once."""
        several = list(registries)
        return cls(
            acts=_distinct(registry.acts for registry in several),
            amendments=_distinct(registry.amendments for registry in several),
            applications=_distinct(registry.applications for registry in several),
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

    def applications_of(self, passage: Passage, metadata: Metadata) -> tuple[Application, ...]:
        """List what says from when an official passage applies."""
        unit = f"{act_id(metadata.id)}#{passage.anchor}"
        return tuple(
            application
            for application in self.applications
            if any(lies_within(unit, units) for units in application.units)
        )


def _distinct(several: Iterable[Iterable[_T]]) -> tuple[_T, ...]:
    """Chain what is listed, each thing where it comes first."""
    return tuple(dict.fromkeys(chain.from_iterable(several)))
