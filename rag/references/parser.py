"""Find the references in a question, as people type them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.french import analyze
from rag.references.acts import ActNames, Mention
from rag.references.grammar import KEY
from rag.references.reader import UnitNamed, UnitReader
from rag.references.reference import Reference, compose, level
from rag.references.remainder import remainder
from rag.types import Metadata
from rag.validity import acts_of

MOST_REFERENCES = 12
_MAY_NAME_A_UNIT = re.compile(r"[0-9]|premier|annexe|anx")
_ADJACENT_AFTER = re.compile(r"[ ,(:—–-]*(?:(?:du|de la|de l'|de|des|dans le|au sens du) ?)?")
_ADJACENT_BEFORE = re.compile(r"[ ,:—–(-]*(?:l'|les )?")


def find_references(
    question: str, names: ActNames, *, most: int = MOST_REFERENCES
) -> tuple[Reference, ...]:
    """List the units, and the acts alone, that a question names, in order; the first ``most``.

    >>> [r.anchor for r in find_references("art 26 §6 et considerant 20 du RIA", ActNames())]
    ['art_26.6', 'rct_20']
    """
    question = compose(question)
    text = level(question)
    if not _MAY_NAME_A_UNIT.search(text):
        return ()
    mentions = names.mentions(text)
    keys = list(_keys(text, question))
    units = UnitReader(_cover(text, mentions, keys), bool(mentions)).units()
    placed = [_with_act(unit, mentions, text) for unit in units]
    found = sorted([*keys, *placed], key=lambda reference: reference.start)
    if not found and len(mentions) == 1 and _is_alone(mentions[0], text):
        found = [_reference(mentions[0].act, "", mentions[0].start, mentions[0].end)]
    typed = (replace(item, typed=question[item.start : item.end].strip()) for item in found)
    return tuple(typed)[:most]


def named_acts(text: str, names: ActNames) -> tuple[str, ...]:
    """List the acts that a text names, in order."""
    return tuple(mention.act for mention in names.mentions(level(compose(text))))


def terms_naming(metadata: Metadata, text: str) -> frozenset[str]:
    """Give the terms of the words by which a text names the acts that a document is or explains."""
    named = _terms_by_act(text)
    return frozenset().union(*(named[act] for act in named.keys() & acts_of(metadata)))


@lru_cache(maxsize=256)
def _terms_by_act(text: str) -> Mapping[str, frozenset[str]]:
    named: dict[str, frozenset[str]] = {}
    for mention in ActNames().mentions(level(compose(text))):
        terms = frozenset(analyze(compose(text)[mention.start : mention.end]))
        named[mention.act] = named.get(mention.act, frozenset()) | terms
    return named


def _reference(act: str | None, anchor: str, start: int, end: int) -> Reference:
    return Reference(act=act, anchor=anchor, typed="", start=start, end=end)


def _keys(text: str, question: str) -> Iterator[Reference]:
    """Find keys of units written as such: ``32024R1689#art_26.6``."""
    for match in KEY.finditer(text):
        act, _, anchor = question[match.start() : match.end()].partition("#")
        act = act.upper() if act[0].isdecimal() else act
        yield _reference(act, anchor, match.start(), match.end())


def _cover(text: str, mentions: Sequence[Mention], keys: Sequence[Reference]) -> str:
    """Hide the names of acts, whose numbers are not those of units, and the keys."""
    for mention in mentions:
        size = mention.end - mention.start
        text = f"{text[: mention.start]}{'@' * size}{text[mention.end :]}"
    for key in keys:
        text = f"{text[: key.start]}{'#' * (key.end - key.start)}{text[key.end :]}"
    return text


def _is_alone(mention: Mention, text: str) -> bool:
    """Tell whether a question asks for an act by its number or identifier, and nothing else."""
    words = text[mention.start : mention.end]
    return any(map(str.isdecimal, words)) and not remainder(text, [words])


def _with_act(named: UnitNamed, mentions: Sequence[Mention], text: str) -> Reference:
    """Give a unit its act: the one named beside it, else the next one, else the one before."""
    unit = _reference(None, *named)
    after = [mention for mention in mentions if mention.start >= unit.end]
    before = [mention for mention in mentions if mention.end <= unit.start]
    if after and _ADJACENT_AFTER.fullmatch(text[unit.end : after[0].start]):
        return replace(unit, act=after[0].act, end=after[0].end)
    if before and _ADJACENT_BEFORE.fullmatch(text[before[-1].end : unit.start]):
        return replace(unit, act=before[-1].act, start=before[-1].start)
    others = [*after[:1], *before[-1:]]
    return replace(unit, act=others[0].act, is_beside=False) if others else unit
