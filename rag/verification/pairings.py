"""Facts told of one annex that are those of another.

The law tells the dates and terms of its annexes side by side (« le 2 août 2028 pour l’annexe I et
le 2 décembre 2027 pour l’annexe III »): both stand in the passage, and a sentence that takes the
one for the other is wrong all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.references import Reference
from rag.types import Check
from rag.verification.atoms import Atom, read_atoms
from rag.verification.evidence import Evidence
from rag.verification.references import references_in

ANNEX = "anx_"
CHECKED = (Check.DATE, Check.FIGURE, Check.AMOUNT)


@dataclass(frozen=True, slots=True)
class _Told:
    annex: str
    atom: Atom


def confused(text: str, sources: Sequence[Evidence]) -> Iterator[Atom]:
    """Yield the facts of a sentence on one annex that its sources tell of another only."""
    annexes = {_annex(one) for one in _annexes(text)}
    if len(annexes) != 1:
        return
    (annex,) = annexes
    told = [one for source in sources for quote in source.quotes for one in _told(quote.text)]
    for atom in _facts(text):
        mine = [one for one in told if one.annex == annex and _is_like(atom, one.atom)]
        of_others = any(
            one.annex != annex and atom.is_borne_out_by(one.atom)
            for one in told
            if _is_like(atom, one.atom)
        )
        if mine and of_others and not any(atom.is_borne_out_by(one.atom) for one in mine):
            yield atom


def _told(text: str) -> Iterator[_Told]:
    """Yield what a sentence tells of its one annex, or of each in turn where they are as many."""
    annexes = [_annex(one) for one in _annexes(text)]
    by_sort: Mapping[tuple[Check, object], list[Atom]] = {}
    for atom in _facts(text):
        by_sort = {**by_sort, _sort(atom): [*by_sort.get(_sort(atom), []), atom]}
    for atoms in by_sort.values():
        if len(set(annexes)) == 1:
            yield from (_Told(annexes[0], atom) for atom in atoms)
        elif len(annexes) == len(atoms):
            yield from (_Told(*pair) for pair in zip(annexes, atoms, strict=True))


def _annexes(text: str) -> list[Reference]:
    found = (one for one in references_in(text) if one.anchor.startswith(ANNEX))
    return sorted(found, key=lambda one: one.start)


def _annex(reference: Reference) -> str:
    return reference.anchor.split(".")[0].casefold()


def _facts(text: str) -> list[Atom]:
    units = [range(one.start, one.end) for one in references_in(text)]
    return [
        atom
        for atom in read_atoms(text)
        if atom.check in CHECKED
        and not atom.is_number
        and not atom.is_article
        and not any(atom.start in unit for unit in units)
    ]


def _sort(atom: Atom) -> tuple[Check, object]:
    """Give what an atom may be taken for: dates for dates, months for months."""
    return (atom.check, None if atom.check is Check.DATE else atom.key[0])


def _is_like(one: Atom, other: Atom) -> bool:
    return _sort(one) == _sort(other)
