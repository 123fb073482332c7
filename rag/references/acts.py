"""The acts that a question may name: by number, by CELEX identifier, by name.

A few names and counts of units are known from the start, so that a reference is understood
whatever is indexed; the registry of amendments and the thesaurus, which users edit, add theirs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rag.references.reference import level
from rag.validity import act_id


class Part(StrEnum):
    """What the units that stand alone in an act are; the value begins their anchors."""

    ARTICLE = "art"
    RECITAL = "rct"
    ANNEX = "anx"
    RULE = "regle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act by its id, its name in a sentence, what a question calls it, what it counts.

    ``counts`` are the units of the text of the Official Journal, as EUR-Lex publishes it, and
    ``recounts`` those since an amendment added some.
    """

    id: str
    name: str
    called: tuple[str, ...] = ()
    counts: Mapping[Part, int] = field(default_factory=dict)
    recounts: Mapping[Part, tuple[date, int]] = field(default_factory=dict)


KNOWN_ACTS = (
    Act(
        id="32024R1689",
        name="règlement (UE) 2024/1689 (règlement IA)",
        called=(
            "RIA",
            "AI Act",
            "IA Act",
            "règlement IA",
            "règlement sur l’IA",
            "règlement européen sur l’IA",
            "règlement intelligence artificielle",
            "règlement sur l’intelligence artificielle",
        ),
        counts={Part.ARTICLE: 113, Part.RECITAL: 180, Part.ANNEX: 13},
        recounts={Part.ANNEX: (date(2026, 7, 27), 14)},
    ),
    Act(
        id="32016R0679",
        name="règlement (UE) 2016/679 (RGPD)",
        called=("RGPD", "GDPR", "règlement général sur la protection des données"),
        counts={Part.ARTICLE: 99, Part.RECITAL: 173},
    ),
    Act(
        id="32017R0745",
        name="règlement (UE) 2017/745 (MDR)",
        called=(
            "MDR",
            "règlement MDR",
            "règlement dispositifs médicaux",
            "règlement sur les dispositifs médicaux",
            "règlement relatif aux dispositifs médicaux",
        ),
        counts={Part.ARTICLE: 123, Part.RECITAL: 101, Part.ANNEX: 17, Part.RULE: 22},
    ),
    Act(
        id="32017R0746",
        name="règlement (UE) 2017/746 (IVDR)",
        called=("IVDR", "règlement IVDR", "règlement diagnostic in vitro"),
    ),
    Act(
        id="32026R1744",
        name="règlement (UE) 2026/1744 (omnibus numérique sur l’IA)",
        called=("omnibus numérique", "omnibus IA"),
    ),
    Act(
        id="32024L2853",
        name="directive (UE) 2024/2853 (produits défectueux)",
        called=(
            "directive produits défectueux",
            "directive sur les produits défectueux",
            "directive sur la responsabilité du fait des produits défectueux",
        ),
    ),
    Act(
        id="32025R0327",
        name="règlement (UE) 2025/327 (espace européen des données de santé)",
        called=("EEDS", "EHDS", "espace européen des données de santé"),
    ),
    Act(id="csp", name="code de la santé publique", called=("code de la santé publique", "CSP")),
    Act(id="code-du-travail", name="code du travail", called=("code du travail",)),
    Act(
        id="loi-78-17",
        name="loi n° 78-17 du 6 janvier 1978 (informatique et libertés)",
        called=("loi informatique et libertés", "loi 78-17", "loi n° 78-17"),
    ),
)

_CELEX = re.compile(r"\b(?:3[12][0-9]{3}[rld][0-9]{4}|0[12][0-9]{3}[rld][0-9]{4}(?:-[0-9]{8})?)\b")
_NUMBER = re.compile(
    r"(?:\b(?P<sort>reglements?|directives?|decisions?) +)?"
    r"(?P<union>\(?\b(?:ue|ce|eu|ec) *\)? *)?"
    r"(?:n ?[°o] ?)?\b(?P<one>[0-9]{1,4})/(?P<two>[0-9]{1,4})\b(?:/(?:ue|ce)\b)?"
)
_SHORT_NUMBER = re.compile(r"\breglement +(?:n ?[°o] ?)?(?P<number>[0-9]{3,4})\b(?![/.-])")
_SORTS = {"regl": "R", "dire": "L", "deci": "D"}
"""The letter of CELEX identifiers, by how a sort of act begins."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a levelled text names an act."""

    start: int
    end: int
    act: str


