"""Numbers that stand for a patient or for an examination of theirs."""

import re
from collections.abc import Iterator

from rag.privacy.folded import FoldedText
from rag.privacy.kinds import Identifier, IdentifierKind
from rag.privacy.ordinary import AUTHORITY
from rag.privacy.said import YEAR

SEPARATOR = r"[ ./-]{0,3}"
_NIR = re.compile(
    rf"(?<![0-9])(?=([1-478](?:{SEPARATOR}[0-9]){{4}}{SEPARATOR}"
    rf"(?:[0-9]{SEPARATOR}[0-9]|2{SEPARATOR}[AaBb])(?:{SEPARATOR}[0-9]){{8}})(?![0-9]))"
)
_MONTHS_OF_BIRTH = {*range(1, 13), *range(20, 43), *range(50, 100)}
"""Months, and what stands for one where the month is not known (INSEE)."""

_OF_SOCIAL_SECURITY = (
    r"nir|nia|nss|(?:n°|no|nu?m(?:ero)?)? ?(?:de )?ss|secu(?:rite)?(?:[ -]soc(?:iale|\.)?)?|"
    r"sec\.? ?soc\.?|immatriculation|assuree? social|insee|carte vitale"
)
_OF_INS = (
    r"ins(?:[ -]?(?:nir|nia|[aci]))?|matricule(?: ins)?|"
    r"identi(?:te|fiant) nationale? de sante|pid-?3|1\.2\.250\.1\.213\.1\.4\.[0-9]+"
)
_GAP = (
    r"(?:[ :=#(,.>«\"'-]|n[°o]|n(?:ume|um)ros?|num\b|nb|est|(?:de |d[' ]|du |la |le |l[' ])?"
    r"(?:patiente?|malade|assuree?|ins|nir|matricule|identifiant|valeur|cle|oid)\b){0,8}"
)
_AFTER_KEYWORD = re.compile(
    rf"\b(?:(?P<nir>{_OF_SOCIAL_SECURITY})|(?P<ins>{_OF_INS})){_GAP}"
    rf"(?P<value>[1-8](?:{SEPARATOR}[0-9]){{4}}{SEPARATOR}(?:[0-9]{SEPARATOR}[0-9]|2{SEPARATOR}[AaBb])"
    rf"(?:{SEPARATOR}[0-9]){{6}}(?:{SEPARATOR}[0-9]){{0,2}}|[0-9]{{22}})"
    r"(?P<authority>\^{2,}[^ ,;]+)?(?![0-9])",
    re.IGNORECASE,
)
_INS_BEFORE = re.compile(rf"\b(?:{_OF_INS})\b[^0-9;?!]{{0,25}}$", re.IGNORECASE)


def social_security_numbers(folded: FoldedText) -> Iterator[Identifier]:
    """Find numbers with a valid key, and those of 13 or 15 digits that are said to be one.

    The key is checked by ``stdnum.fr.nir``, Corsica included. An INS has the form of a NIR, and is
    one where the text says so.
    """
    for match in _AFTER_KEYWORD.finditer(folded.text):
        kind = IdentifierKind.NIR if match["nir"] else IdentifierKind.INS
        yield folded.identifier(kind, match.start("value"), match.end())
    for match in _NIR.finditer(folded.text):
        if _is_nir(match[1]):
            is_ins = _INS_BEFORE.search(folded.text[max(0, match.start() - 40) : match.start()])
            kind = IdentifierKind.INS if is_ins else IdentifierKind.NIR
            yield folded.identifier(kind, *match.span(1))


def _is_nir(number: str) -> bool:
    from stdnum.fr import nir  # most questions hold no such number

    compact = re.sub(r"[^0-9AB]", "", number.upper())
    return int(compact[3:5]) in _MONTHS_OF_BIRTH and nir.is_valid(compact)


_NUMBER_SIGN = (
    r"(?:n ?[°o]s?|nos?|num(?:eros?)?|nb|#|id(?:entifiants?)?|code|matricule|ref(?:erence)?s?\.?)"
)
_OF_WHOM = r"(?: ?(?:du|de la|de l[' ]|de|d[' ]) ?(?:patiente?|malade)(?![a-z]))?"
_OPENING = (
    r"(?:\(?00(?:10|08),? ?00[0-9]0\)?|[ :=#().,>«\"'/]|n ?[°o]\b|n ?°|no\b|num(?:ero)?\b|"
    r"-(?=[ 0-9])|est\b|le\b){0,6}"
)
_VALUE = (
    r"(?P<value>(?!00(?:10|08),? ?00)(?:[A-Z]{1,6}[ /-]?)?[0-9][0-9A-Z]*"
    r"(?:[./-][0-9A-Z]*[0-9][0-9A-Z]*|"
    r" (?:[0-9][0-9A-Z]*)(?![0-9/.-]*[/.-][0-9])|[/-][A-Z0-9]{1,2}\b)*)"
)
_SIGN_OF_RECORD = re.compile(r"i\.?p\.?p|n\.?i\.?p|pat|malade|dossier|identif|0010", re.IGNORECASE)
"""What any number of a record has before it: quick to look for."""

