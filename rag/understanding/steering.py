"""What a question names that bears on which texts answer it: sources, acts, roles, dates."""

import calendar
import re
from datetime import date

from rag.dates import find_date
from rag.french import fold
from rag.references import ActNames, named_acts
from rag.types import Kind, Steering
from rag.understanding.counterparts import DATE

PUBLISHERS = {
    "cnil": ("cnil", "commission nationale de l'informatique et des libertes"),
    "has": ("has", "haute autorite de sante", "haute autorite"),
    "esr": ("esr", "european society of radiology", "societe europeenne de radiologie"),
    "sfr": ("sfr", "societe francaise de radiologie"),
    "mdcg": ("mdcg", "medical device coordination group"),
    "ansm": ("ansm", "agence nationale de securite du medicament"),
    "cnom": ("cnom", "ordre des medecins", "conseil de l'ordre"),
    "g4": ("g4",),
    "fnmr": ("fnmr",),
    "edpb": ("edpb", "cepd", "comite europeen de la protection des donnees"),
}
"""Who writes sources, by a short name that begins the keys of their texts, and their names."""

_NAMED = {
    key: re.compile(
        rf"(?P<opinion>\bpour (?:le |la |l'))?\b(?:{'|'.join(map(re.escape, names))})\b"
    )
    for key, names in PUBLISHERS.items()
}
_AS_A_SOURCE = re.compile(
    r"\b(?:selon|d['’ ]apres|dit|disent|dise|pense|recommand\w+|preconis\w+|conseill\w+"
    r"|explique|ecrit|publi\w+|avis|position|guides?|documents?|doc|fiches?|referentiels?"
    r"|textes?|faq|consensus|au sens)\b"
)
_KINDS = {
    Kind.GUIDELINES: r"lignes? directrices?|guidelines",
    Kind.RECOMMENDATION: (
        r"(?:les|des|selon|quelles?|d'apres) (?:\w+ )?recommandations?|recommand(?:e|ent)\b"
    ),
    Kind.NEWS: r"(?<!d')actualites?|l'actu|les actus|breves?\b",
    Kind.LAW: r"(?:loi|droit|legislation) francaise?|en droit interne",
}
_NAMES_OF_KINDS = {kind: re.compile(rf"\b(?:{words})") for kind, words in _KINDS.items()}
_ROLES = re.compile(
    r"\b(deployeur|fournisseur|importateur|distributeur|mandataire|radiologue|manipulateur)s?\b"
)
_SHORT_ROLES = re.compile(r"\b(?:manips?|merm)\b")

_DAY = re.compile(
    r"\b(?:au|a la date du|a compter du"
    r"|(?:en vigueur|applicable|valable|droit|loi|regle)s? (?:le|du|au)) +"
    r"(?P<day>(?:1er|[0-9]{1,2}) +[a-z]+ +[0-9]{4}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_NOT_A_DAY_OF_LAW = re.compile(
    r"\b(?:report\w*|repouss\w*|avanc\w*|decal\w*|prolong\w*|jusqu'|jusque|plus tard|d'ici"
    r"|du [0-9].{4,20}) ?$"
)
"""What comes before a day that is a deadline, or the end of a period."""

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
_SINCE = re.compile(r"\b(?:depuis|apres|a partir d[e']|des)(?: le| l'annee)? *$")


def steer(text: str, names: ActNames) -> Steering:
    """Read what a question names.

    >>> steer("Que recommande la CNIL au déployeur ?", ActNames()).publishers
    ('cnil',)
    >>> steer("Faut-il prévenir la CNIL ?", ActNames()).publishers
    ()
    """
    folded = fold(text)
    is_source = _AS_A_SOURCE.search(folded) is not None
    roles = [match[1] for match in _ROLES.finditer(folded)]
    roles += ["manipulateur"] if _SHORT_ROLES.search(folded) else []
    return Steering(
        acts=tuple(dict.fromkeys(named_acts(text, names))),
        kinds=tuple(kind for kind, name in _NAMES_OF_KINDS.items() if name.search(folded)),
        publishers=tuple(
            key
            for key, name in _NAMED.items()
            if (named := name.search(folded)) and (is_source or named["opinion"])
        ),
        roles=tuple(dict.fromkeys(roles)),
        period=_period(folded),
    )


def day_of_law(text: str) -> date | None:
    """Find the day whose law a question asks for.

    >>> day_of_law("Que devait faire le déployeur au 1er juin 2025 ?")
    datetime.date(2025, 6, 1)
    >>> day_of_law("Le haut risque est-il reporté au 2 décembre 2027 ?")
    """
    folded = fold(text)
    for match in _DAY.finditer(folded):
        if _NOT_A_DAY_OF_LAW.search(folded[: match.start()]):
            continue
        day = find_date(match["day"])
        if day and EARLIEST <= day <= LATEST:
            return day
    return None


def _period(folded: str) -> tuple[date, date] | None:
    """Read the first date named as the days that it spans: a year, a month, or all since it."""
    match = DATE.search(folded)
    if match is None:
        return None
    year, month = int(match.group()[-4:]), 0
    for number, name in enumerate(_MONTHS, start=1):
        month = number if name in match.group() else month
    first = date(year, month or 1, 1)
    last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    return first, (LATEST if _SINCE.search(folded[: match.start()]) else last)
