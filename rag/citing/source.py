"""What is known of the source of a passage, in the terms of those who cite it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.citing.acts import EuropeanAct, european_act
from rag.citing.addresses import safe_url
from rag.citing.units import section, unit_of_law, unit_of_statute
from rag.printable import one_line
from rag.types import Hit, Kind, Metadata

_STATUTE = re.compile(
    r"(?:Loi|Ordonnance|Décret|Arrêté)(?: organique)?(?: n[°o] ?[0-9][0-9-]*)?"
    r" du [0-9]{1,2}(?:er)? \w+ [0-9]{4}"
)
_ARTICLE = re.compile(r", (?P<article>article [^(]+)")


class SourceKind(StrEnum):
    """What sort of source it is; the values are the types of CSL."""

    LEGISLATION = "legislation"
    REPORT = "report"
    NEWS = "article-newspaper"
    PAGE = "webpage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source of a passage; a field that the document does not give is empty.

    Attributes:
        id: names it in a bibliography: ``32024R1689:art_26.6``.
        name: how a law is called in a citation; the title of any other text.
        title: the whole title.
        unit: the unit quoted, as cited: « art. 26, § 6 », « « Qui informe le patient ? » ».
        day: when it was published; an item of news has its own.
        checked: when a person last verified it.
        page: of the file, from 1; none for a law, whose units say more.
        url: a web address.
        act: where it is a European act.
    """

    id: str
    kind: SourceKind
    name: str
    title: str
    author: str
    unit: str
    day: date | None
    checked: date | None
    page: int | None
    url: str
    language: str
    act: EuropeanAct | None


def source_of(hit: Hit) -> Source:
    """Describe the source of a passage."""
    facts, passage = hit.metadata, hit.passage
    act = european_act(facts)
    kind = _kind(facts, act)
    is_law = kind is SourceKind.LEGISLATION
    return Source(
        id=_identifier(f"{facts.id}:{passage.anchor}"),
        kind=kind,
        name=act.name if act else _name(facts, kind),
        title=one_line(facts.title),
        author=one_line(facts.publisher),
        unit=_unit(hit, act, is_law=is_law),
        day=passage.published or facts.published or facts.version_date,
        checked=facts.checked,
        page=None if is_law else passage.page,
        url=safe_url(facts.url),
        language=facts.language,
        act=act,
    )


def _kind(facts: Metadata, act: EuropeanAct | None) -> SourceKind:
    if act or facts.kind in (Kind.REGULATION, Kind.LAW):
        return SourceKind.LEGISLATION
    if facts.kind is Kind.NEWS:
        return SourceKind.NEWS
    return SourceKind.PAGE if facts.kind is Kind.NOTICE else SourceKind.REPORT


def _name(facts: Metadata, kind: SourceKind) -> str:
    """Name a French law without what it is about, a code without the article it is cut to."""
    title = one_line(facts.title)
    if kind is not SourceKind.LEGISLATION:
        return title
    if match := _STATUTE.match(title):
        return match.group()
    return title[: match.start()] if (match := _ARTICLE.search(title)) else title


def _unit(hit: Hit, act: EuropeanAct | None, *, is_law: bool) -> str:
    passage = hit.passage
    if act:
        return unit_of_law(passage.label) or section(passage.label)
    if not is_law:
        is_dated_item = passage.anchor.startswith("actualite-")
        return "" if is_dated_item else section(passage.label)
    titled = _ARTICLE.search(one_line(hit.metadata.title))
    own = unit_of_statute(passage)
    if titled and not own.startswith("art."):
        return unit_of_law(titled["article"].strip())
    return own


def _identifier(text: str) -> str:
    """Keep of a text what any bibliography takes in a key."""
    return re.sub(r"[^A-Za-z0-9:._-]+", "-", text).strip("-") or "source"
