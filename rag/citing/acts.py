"""What identifies a European act: its name, its CELEX number, its Official Journal, its ELI."""

import re
from dataclasses import dataclass
from datetime import date

from rag.printable import one_line
from rag.references import KNOWN_ACTS
from rag.types import Metadata
from rag.validity import act_id

BY_ACT_SINCE = date(2023, 10, 1)
"""From this day each act is an issue of the Official Journal of its own, named by its number."""

_JOURNALS = {
    "32016R0679": "JO L 119 du 4.5.2016, p. 1",
    "32017R0745": "JO L 117 du 5.5.2017, p. 1",
    "32017R0746": "JO L 117 du 5.5.2017, p. 176",
}
"""The issue and page of older acts, which no metadata of ours give."""

_CELEX = re.compile(
    r"(?P<celex>[03](?P<year>[0-9]{4})(?P<letter>[RLDH])(?P<number>[0-9]{4})"
    r"(?:-(?P<state>[0-9]{8}))?)(?:-[a-z]{2})?"
)
_SORTS = {"R": "Règlement", "L": "Directive", "D": "Décision", "H": "Recommandation"}
_NAMED = re.compile(
    r"(?:Règlement|Directive|Décision|Recommandation)(?: (?:d[’']exécution|déléguée?))?"
    r"(?: \((?:UE|CE|CEE|Euratom|UE, Euratom)\))?(?: n[°o])? ?[0-9]{1,5}/[0-9]{1,5}(?:/[A-Z]{2,3})?"
    r"(?![0-9])"
)
_ACRONYM = re.compile(r"\((?P<acronym>[A-Z]{2,6})\)$")
_ELI = re.compile(
    r"https?://(?:eur-lex|data)\.europa\.eu/eli/"
    r"(?P<path>[a-z_]+/[0-9]{4}/[0-9]{1,5}(?:/(?:oj|[0-9]{4}-[0-9]{2}-[0-9]{2}))?)(?:/[a-z]{3})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EuropeanAct:
    """A European act as it is cited; a field that nothing gives is empty.

    Attributes:
        celex: of the text quoted: ``32024R1689``, ``02024R1689-20260727`` for a consolidated one.
        name: « Règlement (UE) 2016/679 (RGPD) ».
        number: « 2016/679 ».
        journal: « JO L, 2024/1689, 12.7.2024 »; empty for a consolidated text.
        eli: the European Legislation Identifier, an address.
        consolidated: the day whose state a consolidated text gives.
    """

    celex: str
    name: str
    number: str
    journal: str = ""
    eli: str = ""
    consolidated: date | None = None


def european_act(metadata: Metadata) -> EuropeanAct | None:
    """Tell how a document is cited as a European act; None where its id is no CELEX number."""
    match = _CELEX.fullmatch(metadata.id)
    if match is None:
        return None
    number = f"{match['year']}/{int(match['number'])}"
    return EuropeanAct(
        celex=match["celex"],
        name=_name(metadata, match, number),
        number=number,
        journal="" if match["state"] else _journal(metadata, number),
        eli=_eli(metadata.url),
        consolidated=_day(match["state"]),
    )


def _name(metadata: Metadata, match: re.Match[str], number: str) -> str:
    """Name an act as its title begins, with the acronym that it is known by."""
    title = _NAMED.match(one_line(metadata.title))
    known = next((act.name for act in KNOWN_ACTS if act.id == act_id(metadata.id)), "")
    name = title.group() if title else f"{_SORTS[match['letter']]} (UE) {number}"
    acronym = _ACRONYM.search(known)
    return f"{name} ({acronym['acronym']})" if acronym else name


def _journal(metadata: Metadata, number: str) -> str:
    if journal := _JOURNALS.get(act_id(metadata.id)):
        return journal
    day = metadata.published
    if day is None:
        return ""
    written = f"{day.day}.{day.month}.{day.year}"
    return f"JO L, {number}, {written}" if day >= BY_ACT_SINCE else f"JO du {written}"


def _eli(url: str) -> str:
    match = _ELI.fullmatch(url)
    return f"http://data.europa.eu/eli/{match['path']}" if match else ""


def _day(digits: str | None) -> date | None:
    """Read the day of a consolidated text; an impossible one is none."""
    try:
        return date.fromisoformat(digits) if digits else None
    except ValueError:
        return None
