"""The forms of facts in a sentence: dates, durations, sums, classes, references, actors.

Those that a question may ask of an English text are read in English too.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rag.french.analysis import analyze, fold

_NUMBERS = (
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "vingts? trente quarante cinquante soixante cents?"
)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)
_ENGLISH_NUMBERS = "one two three four five six seven eight nine ten twelve fifteen thirty sixty"
_ACTORS = (
    "fournisseurs? déployeurs? exploitants? fabricants? importateurs? distributeurs? mandataires? "
    "employeurs? utilisateurs? établissements? radiologues? sous-traitants? Commission CNIL HAS "
    "ANSM ANS DGCCRF organismes?_notifiés? autorités?_de_surveillance_du_marché "
    "autorités?_de_contrôle autorités?_notifiantes? autorités?_nationales?_compétentes? "
    "Bureau_de_l[’']IA Comité_IA États_membres professionnels?_de_(?:la_)?santé "
    "responsables?_du_traitement délégués?_à_la_protection_des_données"
)


def any_of(words: str) -> str:
    """Write the pattern of any of some words."""
    return f"(?:{'|'.join(words.split())})"


def form(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which ``_`` stands for any space, no-break ones included."""
    return re.compile(pattern.replace("_", r"[\s\u00a0\u202f]+"), re.IGNORECASE)


_WORD = any_of(_NUMBERS)
NUMBER = rf"(?<![\w-])(?:\d[\d.,]*(?:[\s\u00a0\u202f]\d{{3}})*|{_WORD}(?:-{_WORD})*)"
"""A number in figures or in words, whole: « dix-huit », never the « huit » at its end."""

DATE = form(rf"(?:le_)?\d{{1,2}}(?:er)?_{any_of(MONTHS)}_\d{{4}}|{any_of(MONTHS)}_\d{{4}}")
YEAR = form(r"\ben_(?:19|20)\d\d\b")
"""A bare year: many sentences hold one beside their point; it answers for want of a date."""

DURATION = form(
    rf"{NUMBER}_(?:secondes?|minutes?|heures?|jours?(?:_ouvrables)?|semaines?|mois|ans?|années?)\b"
)
ENGLISH_DATE = form(rf"\b\d{{1,2}}_{any_of(_ENGLISH_MONTHS)}_\d{{4}}")
ENGLISH_DURATION = form(
    rf"\b(?:\d+|{any_of(_ENGLISH_NUMBERS)})_(?:hours?|(?:working_)?days?|weeks?|months?|years?)\b"
)
SUM = form(
    rf"{NUMBER}_(?:(?:millions?|milliards?)_(?:d[’']|de_)?)?(?:euros?|EUR|€)"
    r"|(?<![\w-])\d[\d.,]*(?:_)?%"
)
COUNT = form(rf"(?!une?_){NUMBER}_[^\W\d]{{4,}}")
CLASS = form(r"\bclasses?_(?:I{1,3}[ab]?|IV)\b")
REFERENCE = form(
    r"\b(?:articles?|considérants?|annexes?|règles?)_(?:[LRD]\.(?:_)?)?[\dIVXL][\dIVXL.-]*"
    r"(?:,_paragraphes?_\d+)?(?:,_points?_[a-z]\b\)?)?"
    r"|\b(?:règlement|directive|loi|décret|arrêté)_(?:\(UE\)_)?(?:n°?_)?\d{2,4}[/-]\d+"
    r"|\b[LRD]\.(?:_)?\d{3,4}-\d+(?:-\d+)?|\b(?:ISO|EN|IEC)_\d[\d-]*"
)
ACTOR = form(rf"\b(?:les?_|la_|l[’']){any_of(_ACTORS)}(?!\w)")

FIGURES = frozenset({DATE, DURATION, SUM, ENGLISH_DATE, ENGLISH_DURATION})
"""Forms that few passages hold: one without them does not answer who asks for one."""