_RECORD = re.compile(
    rf"(?<![a-z])(?:(?P<strong>(?:ipp|i\.p\.p\.?|n\.?i\.?p\.?)(?![a-z])|pat(?=[-_ ]?[0-9]{{4}})|"
    rf"identifiant permanent{_OF_WHOM}|patient ?id|id ?patient|\(?0010,? ?0020\)?|"
    rf"{_NUMBER_SIGN} ?{_OF_WHOM[:-1]} ?|"
    rf"{_NUMBER_SIGN} (?:patient|malade)e?(?![a-z])|"
    rf"(?:patiente?|malade) ?{_NUMBER_SIGN}|"
    rf"(?:patiente?|malade)(?= [0-9]{{5,}}(?![0-9%€]))|"
    rf"{_NUMBER_SIGN} d[' ]identification{_OF_WHOM[:-1]})|"
    rf"(?P<weak>(?:{_NUMBER_SIGN} ?(?:(?:de|du) )?)?dossiers?"
    rf"(?: (?:de |d[' ])?[a-z]{{4,12}}(?= ?(?:n|id|#)))?"
    rf"(?: ?{_NUMBER_SIGN})?)){_OF_WHOM}{_OPENING}{_VALUE}",
    re.IGNORECASE,
)
_EXAMINATION_WORD = (
    r"(?:examens?|exam|venues?|sejours?|accession|acces|demandes?(?: d[' ]examen)?|etudes?|"
    r"admission|bons? d[' ]examen|compte[ -]rendu|cr|hospitalisation|passage|rdv|rendez[ -]vous)"
)
_EXAMINATION = re.compile(
    rf"(?<![a-z])(?:(?P<strong>accession(?: ?(?:number|nbr|nb))?|acc(?=[ .]?#)\.?|"
    rf"acc\.? ?(?:number|nb|no)|(?:examen|venue|sejour) ?(?=[0-9-]{{6,}})|\biep|"
    rf"\(?0008,? ?0050\)?|{_NUMBER_SIGN} ?(?:d[' ]|de |de l[' ]|du |de la )?{_EXAMINATION_WORD}|"
    rf"{_EXAMINATION_WORD} ?{_NUMBER_SIGN})|(?P<weak>nda)){_OF_WHOM}{_OPENING}{_VALUE}",
    re.IGNORECASE,
)
_OF_AN_AUTHORITY = re.compile(
    rf" (?:de la|de l[' ]|du|a la|a l[' ]|aupres de la|,)? ?(?:{AUTHORITY})\b", re.IGNORECASE
)


def record_numbers(folded: FoldedText) -> Iterator[Identifier]:
    """Find the numbers that a hospital gives to a patient: IPP, NIP, number of the record."""
    if not _SIGN_OF_RECORD.search(folded.text):
        return
    for match in _RECORD.finditer(folded.text):
        digits = sum(map(str.isdigit, match["value"]))
        is_short = digits < 3 or YEAR.fullmatch(match["value"])
        if match["weak"] is None and is_short:
            continue
        if match["weak"] is not None and not _is_of_a_patient(folded.text, match, digits):
            continue
        yield folded.identifier(IdentifierKind.RECORD, *match.span("value"))


def examination_numbers(folded: FoldedText) -> Iterator[Identifier]:
    """Find the numbers of an examination or of a stay: accession number, « n° de venue », IEP."""
    for match in _EXAMINATION.finditer(folded.text):
        if YEAR.fullmatch(match["value"]):
            continue
        if sum(map(str.isdigit, match["value"])) >= (6 if match["weak"] else 4):
            yield folded.identifier(IdentifierKind.EXAMINATION, *match.span("value"))


def _is_of_a_patient(text: str, match: re.Match[str], digits: int) -> bool:
    """Tell « dossier n° 4587 » from « dossier 2024 » and « dossier n° 2016-31 de la CNIL ».

    A procedure of the European institutions, « dossier 2021/0106(COD) », is none either.
    """
    said_to_be_number = re.search(r"[°#:=]|num|id|n[o ]", match[0][: -len(match["value"])], re.I)
    is_other = text.startswith("(", match.end()) or _OF_AN_AUTHORITY.match(text, match.end())
    return digits >= (4 if said_to_be_number else 5) and not is_other


_OID = re.compile(r"(?<![0-9.])(?:2\.25\.[0-9]+|[0-2](?: ?\. ?[0-9]+){3,})(?![0-9])")
_UUID_ARC = "2.25."
_OF_A_STANDARD = ("1.2.840.10008.", "1.2.250.1.213.")
_UID_BEFORE = re.compile(
    r"(?<!class)(?<!class )(?<!syntax)(?<!syntax )uid[ :=(]{0,4}$", re.IGNORECASE
)


def dicom_uids(folded: FoldedText) -> Iterator[Identifier]:
    """Find the UIDs of studies, series and images.

    Their last components are numbers given to an instance, five digits or more; the OIDs that a
    standard registers (``1.2.840.10008.5.1.4.1.1.2``, ``1.2.250.1.213.1.4.8``) have none.
    """
    for match in _OID.finditer(folded.text):
        oid, before = match[0].replace(" ", ""), folded.text[: match.start()][-20:]
        is_said = bool(_UID_BEFORE.search(before)) and not oid.startswith(_OF_A_STANDARD)
        if is_said or _is_of_an_instance(oid):
            yield folded.identifier(IdentifierKind.UID, *match.span())


def _is_of_an_instance(oid: str) -> bool:
    """Tell whether an OID has a long component after the number of who gives it out.

    >>> _is_of_an_instance("1.2.840.113619.2.55.3.604688119.971")
    True
    >>> _is_of_an_instance("1.2.840.10008.5.1.4.1.1.2"), _is_of_an_instance("192.168.1.12")
    (False, False)
    """
    if oid.startswith(_UUID_ARC):
        return len(oid) > len(_UUID_ARC) + 9
    components = oid.split(".")
    after = components[7:] if oid.startswith("1.3.6.1.4.1.") else components[4:]
    return len(components) >= 6 and any(len(component) >= 5 for component in after)
