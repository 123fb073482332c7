"""Numbers that are said to be a patient's a few words before: « son IPP, je crois, c’est le … »."""

import re
from collections.abc import Iterator

from rag.privacy.folded import FoldedText
from rag.privacy.kinds import Identifier, IdentifierKind

GAP = (
    r"(?:(?!\b(?:regl|lois?\b|art|directive|norme|decret|arrete|version|annexe|depuis|avant|apres|"
    r"iso\b|iec\b|mdcg|celex|page|point|delib|recommand|code\b|rgpd|gdpr|jusqu|entre\b|moins\b|"
    r"plus\b|environ\b|guide|dicom|ps[0-9]|serie|figure|tableau|chapitre|volume))[^0-9.;?!])"
)
"""A character of the words between, none of which begins what numbers of law follow."""

_NUMBER_OF = r"(?:n ?°|no|num(?:ero)?|identifiant|id|code|matricule|ref(?:erence)?)"
_KEYWORDS = {
    IdentifierKind.RECORD: (
        r"i\.?p\.?p\.?(?![a-z])|n\.?i\.?p\.?(?![a-z])|identifiant permanent|"
        rf"{_NUMBER_OF} (?:(?:de|du|de la|interne|local|unique) ?)*"
        r"(?:patiente?|malade|dossier)s?\b|"
        r"(?:patiente?|malade) ?(?=[:=(#])"
    ),
    IdentifierKind.EXAMINATION: (
        r"accession\b|\biep\b|"
        rf"{_NUMBER_OF} ?(?:d[' ]|de l[' ]|de la |de |du )?(?:examen|venue|sejour|episode|etude|"
        r"accession|admission|passage|demande|prise en charge|prelevement|prescription|rdv|"
        r"rendez-vous|scanner|irm|radio(?:graphie)?|mammographie|echographie|cliche|seance)s?\b|"
        r"(?:scanner|irm|radio(?:graphie)?|mammographie|echographie|episode|bons?|serie|image|"
        rf"cliche|seance) ?{_NUMBER_OF}(?![a-z])"
    ),
}
_SAID = {
    kind: re.compile(
        rf"(?<![a-z])(?:{keywords}){GAP}{{0,25}}?"
        r"(?P<value>(?<![0-9])(?![LRDA]?[0-9]{4}-[0-9]{1,2}\b)"
        r"(?:[A-Z]{1,6}-?)?[0-9](?:[./-]?[0-9A-Z]| [0-9])*+)(?![a-z])"
        r"(?! ?(?:€|%|euros?|eur\b|k€|m€|millions?|ans|mois|jours|heures|patient|examen|images))",
        re.IGNORECASE,
    )
    for kind, keywords in _KEYWORDS.items()
}
_SIGN = re.compile(
    r"p\.?p|n\.?i\.?p|identif|patient|malade|dossier|accession|iep|n ?°|num|\bno |code|ref",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:0?[1-9]|[12][0-9]|3[01])[ ./-](?:0?[1-9]|1[0-2])[ ./-][0-9]{2,4}|"
    r"(?:19|20)[0-9]{2}[-/][0-9]{1,4}\b.*"
)
YEAR = re.compile(r"(?:(?:en|de|du|depuis|et|au|fin) )?(?:19|20)[0-9]{2}", re.IGNORECASE)
FEWEST_DIGITS = 5


def said_numbers(folded: FoldedText) -> Iterator[Identifier]:
    """Find numbers of five digits or more that follow the name of such a number, not at once."""
    if not _SIGN.search(folded.text):
        return
    for kind, form in _SAID.items():
        for match in form.finditer(folded.text):
            value = match["value"]
            if sum(map(str.isdigit, value)) >= FEWEST_DIGITS and not _DATE.fullmatch(value):
                yield folded.identifier(kind, *match.span("value"))