_ASKED = (
    (
        r"\b(?:a partir de|depuis|des|pour) quand\b"
        r"|\bquelles? (?:est la |sont les )?(?:date|echeance)",
        (DATE, ENGLISH_DATE, YEAR),
    ),
    (
        r"\bcombien de (?:temps|jours|mois|annees)|\bdelai|\bduree|\bquand\b|\bdates?\b|\bdepuis\b"
        r"|a partir de quand|\bechean|\bjusqu",
        (DATE, DURATION, ENGLISH_DATE, ENGLISH_DURATION, YEAR),
    ),
    (
        r"\bcombien\b|\bmontant|\bamende|\bsanction|\bplafond|\bseuil|\bpourcentage|\bcoute",
        (SUM, DURATION, COUNT),
    ),
    (
        r"\bquel(?:le)?s? (?:articles?|textes?|references?|lois?|reglements?|normes?|annexes?"
        r"|regles?)|\bou est[- ](?:ce )?(?:dit|ecrit)|\bbase legale",
        (REFERENCE,),
    ),
    (r"\bqui\b(?! (?:est|sont) \w+ (?:a|par)\b)|\bquel(?:le)?s? (?:autorite|organisme)", (ACTOR,)),
)
"""What a question asks for, by its words; the first kind that fits."""


def forms_asked(question: str) -> tuple[re.Pattern[str], ...]:
    """List the forms of what a question of fact asks for, the likeliest first.

    >>> len(forms_asked("Quand s’applique l’article 6 ?")), forms_asked("Pourquoi trier ?")
    (5, ())
    """
    asked = fold(question)
    return next((forms for words, forms in _ASKED if re.search(words, asked)), ())


def figures_asked(question: str) -> list[re.Pattern[str]]:
    """List the forms asked for that few passages hold.

    >>> len(figures_asked("Quand s’applique l’article 6 ?")), figures_asked("Qui le signe ?")
    (4, [])
    """
    return [form for form in forms_asked(question) if form in FIGURES]


_COUNTED = re.compile(r"\bcombien (?:y a-t-il )?(?:de |d')(?:(?:ces|nos|vos|leurs) )?(\w+)")
_MEASURES = frozenset(
    "temps secondes minutes heures jours semaines mois ans annees euros argent millions milliards "
    "fois".split()
)


def counted(question: str) -> str | None:
    """Name, folded, what a question asks the number of; measures of time and money are not things.

    >>> counted("Combien d’agents compte la CNIL ?"), counted("Combien de temps ?")
    ('agents', None)
    """
    asked = _COUNTED.search(fold(question))
    return asked[1] if asked and asked[1] not in _MEASURES else None


_PLAINLY_ASKED = (
    ("la date", re.compile(_ASKED[0][0])),
    (
        "la durée",
        re.compile(r"\bcombien de (?:temps|jours|mois|annees)\b|\bquels? delais?\b"),
    ),
)


def plainly_asked(question: str) -> str | None:
    """Name the figure that a question asks for in so many words, that no other fact answers.

    >>> plainly_asked("Depuis quand l’article 4 s’applique-t-il ?")
    'la date'
    >>> plainly_asked("Quand faut-il une AIPD ?") is None  # as much as « in which case »
    True
    """
    if counted(question):
        return "le nombre"
    asked = fold(question)
    return next((name for name, words in _PLAINLY_ASKED if words.search(asked)), None)


def facts_in(
    text: str, forms: Iterable[re.Pattern[str]], *, besides: str
) -> Iterator[tuple[int, int]]:
    """Yield where a text states facts of some forms, those that a folded question states left out.

    Those of the first form come first.
    """
    for form in forms:
        for match in form.finditer(text):
            if fold(match.group()) not in besides:
                yield match.span()


def facts_answering(question: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text states what a question of fact asks for, that it does not state itself.

    Where things are counted, a number answers only in a text that names those things.

    >>> list(facts_answering("Combien d’agents à la CNIL ?", "La série compte 13 fiches."))
    []
    """
    forms = forms_asked(question)
    if thing := counted(question):
        if not set(analyze(thing)) & set(analyze(text)):
            return
        forms = (COUNT,)
    yield from facts_in(text, forms, besides=fold(question))


@lru_cache(maxsize=50_000)
def holds(form: re.Pattern[str], text: str) -> bool:
    """Tell whether a text holds a fact of a form; remembered, for passages are asked often."""
    return form.search(text) is not None
