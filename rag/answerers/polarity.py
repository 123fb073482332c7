"""Read whether a sentence says that something is so or is not: « obligatoire », « interdit »."""

from collections.abc import Iterator

from rag.answerers.figures import Bound, Fact
from rag.french.facts import form

_PREDICATES = (
    ("obligation", r"obligatoires?", r"facultati(?:f|ve)s?"),
    ("permission", r"(?:autorisée?s?|permise?s?)", r"interdite?s?"),
    ("requirement", r"(?:exigée?s?|requise?s?|nécessaires?)", ""),
    ("application", r"applicables?", ""),
    ("high risk", r"à_haut_risque", ""),
    ("medical device", r"(?:un_dispositif_médical|des_dispositifs_médicaux)", ""),
)
"""What is compared, its words, and those of its contrary."""

_IS = r"(?<![\w’'])(?<!\bne\s)(?:est|sont)_(?:donc_)?"
_IS_NOT = r"(?<!\w)n(?:[’']est|e_sont)_(?:donc_)?(?:pas|plus)_"
_FORMS = (
    *(
        (sort, sign, form(rf"{verb}{words}\b"))
        for sort, affirmed, denied in _PREDICATES
        for sign, verb, words in (
            (1, _IS, affirmed),
            (-1, _IS_NOT, affirmed),
            (-1, _IS, denied),
            (1, _IS_NOT, denied),
        )
        if words
    ),
    ("application", 1, form(r"(?<!\bne\s)\bs[’']applique(?:nt)?\b(?!_(?:pas|plus)\b)")),
    ("application", -1, form(r"\bne_s[’']applique(?:nt)?_(?:pas|plus)\b")),
)
SORTS = frozenset(sort for sort, _, _ in _FORMS)


def read_polarity(text: str) -> dict[str, Fact]:
    """Read what a sentence affirms (1) or denies (-1), once, by sort.

    >>> {sort: fact.low for sort, fact in read_polarity("Elle n’est pas obligatoire.").items()}
    {'obligation': -1}
    """
    found: dict[str, list[Fact]] = {}
    for fact in _all(text):
        found.setdefault(fact.sort, []).append(fact)
    return {sort: facts[0] for sort, facts in found.items() if len(facts) == 1}


def _all(text: str) -> Iterator[Fact]:
    for sort, sign, pattern in _FORMS:
        for match in pattern.finditer(text):
            yield Fact(sort, sign, sign, bound=Bound.EXACT, start=match.start(), end=match.end())
