"""Derive the metadata of a European act from the lines of its title and its publication date."""

import re
from datetime import date
from pathlib import Path

from rag.loaders.builder import collapse
from rag.loaders.loaded import default_id, default_title
from rag.types import Kind, Metadata, Status

PUBLISHER = {
    "fr": "Union européenne — Journal officiel",
    "en": "European Union — Official Journal",
}
LICENCE = "Réutilisation autorisée avec mention de la source (décision 2011/833/UE)"

_TYPES = (
    (re.compile(r"^(?:R[ÈE]GLEMENT|REGULATION)", re.IGNORECASE), "R", "reg"),
    (re.compile(r"^DIRECTIVE", re.IGNORECASE), "L", "dir"),
    (re.compile(r"^D[ÉE]CISION", re.IGNORECASE), "D", "dec"),
    (re.compile(r"^RECOMM[AE]NDATION", re.IGNORECASE), "H", "reco"),
)
_TYPE_WORDS = re.compile(r"\b(?:implementing|delegated)\s+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?P<year>(?:19|20)[0-9]{2})/(?P<number>[0-9]{1,5})\b")
_NUMBER_FIRST = re.compile(r"(?:n[o°º]|No)\s*(?P<number>[0-9]{1,5})/(?P<year>[0-9]{4})\b")
_PROPER_NAMES = {
    word.lower(): word
    for word in (
        "Parlement Conseil Commission Union Banque Cour Euratom European Parliament Council Court "
        "Bank"
    ).split()
}
_EEA = re.compile(r"^\((?:Texte présentant|Text with EEA)", re.IGNORECASE)
_DATE_LINE = re.compile(r"^(?:du|of)\s+[0-9]{1,2}(?:er)?\s+\w+\s+[0-9]{4}", re.IGNORECASE)
_SHORT_NAME = re.compile(r"\((?P<name>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")


def act_metadata(
    title_lines: list[str], *, language: str, published: date | None, path: Path
) -> Metadata:
    """Build the metadata of an act.

    The English version has an id of its own (``32024R1689-en``): its words differ. A file in
    another format of the same language has the same id, for it is the same document. An act
    whose title has no number is named after its file, ``path``.
    """
    lines = [collapse(line) for line in title_lines if not _EEA.match(line)]
    letter, eli = _type(lines[0]) if lines else ("R", "reg")
    year, number = _year_and_number(" ".join(lines))
    address = f"https://eur-lex.europa.eu/eli/{eli}/{year}/{number}/oj"
    if language != "fr":
        address += "/eng"
    suffix = "" if language == "fr" else f"-{language}"
    return Metadata(
        id=f"3{year}{letter}{int(number):04}{suffix}" if year else default_id(path),
        title=short_title(lines) or default_title(path),
        kind=Kind.RECOMMENDATION if letter == "H" else Kind.REGULATION,
        publisher=PUBLISHER["en" if language == "en" else "fr"],
        language=language,
        url=address if year else "",
        licence=LICENCE,
        status=Status.IN_FORCE,
        published=published,
        version_date=published,
    )


def _type(first_line: str) -> tuple[str, str]:
    plain = _TYPE_WORDS.sub("", first_line)
    return next(((letter, eli) for rule, letter, eli in _TYPES if rule.match(plain)), ("R", "reg"))


def _year_and_number(title: str) -> tuple[str, str]:
    first = _NUMBER_FIRST.search(title[:120]) or _YEAR_FIRST.search(title)
    return (first["year"], first["number"]) if first else ("", "0")


def short_title(lines: list[str]) -> str:
    """Write the title of an act: its number, its date, and its short name where it has one.

    >>> short_title(["RÈGLEMENT (UE) 2016/679 DU PARLEMENT EUROPÉEN ET DU CONSEIL",
    ...     "du 27 avril 2016", "relatif à… (règlement général sur la protection des données)"])
    'Règlement (UE) 2016/679 du 27 avril 2016 (règlement général sur la protection des données)'
    """
    if not lines:
        return ""
    name = sentence_case(lines[0])
    short = _SHORT_NAME.search(lines[-1]) if len(lines) > 1 else None
    if not short:
        return " ".join([name, *lines[1:]])
    number = re.split(r"\s+(?:du|de la|of the)\s+", name, maxsplit=1)[0]
    day = [line for line in lines[1:] if _DATE_LINE.match(line)][:1]
    return " ".join([number, *day, f"({short['name']})"])


def sentence_case(title: str) -> str:
    """Lower a title set in capitals, but for its first letter, its names and its brackets."""
    words = [_lower(word) for word in title.split(" ")]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


def _lower(word: str) -> str:
    if word.startswith("(") or not word.isupper():
        return word
    return _PROPER_NAMES.get(word.lower(), word.lower())
