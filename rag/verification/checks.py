"""The checks of a sentence by rules, one by one: language, facts, references, names, exceptions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rag.references.reference import level
from rag.types import Check
from rag.verification.atoms import Atom, read_atoms
from rag.verification.copies import is_only_ordered, turned_round
from rag.verification.evidence import Evidence
from rag.verification.exceptions import has_exception, knows_none, sets_apart
from rag.verification.language import is_french
from rag.verification.named import (
    ROLES,
    Name,
    actors_in,
    bodies_in,
    proper_names_in,
    with_implied,
)
from rag.verification.pairings import confused
from rag.verification.references import acts_in, references_in, spans_of_acts

MOST_OWN_COUNT = 4
"""Up to so many things a sentence may count itself."""


_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?<![«\w])\b(?:je\b|j[’'])(?![^«]*»)", re.IGNORECASE)
_OF_ITSELF = re.compile(
    r"\bpassages? (?:n[°o]s? ?)?\d|\bpassages? (?:numérot|fourni|donné|cité|ci-dessus|disponible)"
    r"|\b(?:dans|d[’']après|selon|par) (?:les?|ces?) passages?\b|\baux passages\b"
    r"|\b(?:les?|ces?) passages? (?:n[e’']|dit|disent|indiqu|mentionn|précis|parl|répond)"
    r"|(?:^|[.;:!?] |\b(?=cette|votre))(?:la|cette|votre) question"
    r" (?:(?:est|n[’']est)(?! (?:\w+ ){0,2}(?:tranché|réglé|résolu|close|ouvert))|posée|porte|ne)"
    r"|\bréponse (?:finale|est :)"
    r"|\bréponse :$|\bà cette question\b",
    re.IGNORECASE,
)
"""Where a model speaks of the passages, which the reader knows by other numbers, or of its task."""

_OF_AN_ACT = re.compile(
    r"\b(?:directive|reglement|loi|decision(?:-cadre)?|decret|ordonnance|arrete|version|texte) "
    r"(?:\w+ ){0,2}(?:de |d'|publiee? en )$"
)
"""Before a year that names an act: « la directive de 2002 » is 2002/58/CE."""

_DAY_ALONE = re.compile(r"\b(?:le|du|au) $")
"""Before the day of a month that was told: « voté le 16 juin 2026, approuvé le 29 »."""

_POINTING = re.compile(r"\b(?:des|les|tous|toutes|ces|entre|aux|fois sur|[a-zé]+s sur)\s$")
"""Before a number that points back, or that makes a rough share: « une fois sur trois »."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A check that failed, and the words of the sentence that failed it."""

    check: Check
    words: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What there was to check in a sentence, and what failed."""

    done: tuple[Check, ...]
    missed: tuple[Missed, ...]


def examine(text: str, sources: Sequence[Evidence]) -> Examined:
    """Check a sentence against sources taken together.

    Args:
        text: the sentence.
        sources: what it is said to rest on.
    """
    results = [
        *_language(text),
        *_voice(text),
        *_atoms(text, sources),
        *_references(text, sources),
        *_names(bodies_in(text), text, frozenset(chain.from_iterable(s.bodies for s in sources))),
        *_names(
            [actor for actor in actors_in(text) if actor.key in ROLES],
            text,
            frozenset(chain.from_iterable(source.actors for source in sources)),
        ),
        *_proper_names(text, sources),
        *_exceptions(text, sources),
        *_copies(text, sources),
    ]
    done = dict.fromkeys(check for check, _ in results)
    missed = dict.fromkeys(missed for _, missed in results if missed is not None)
    return Examined(tuple(done), tuple(missed))


def states_only(text: str, other: str) -> bool:
    """Tell whether a text states no fact, reference, body or actor that another does not."""
    known = read_atoms(other)
    anchors = {reference.anchor for reference in references_in(other)}
    names = {name.key for name in (*bodies_in(other), *actors_in(other))}
    return (
        is_french(text)
        and all(any(atom.is_borne_out_by(one) for one in known) for atom in read_atoms(text))
        and all(reference.anchor in anchors for reference in references_in(text))
        and acts_in(text) <= acts_in(other)
        and all(name.key in names for name in (*bodies_in(text), *actors_in(text)))
    )


Result = tuple[Check, Missed | None]


def _language(text: str) -> Iterator[Result]:
    yield Check.LANGUAGE, None if is_french(text) else Missed(Check.LANGUAGE)


def _voice(text: str) -> Iterator[Result]:
    """Refuse what no answer says, even where a document orders it: an address, « je ».

    Nor does an answer speak of « passage 2 » or of the question, or ask one.
    """
    for match in filter(None, (_ADDRESS.search(text), _OF_ITSELF.search(text))):
        yield Check.REFERENCE, Missed(Check.REFERENCE, match.group())
    if _FIRST_PERSON.search(text) or text.rstrip(' »"').endswith("?"):
        yield Check.MEANING, Missed(Check.MEANING)


def _atoms(text: str, sources: Sequence[Evidence]) -> Iterator[Result]:
    known = [atom for source in sources for atom in source.atoms]
    act_years = {(year, None, None) for source in sources for year in source.act_years}
    told = [range(reference.start, reference.end) for reference in references_in(text)]
    told += spans_of_acts(text)
    for atom in read_atoms(text):
        if atom.is_article or any(atom.start in span for span in told):
            continue  # the number of an article of law, or of a law, is checked with it
        words = text[atom.start : atom.end].strip()
        names_act = atom.key in act_years and _OF_AN_ACT.search(level(text[: atom.start]))
        is_there = bool(names_act) or _is_there(atom, text, known) or _is_a_day(atom, text, known)
        yield atom.check, None if is_there else Missed(atom.check, words)
    for atom in confused(text, sources):
        yield atom.check, Missed(atom.check, text[atom.start : atom.end].strip())


def _is_there(atom: Atom, text: str, known: Sequence[Atom]) -> bool:
    """Tell whether a fact stands in the sources.

    A plain number must be said of what it counts, where the sources count the same thing. A small
    one in words that they do not count may be the sentence's own: « les deux conditions ».
    """
    if not atom.is_number:
        return any(atom.is_borne_out_by(one) for one in known)
    same = [one for one in known if atom.counted and one.counted == atom.counted]
    if same:
        return any(one.count == atom.count for one in same)
    return _is_own_count(atom, text) or any(
        atom.is_borne_out_by(one) for one in known if not one.is_article
    )


def _is_a_day(atom: Atom, text: str, known: Sequence[Atom]) -> bool:
    """Tell whether a number is the day, in the sources, of a month that the sentence names."""
    if not (atom.is_number and _DAY_ALONE.search(level(text[: atom.start]))):
        return False
    months = {one.key[:2] for one in read_atoms(text) if one.check is Check.DATE}
    return any(
        one.check is Check.DATE and one.key[2] == atom.count and one.key[:2] in months
        for one in known
    )


def _is_own_count(atom: Atom, text: str) -> bool:
    """Tell whether a sentence counts what it names or points to: « l’un des deux »."""
    if text[atom.start].isdigit() or (atom.count or 0) > MOST_OWN_COUNT:
        return False
    return bool(atom.counted) or _POINTING.search(text[: atom.start].lower()) is not None


def _references(text: str, sources: Sequence[Evidence]) -> Iterator[Result]:
    named = [named for source in sources for named in source.named]
    for reference in references_in(text):
        is_there = any(one.has_unit(reference) for one in named)
        missed = None if is_there else Missed(Check.REFERENCE, reference.typed)
        yield Check.REFERENCE, missed
    for act in acts_in(text):
        is_there = any(one.has_act(act) for one in named)
        yield Check.REFERENCE, None if is_there else Missed(Check.REFERENCE, act)


def _names(names: Sequence[Name], text: str, known: frozenset[str]) -> Iterator[Result]:
    for name in names:
        is_there = bool(with_implied([name]) & known)
        missed = None if is_there else Missed(name.check, text[name.start : name.end])
        yield name.check, missed


def _proper_names(text: str, sources: Sequence[Evidence]) -> Iterator[Result]:
    """Check the names that no list holds: those of companies, products, places, people."""
    if names := proper_names_in(text):
        known = set(_WORD.findall(level("\n".join(source.text for source in sources))))
        for name in names:
            missed = None if name.key in known else Missed(name.check, text[name.start : name.end])
            yield name.check, missed


def _exceptions(text: str, sources: Sequence[Evidence]) -> Iterator[Result]:
    if sets_apart(text):
        is_there = any(has_exception(source.text) for source in sources)
        yield Check.EXCEPTION, None if is_there else Missed(Check.EXCEPTION)
    elif knows_none(text) and any(sets_apart(source.text) for source in sources):
        yield Check.EXCEPTION, Missed(Check.EXCEPTION)


def _copies(text: str, sources: Sequence[Evidence]) -> Iterator[Result]:
    for check in turned_round(text, sources):
        yield check, Missed(check)
    if is_only_ordered(text, sources):
        yield Check.MEANING, Missed(Check.MEANING)
