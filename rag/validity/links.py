"""Which amendments concern a passage: by its unit, by what it covers, by the words it uses."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.types import Amendment, Kind, Metadata, Passage
from rag.validity.registry import LawRegistry
from rag.validity.units import act_id, overlap

_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n", " "))

_ON_ONE_SUBJECT = {Kind.NOTICE, Kind.NEWS}
"""Texts on one subject; a longer one explains many units, not all of them in each passage."""


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


def links(passage: Passage, metadata: Metadata, *, registry: LawRegistry) -> tuple[Link, ...]:
    """List the amendments that concern a passage, those of its very unit first."""
    own = (_with_full_unit(amendment, metadata.id) for amendment in metadata.amended_by)
    reading = _Reading(passage, metadata, registry=registry)
    found = (reading.link(amendment) for amendment in (*own, *registry.amendments))
    linked = [link for link in found if link is not None]
    return tuple(sorted(linked, key=lambda link: not link.is_stated))


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


def _with_full_unit(amendment: Amendment, document: str) -> Amendment:
    """Give a document's own amendment the key of its unit."""
    if "#" in amendment.unit:
        return amendment
    return replace(amendment, unit=f"{act_id(document)}#{amendment.unit}")


def _holds(words: str, phrases: Iterable[str]) -> bool:
    return any(_plain_phrase(phrase) in words for phrase in phrases)


@lru_cache(maxsize=1000)
def _plain_phrase(phrase: str) -> str:
    return _plain(phrase)


def _plain(text: str) -> str:
    return text.translate(_SPACES).replace("’", "'").casefold()