@dataclass(frozen=True, kw_only=True)
class ActNames:
    """The names of acts, to find them in a levelled text."""

    acts: tuple[Act, ...] = KNOWN_ACTS

    def name(self, act: str) -> str:
        """Name an act in a sentence; its id where it has no name."""
        return next((known.name for known in self.acts if known.id == act and known.name), act)

    def count(self, act: str, part: Part, *, on: date) -> int | None:
        """Give how many units of a sort an act has on a day, where that is known."""
        known = next((one for one in self.acts if one.id == act and part in one.counts), None)
        if known is None:
            return None
        since, count = known.recounts.get(part, (date.max, 0))
        return count if on >= since else known.counts[part]

    def mentions(self, text: str) -> list[Mention]:
        """List what names an act in a levelled text, in order; the longest of overlapping ones."""
        found = [*self._by_number(text), *self._by_name(text)]
        kept: list[Mention] = []
        for mention in sorted(found, key=lambda item: (item.start, -item.end)):
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def _by_name(self, text: str) -> Iterator[Mention]:
        for match in self._names.finditer(text):
            yield Mention(match.start(), match.end(), self._ids[_key(match.group())])

    def _by_number(self, text: str) -> Iterator[Mention]:
        for match in _CELEX.finditer(text):
            yield Mention(match.start(), match.end(), act_id(match.group().upper()))
        for match in _NUMBER.finditer(text):
            if act := self._numbered(match):
                yield Mention(match.start(), match.end(), act)
        for match in _SHORT_NUMBER.finditer(text):
            ids = [act for act in self._known if act[6:].lstrip("0") == match["number"]]
            if len(ids) == 1:
                yield Mention(match.start(), match.end(), ids[0])

    def _numbered(self, match: re.Match[str]) -> str | None:
        """Give the act of a number; one that nothing announces must be that of an act known."""
        year, number = match["one"], match["two"]
        if not _is_year(year):
            year, number = number, year
        if not _is_year(year):
            return None
        known = {act for act in self._known if act[1:5] == year and act[6:] == number.zfill(4)}
        if match["sort"]:
            return f"3{year}{_SORTS[match['sort'][:4]]}{number.zfill(4)}"
        if known or not match["union"]:
            return min(known, default=None)
        return f"3{year}R{number.zfill(4)}"

    @cached_property
    def _known(self) -> tuple[str, ...]:
        return tuple({act.id for act in self.acts if _is_celex(act.id)})

    @cached_property
    def _ids(self) -> dict[str, str]:
        ids: dict[str, str] = {}
        for act in self.acts:
            for name in act.called:
                ids.setdefault(_key(level(name)), act.id)
        return ids

    @cached_property
    def _names(self) -> re.Pattern[str]:
        """Match every name, whatever its spaces and apostrophes, the longest first."""
        names = sorted(self._ids, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(_loose, names)) + r")\b" if names else r"(?!)")


def called_by(names: Iterable[str], *, acts: ActNames) -> str | None:
    """Give the one act whose number some names of the same thing hold.

    >>> called_by(["RIA", "règlement (UE) 2024/1689"], acts=ActNames())
    '32024R1689'
    """
    found = {mention.act for name in names for mention in acts._by_number(level(name))}
    return found.pop() if len(found) == 1 else None


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _is_celex(identifier: str) -> bool:
    return _CELEX.fullmatch(identifier.lower()) is not None


def _key(levelled: str) -> str:
    return " ".join(levelled.replace("'", " ").split())


def _loose(key: str) -> str:
    return r"[ ']+".join(re.escape(word) for word in key.split())
