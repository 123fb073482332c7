"""The units of law that a corpus holds or explains, by their keys, to meet references with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rag.corpus import Corpus
from rag.references import KNOWN_ACTS, Act, ActNames, Part, called_by, find_references
from rag.types import OFFICIAL
from rag.validity import act_id, overlap

MEDICAL_DEVICES, HEALTH_CODE = "32017R0745", "csp"
_BIS = dict(zip("abcdefg", "bis ter quater quinquies sexies septies octies".split(), strict=True))
_LETTERS_OF_CODES = "LRDA"


def usual_act(anchor: str) -> str | None:
    """Give the act that the sort of a unit tells by itself: a rule, an article of a code.

    >>> usual_act("regle-11"), usual_act("L4001-3"), usual_act("art_26")
    ('32017R0745', 'csp', None)
    """
    if anchor.startswith(Part.RULE):
        return MEDICAL_DEVICES
    return HEALTH_CODE if _is_of_code(anchor) else None


def _is_of_code(anchor: str) -> bool:
    return anchor[:1] in _LETTERS_OF_CODES and anchor[1:2].isdecimal()


@dataclass(frozen=True)
class Units:
    """The units of a corpus. Keys are compared without regard to case."""

    corpus: Corpus

    @cached_property
    def names(self) -> ActNames:
        """The names of acts: known, given by the registry of amendments, by the thesaurus."""
        known = ActNames()
        registered = [
            Act(id=called_by([act.name], acts=known) or act.id, name=act.name, called=act.mentions)
            for act in self.corpus.law.acts
            if "#" not in act.id
        ]
        other_words = [
            Act(id=act, name="", called=tuple(form.text for form in forms if not form.ambiguous))
            for entry in self.corpus.thesaurus.entries
            if (forms := entry.names)
            and (act := called_by((form.text for form in forms), acts=known))
        ]
        return ActNames(acts=(*registered, *KNOWN_ACTS, *other_words))

    def official(self, act: str, anchor: str) -> list[int]:
        """List the passages of the law that are a unit or lie under it, in reading order.

        Where the law cuts an annex into sections, a point is found without its section.
        """
        for form in _forms(anchor):
            if found := self._official.get(f"{act}#{form}".lower()):
                return found
        base, _, rest = anchor.partition(".")
        if not (base.startswith(Part.ANNEX) and rest):
            return []
        in_sections = [
            indices
            for letter in "abc"
            if (indices := self._official.get(f"{act}#{base}.{letter}.{rest}".lower()))
        ]
        return in_sections[0] if len(in_sections) == 1 else []

    def official_above(self, act: str, anchor: str) -> list[int]:
        """List the passages of the law of the nearest unit above one."""
        while "." in anchor:
            anchor = anchor.rpartition(".")[0]
            if found := self.official(act, anchor):
                return found
        return []

    def names_it(self, indices: Iterable[int], act: str, anchor: str) -> bool:
        """Tell whether one of some passages names a unit, or is of a text that covers just it."""
        key = f"{act}#{anchor}"
        return any(
            index in self._naming.get(key, ())
            or key in self._covers.get(self.corpus.stored[index].passage.document, ())
            for index in indices
        )

    def explaining(self, act: str, anchor: str) -> list[int]:
        """List passages about a unit: of texts that cover it, best first, else that name it."""
        key = f"{act}#{anchor}" if anchor else act
        places = {
            document: min(place for cover in covers if (place := _place(cover, key)) is not None)
            for document, covers in self._covers.items()
            if any(_place(cover, key) is not None for cover in covers)
        }
        naming = {
            index
            for named, indices in self._naming.items()
            if anchor and (named == key or named.startswith(f"{key}."))
            for index in indices
        }
        found = {
            index for document in places for index in self._passages.get(document, ())
        } | naming

        def rank(index: int) -> tuple[bool, int, bool, int, int]:
            document = self.corpus.stored[index].passage.document
            return (
                bool(self.corpus.in_glossary[index]),
                places.get(document, 2),
                index not in naming,
                len(self._covers.get(document, ())),
                index,
            )

        return sorted(found, key=rank)

    def acts_with(self, anchor: str) -> list[str]:
        """List the acts that have a unit, in texts of the law or about it."""
        keys = [*self._official, *(key.lower() for keys in self._covers.values() for key in keys)]
        forms = {form.lower() for form in _forms(anchor)}
        found = {key.partition("#")[0] for key in keys if key.partition("#")[2] in forms}
        return sorted(act.upper() if act[0].isdecimal() else act for act in found)

    def count(self, act: str, part: Part, *, on: date) -> int | None:
        """Give how many units of a sort an act has on a day, None where nothing tells."""
        return self.names.count(act, part, on=on) or self._highest.get(f"{act}#{part}")

    def numbered_parts(self, act: str, unit: str) -> int:
        """Give the number of the last paragraph, or point, of an article; 0 where it has none."""
        prefix = f"{act}#{unit}.".lower()
        numbers = [
            int(step)
            for key in self._official
            if key.startswith(prefix) and (step := key.removeprefix(prefix)).isdecimal()
        ]
        return max(numbers, default=0)

    @cached_property
    def _official(self) -> dict[str, list[int]]:
        """The passages of the law by the key of each unit that holds them."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, item in enumerate(self.corpus.stored):
            facts = self.corpus.metadata[item.passage.document]
            if facts.kind in OFFICIAL:
                anchor = item.passage.anchor.lower()
                for key in _keys_above(f"{act_id(facts.id)}#{anchor}".lower()):
                    found[key].append(index)
                for key in facts.covers:
                    if "#" in key:
                        found[key.lower()].append(index)
        return dict(found)

    @cached_property
    def _highest(self) -> dict[str, int]:
        """The highest number of each sort of unit in the acts that are indexed."""
        highest: dict[str, int] = defaultdict(int)
        for key in self._official:
            act, _, anchor = key.partition("#")
            sort, _, number = anchor.partition("_")
            if number.isdecimal():
                place = f"{act.upper() if act[0].isdecimal() else act}#{sort}"
                highest[place] = max(highest[place], int(number))
        return dict(highest)

    @cached_property
    def _covers(self) -> dict[str, tuple[str, ...]]:
        """The units that each text about the law explains, its acts by their own ids."""
        ids = {
            act.id: called
            for act in self.corpus.law.acts
            if (called := called_by([act.name], acts=ActNames()))
        }
        return {
            facts.id: tuple(_with_act(key, ids) for key in facts.covers)
            for facts in self.corpus.metadata.values()
            if facts.kind not in OFFICIAL
        }

    @cached_property
    def _passages(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for index, item in enumerate(self.corpus.stored):
            found[item.passage.document].append(index)
        return dict(found)

    @cached_property
    def _naming(self) -> dict[str, list[int]]:
        """The passages about the law by the units that they name, of their own act by default."""
        found: dict[str, list[int]] = defaultdict(list)
        for document, covers in self._covers.items():
            acts = {key.partition("#")[0] for key in covers}
            usual = acts.pop() if len(acts) == 1 else None
            for index in self._passages.get(document, ()):
                text = self.corpus.stored[index].passage.text
                for reference in find_references(text, self.names):
                    if act := reference.act or usual_act(reference.anchor) or usual:
                        found[f"{act}#{reference.anchor}"].append(index)
        return dict(found)


def _place(cover: str, key: str) -> int | None:
    """Tell how a key that a text covers meets the unit asked for: 0 that unit, 1 one above it."""
    if cover == key or cover.startswith(f"{key}."):
        return 0
    return 1 if "#" in cover and overlap(cover, key) else None


def _forms(anchor: str) -> Iterator[str]:
    """Yield the ways that texts write an anchor: « 4 bis » as 4a or 4bis, a code's article."""
    yield anchor
    unit, _, below = anchor.partition(".")
    if unit.startswith(Part.ARTICLE) and unit[-1] in _BIS and unit[-2:-1].isdecimal():
        yield ".".join(filter(None, (f"{unit[:-1]}{_BIS[unit[-1]]}", below)))
    if _is_of_code(unit):
        yield f"{Part.ARTICLE}_{anchor}"
    elif unit.startswith(f"{Part.ARTICLE}_") and "-" in unit:
        number = unit.removeprefix(f"{Part.ARTICLE}_")
        yield from (f"{letter}{number}" for letter in _LETTERS_OF_CODES)


def _with_act(key: str, ids: dict[str, str]) -> str:
    act, mark, anchor = key.partition("#")
    return f"{ids.get(act, act)}{mark}{anchor}"


def _keys_above(unit: str) -> Iterator[str]:
    while unit:
        yield unit
        head = unit.rpartition(".")[0]
        unit = head if "#" in head else ""
