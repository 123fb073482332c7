"""What a question names that a follow-up may replace: who it is about, which act, which date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rag.references import ActNames
from rag.references.reference import compose, level


class Sort(StrEnum):
    """Sorts of things named, of which one stands in for another."""

    OPERATOR = "operator"
    PERSON = "person"
    BODY = "body"
    ACT = "act"
    DATE = "date"


_MONTH = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
DATE = re.compile(
    rf"(?:\b(?:1er|[0-9]{{1,2}}) +)?(?:\b{_MONTH} +)?"
    r"(?<![\w/.-])(?:19|20)[0-9]{2}\b(?![/.-][0-9])"
)
_NAMES = {
    Sort.OPERATOR: (
        r"(?:deployeur|fournisseur|importateur|distributeur|mandataire|fabricant|editeur)s?"
    ),
    Sort.PERSON: (
        r"(?:radiologue|manipulateur|manip|medecin|interne|remplacant|secretaire|patient|salarie"
        r"|liberal|praticien|dpo|dosimetriste|physicien medical|sous-traitant)s?"
    ),
    Sort.BODY: (
        r"pme|smc|tpe|etis?|chu|chru|startups?|start-ups?|hopita(?:l|ux)(?: (?:public|prive)s?)?"
        r"|cliniques?(?: privees?)?|cabinets?(?: (?:de ville|libera(?:l|ux)))?|centres? d'imagerie"
        r"|entreprises?|grandes? entreprises?"
    ),
}
_PATTERNS = {sort: re.compile(rf"\b(?:{names})\b") for sort, names in _NAMES.items()}
_FEMININE = re.compile(r"\b(?:pme|smc|tpe|cliniques?|start-?ups?|secretaires?|entreprises?)\b")


@dataclass(frozen=True, slots=True)
class Named:
    """Something named in a text, and where: ``text[start:end]`` once composed."""

    sort: Sort
    key: str
    start: int
    end: int


def named_in(text: str, names: ActNames) -> Iterator[Named]:
    """Yield what a composed text names, of every sort."""
    levelled = level(text)
    for sort, pattern in _PATTERNS.items():
        for match in pattern.finditer(levelled):
            yield Named(sort, match.group().rstrip("s"), match.start(), match.end())
    for mention in names.mentions(levelled):
        yield Named(Sort.ACT, mention.act, mention.start, mention.end)
    for match in DATE.finditer(levelled):
        yield Named(Sort.DATE, match.group(), match.start(), match.end())


def replace_counterparts(earlier: str, question: str, names: ActNames) -> tuple[str, list[Named]]:
    """Put what a follow-up names in the place of its counterparts in an earlier question.

    A counterpart is clear where each of the two names one thing of the sort, in words that may
    take each other's place.

    Returns:
        The earlier question, and what was put in it, by its place in the follow-up.
    """
    earlier, question = compose(earlier), compose(question)
    before, after = list(named_in(earlier, names)), list(named_in(question, names))
    put: list[tuple[Named, Named]] = []
    for sort in Sort:
        olds = [one for one in before if one.sort is sort]
        news = [one for one in after if one.sort is sort]
        if len(olds) == len(news) == 1 and olds[0].key != news[0].key:
            old, new = olds[0], news[0]
            if _may_replace(earlier[: old.start], earlier[old.start : old.end], question, new):
                put.append((old, new))
    for old, new in sorted(put, key=lambda pair: -pair[0].start):
        earlier = f"{earlier[: old.start]}{question[new.start : new.end]}{earlier[old.end :]}"
    return earlier, [new for _, new in put]


def _may_replace(before: str, old: str, question: str, new: Named) -> bool:
    """Tell whether the words around one of two names suit the other: gender, number, elision."""
    word = question[new.start : new.end]
    if new.sort is Sort.DATE:
        return _shape(old) == _shape(word)
    if new.sort is Sort.ACT:
        return _article(before) == _article(question[: new.start])
    same_gender = bool(_FEMININE.search(level(old))) == bool(_FEMININE.search(level(word)))
    same_number = old.lower().endswith(("s", "x")) == word.lower().endswith(("s", "x"))
    return same_gender and same_number and _is_elided(old) == _is_elided(word)


def _shape(day: str) -> tuple[bool, int]:
    """Tell apart a day, a month and a year, which other words introduce."""
    return day[:1].isdecimal(), min(len(day), 5)


def _article(before: str) -> str:
    """Give the article that a text ends with, in one form for each gender and number."""
    match = re.search(r"(?:\b(le|la|les|du|au|aux|des|de la)\s+|\b[ld]['’]\s*)$", before.lower())
    if match is None:
        return ""
    return {"du": "le", "au": "le", "aux": "les", "des": "les", "de la": "la"}.get(
        match[1] or "l'", match[1] or "l'"
    )


def _is_elided(word: str) -> bool:
    return level(word)[:1] in "aeiouyh"
