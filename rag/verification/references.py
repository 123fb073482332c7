"""The units of law and the acts that a sentence names, and whether its passages bear them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rag.references import ActNames, Reference, find_references, named_acts
from rag.references.reference import level
from rag.types import Hit, Passage
from rag.validity import acts_of

_SECTION = re.compile(r"(?<=anx_)(?P<annex>[ivx]+)\.[a-d](?=\.)")
_STEP = re.compile(r"[.]")
MOST = 200
"""References read in one text."""


@dataclass(frozen=True, slots=True)
class Named:
    """The units (act or None, anchor) and the acts that a passage stands in or names.

    ``own`` are the units that it states itself.
    """

    own: frozenset[tuple[str | None, str]]
    units: frozenset[tuple[str | None, str]]
    acts: frozenset[str]
    text: str

    def has_unit(self, reference: Reference) -> bool:
        """Tell whether the passage stands in a unit, names it, or names one under it.

        Which act « l’article 9 » is of is a guess where several are named: any of them will do.

        A part of the unit that the passage states whole is there where its mark is: « 6. », « a) ».
        """
        is_known = reference.act in self.acts
        return any(
            (is_known or _same_act(reference.act, act)) and _lies_under(anchor, reference.anchor)
            for act, anchor in (*self.own, *self.units)
        ) or any(
            _same_act(reference.act, act) and self._holds(reference.anchor, anchor)
            for act, anchor in self.own
        )

    def has_act(self, act: str) -> bool:
        """Tell whether the passage is of an act, explains it or names it."""
        return act in self.acts

    def _holds(self, asked: str, anchor: str) -> bool:
        if not _lies_under(asked, anchor):
            return False
        steps = _STEP.split(asked[len(anchor) + 1 :])
        return all(re.search(rf"(?m)(?:^|[\s(]){re.escape(step)}[.)]", self.text) for step in steps)


def named_by(hit: Hit) -> Named:
    """Read what a passage stands in and names: its own unit, those it covers, those in its text."""
    passage, facts = hit.passage, hit.metadata
    own = [(passage.document, passage.anchor.split("~")[0])]
    covered = [tuple(key.split("#", 1)) for key in facts.covers if "#" in key]
    lead_in = hit.lead_in.text if hit.lead_in is not None else ""
    text = "\n".join((passage.label, *passage.headings, facts.title, lead_in, passage.text))
    mentions = list(chain.from_iterable(map(references_in, _clauses(text))))
    units: set[tuple[str | None, str]] = {
        *_listed(text),
        *_parts_alone(lead_in, passage),
        *_parts_alone(passage.text, passage),
        *((key[0], key[1]) for key in covered),
        *((mention.act, mention.anchor) for mention in mentions if mention.anchor),
    }
    acts = {passage.document, *acts_of(facts), *(key.split("#")[0] for key in facts.covers)}
    acts.update(acts_in(text))
    return Named(frozenset(own), frozenset(units), frozenset(acts), level(passage.text))


@lru_cache(maxsize=4096)
def references_in(text: str) -> tuple[Reference, ...]:
    """List the units of law that a text names."""
    return tuple(one for one in find_references(text, _names(), most=MOST) if one.anchor)


@lru_cache(maxsize=4096)
def acts_in(text: str) -> frozenset[str]:
    """List the acts that a text names."""
    return frozenset(named_acts(text, _names()))


def spans_of_acts(text: str) -> tuple[range, ...]:
    """Tell where a text names acts."""
    return tuple(range(one.start, one.end) for one in _names().mentions(level(text)))


@lru_cache(maxsize=1)
def _names() -> ActNames:
    return ActNames()


_LIST = re.compile(r"\barticles (?P<numbers>\d+(?:(?:, | a | et | ou )\d+)+)")
_OF_SOME_LAW = re.compile(
    r"\barticle (?P<number>\d+(?:[.-]\d+)*) de (?:la|cette) (?:presente )?loi\b"
)
_ITEM = re.compile(r"(?P<first>\d+)(?: a (?P<last>\d+))?")
_LONGEST_RANGE = 120


def _listed(text: str) -> Iterator[tuple[None, str]]:
    """Yield the articles of lists and ranges, and of laws that are not named otherwise.

    « articles 8, 11, 25 à 39, 42 et 43 », « l’article 37 de la présente loi ».
    """
    for match in _OF_SOME_LAW.finditer(level(text)):
        yield None, f"art_{match['number']}"
    for match in _LIST.finditer(level(text)):
        for item in _ITEM.finditer(match["numbers"]):
            first = int(item["first"])
            last = int(item["last"] or first)
            for number in range(first, min(last, first + _LONGEST_RANGE) + 1):
                yield None, f"art_{number}"


_NUMBER = r"\d{1,3}\b(?![./-]\d)"
_LETTER = r"[a-z]\)"
_AND = r"(?:, | et | ou | a )"
_PART_ALONE = re.compile(
    rf"\b(?P<word>paragraphe|point)(?:s (?P<many>(?:{_NUMBER}|{_LETTER})"
    rf"(?:{_AND}(?:{_NUMBER}|{_LETTER}))*)| (?P<one>{_NUMBER}|{_LETTER}))"
    rf"(?:, (?:\w+ alinea, )?points? (?P<below>{_LETTER}(?:{_AND}{_LETTER})*))?"
    r"(?P<of> (?:de la |de l'|du |des )(?!present|meme))?"
)
_RANGE = re.compile(r"(\d+|[a-z]\)) a (\d+|[a-z]\))")
_END_OF_SENTENCE = re.compile(r"[.!?] |\n")


def _parts_alone(text: str, passage: Passage) -> Iterator[tuple[str | None, str]]:
    """Yield the parts that a text names without their unit: « le groupe visé au paragraphe 1 ».

    They are of the unit that the text stands in or, in words about the law, of the last one named;
    for a point, in the same sentence (« l’annexe I, section A : le point 12 »): much has points.
    """
    levelled = level(text)
    units = sorted(references_in(text), key=lambda unit: unit.start)
    for match in _PART_ALONE.finditer(levelled):
        if match["of"] or any(unit.start <= match.start() < unit.end for unit in units):
            continue
        before = [unit for unit in units if unit.end <= match.start()]
        above = _standing_in(passage, match["word"])
        if above is None:
            above = [(before[-1].act, before[-1].anchor)] if before else []
            is_far = above and _END_OF_SENTENCE.search(levelled, before[-1].end, match.start())
            if is_far and match["word"] == "point":
                continue
        for act, base in above:
            for part in _parts(match["many"] or match["one"]):
                yield act, f"{base}.{part}"
                for point in _parts(match["below"] or ""):
                    yield act, f"{base}.{part}.{point}"


def _standing_in(passage: Passage, word: str) -> list[tuple[str | None, str]] | None:
    """Give the unit of law that a passage stands in, and the part of it for a point of that."""
    unit, *steps = passage.anchor.split("~")[0].split(".")
    if not unit.startswith(("art_", "anx_", "rct_")):
        return None
    above: list[tuple[str | None, str]] = [(passage.document, unit)]
    if word == "point" and steps:
        above.append((passage.document, f"{unit}.{steps[0]}"))
    return above


def _parts(listed: str) -> Iterator[str]:
    """Yield the parts of « 2, 3 et 5 », of « 2 à 5 », of « a) et b) », of « a) à d) »."""
    for first, last in _RANGE.findall(listed):
        if first.isdecimal() and last.isdecimal():
            yield from map(str, range(int(first), min(int(last), int(first) + _LONGEST_RANGE)))
        elif not first.isdecimal() and not last.isdecimal():
            yield from map(chr, range(ord(first[0]), ord(last[0])))
    for part in listed.replace(",", " ").split():
        if part.rstrip(")").isdecimal() or part.endswith(")"):
            yield part.rstrip(")")


def _clauses(text: str) -> list[str]:
    """Cut a text at ends of sentences and lines, so that an act named is that of units beside."""
    return re.split(r"(?<=[.;:])(?<!\b[LRD]\.)(?<!\bart\.)\s|\n", text)


def _same_act(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _lies_under(anchor: str, above: str) -> bool:
    """Compare anchors, whatever the case of « section A », which may also be left out.

    So may the paragraph of a point: « le point n) de l’article 57 ».
    """
    one, other = anchor.casefold(), above.casefold()
    if "anx_" in one and other.count(".") < one.count(".") and not one.startswith(other):
        one = _SECTION.sub(r"\g<annex>", one)
    if one == other or one.startswith(f"{other}."):
        return True
    first, *steps = other.split(".")
    return (
        bool(steps)
        and steps[-1].isalpha()
        and first == one.split(".")[0]
        and (one.endswith(f".{steps[-1]}") and all(step in one.split(".") for step in steps))
    )
