"""Dates of birth: said to be one, or beside the name of a person."""

import re
from collections.abc import Iterator

from rag.privacy.folded import FoldedText
from rag.privacy.kinds import Identifier, IdentifierKind
from rag.privacy.names import LATEST_BIRTH_YEAR_ALONE, name_after, name_before
from rag.privacy.ordinary import is_of_an_office
from rag.privacy.said import GAP

_MONTH = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars?|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept?(?:embre)?|"
    r"oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\.?"
)
_DAY_IN_WORDS = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:[ -](?:sept|huit|neuf))?|onze|"
    r"douze|treize|quatorze|quinze|seize|vingt(?:[ -](?:et[ -]un|deux|trois|quatre|cinq|six|sept|"
    r"huit|neuf))?|trente(?:[ -]et[ -]un)?)"
)
_DAY, _NUMBERED_MONTH = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})"
_SHORT = re.compile(r"(?<![0-9])(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}(?![0-9])")
"""A date of six digits, which is one only where the text says so."""

DATE = re.compile(
    rf"(?<![0-9])(?<![0-9][./-])(?:"
    rf"{_DAY}(?P<sign> ?[./-] ?| ){_NUMBERED_MONTH}(?P=sign)(?:{_YEAR}|[0-9]{{2}})|"
    rf"{_YEAR} ?[./-] ?{_NUMBERED_MONTH} ?[./-] ?{_DAY}|"
    rf"{_DAY} ?(?:er)?[ -]?{_MONTH}[ -]?(?:{_YEAR}|[0-9]{{2}})|"
    rf"{_DAY_IN_WORDS} {_MONTH} (?:{_YEAR}|mil(?:le)? [a-z -]+|deux mil(?:le)? ?[a-z -]*)|"
    rf"(?P<glued>(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{{2}}|"
    rf"(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))"
    rf")(?![0-9])(?![./-][0-9])",
    re.IGNORECASE,
)
BORN = re.compile(
    r"(?<![a-z])(?:ddn|d\. ?d\. ?n\.?|d\.? ?n\.?|dob|date ?(?:de ?)?(?:la )?naiss(?:ance|\.)?"
    r"|naissance|(?:patient'?s? ?)?birth ?date|date of birth|\(?0010,? ?0030\)?)"
    rf"{GAP}{{0,30}}$|"
    rf"(?<![a-z])nees?(?! d[eu' ])(?![a-z]){GAP}{{0,40}}$|"
    # Without its accent, « né » is also the « ne » of « ne s’applique pas avant le … ».
    r"(?<![a-z])(?:nes?(?: ?\( ?e?s? ?\))?(?:[.·-]e)?|n\.(?= ?le)|born(?: on)?)"
    r"(?: a [a-z' -]{2,25} le| ?en| ?vers|[ :=(,]|le\b|un\b|"
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b){0,6} ?$|"
    r"(?<![a-z])(?:patiente?|malade|assuree?) (?:du|de) $",
    re.IGNORECASE,
)
_NOT_A_PERSON = re.compile(
    r"\b(?:rgpd|reglements?|lois?|directives?|projets?|associations?|agences?|has|cnil|ansm|"
    r"societes?|entreprises?|logiciels?|algorithmes?|ia|normes?|labels?|dispositifs?|comites?|"
    r"institutions?|europe|idees?|partenariats?|consortiums?|drim|ecosystemes?|plateformes?|"
    r"systemes?|obligations?|droits?|polemiques?|debats?)\b[^.?!]{0,25}$",
    re.IGNORECASE,
)
_A_PERSON = re.compile(
    r"\b(?:patiente?s?|malade|assuree?|mme|madame|mlle|m\.|mr|monsieur|enfant|bebe|fille|garcon|"
    r"nourrisson|nom)\b",
    re.IGNORECASE,
)
BESIDE = 90

YEAR_SIGNS = (" mille ", " mil ", "deux-mil")
"""What a year that is written in words holds: quick to look for."""

_MONTH_OF_BIRTH = re.compile(
    rf"(?<![a-z])(?:nees?|nes?(?:\(e\))?) (?:en|vers) "
    rf"(?P<value>(?:{_MONTH} ?|{_NUMBERED_MONTH}[ ./-])(?:19|20)[0-9]{{2}})(?![0-9])",
    re.IGNORECASE,
)


def months_of_birth(folded: FoldedText) -> Iterator[Identifier]:
    """Find the month in which a person is said to be born: « Mme Dupont née en mars 1954 »."""
    for match in _MONTH_OF_BIRTH.finditer(folded.text):
        before = folded.text[max(0, match.start() - BESIDE) : match.start()]
        names = list(name_before(before, is_born=True))
        if names or _A_PERSON.search(before):
            yield folded.identifier(IdentifierKind.BIRTH_DATE, *match.span("value"))
        offset = match.start() - len(before)
        for start, end in names:
            yield folded.identifier(IdentifierKind.NAME, offset + start, offset + end)


def births(folded: FoldedText) -> Iterator[Identifier]:
    """Find dates of birth, and the names that stand beside them."""
    text = folded.text
    for match in (*DATE.finditer(text), *_SHORT.finditer(text)):
        before = text[max(0, match.start() - BESIDE) : match.start()]
        offset = match.start() - len(before)
        born = BORN.search(before)
        if born is not None and not _born_of_no_one(before[: born.start()]):
            yield folded.identifier(IdentifierKind.BIRTH_DATE, *match.span())
            for start, end in name_before(before[: born.start()], is_born=True):
                yield folded.identifier(IdentifierKind.NAME, offset + start, offset + end)
            continue
        if born is not None or match.re is _SHORT:
            continue
        if is_of_an_office(before) and _year(match[0]) > LATEST_BIRTH_YEAR_ALONE:
            continue
        names = [
            (offset + start, offset + end)
            for start, end in name_before(before, is_born=False, year=_year(match[0]))
        ] or list(name_after(text, match.end(), year=_year(match[0])))
        if names:
            yield folded.identifier(IdentifierKind.BIRTH_DATE, *match.span())
        for start, end in names:
            yield folded.identifier(IdentifierKind.NAME, start, end)


def _born_of_no_one(before: str) -> bool:
    """Tell whether what is said to be born is a law, an agency, a program."""
    return bool(_NOT_A_PERSON.search(before)) and not _A_PERSON.search(before)


def _year(written: str) -> int:
    """Read the year of a date; two digits are of this century up to the year 29.

    >>> _year("12/03/54"), _year("12 mars 1954"), _year("19540312")
    (1954, 1954, 1954)
    """
    if match := re.search(r"(?:18|19|20)[0-9]{2}(?:(?![0-9])|(?=[0-9]{4}$))", written):
        return int(match[0])
    short = re.search(r"([0-9]{2})$", written)
    if short is None:
        return 1950  # a year in words
    year = int(short[1])
    return 2000 + year if year < 30 else 1900 + year
