"""How a unit is written in a citation: « art. 26, § 6 », « considérant 20 », « section « … » »."""

import re

from rag.printable import one_line
from rag.types import Passage

_NBSP = "\N{NO-BREAK SPACE}"

_ENGLISH = (
    (re.compile(r"^Article (\w+)\((\w+)\)"), r"article \1, paragraphe \2"),
    (re.compile(r"^Article\b"), "article"),
    (re.compile(r"^Annex\b"), "annexe"),
    (re.compile(r", Section\b"), ", section"),
    (re.compile(r"^recital\b"), "considérant"),
    (re.compile(r"^preamble$"), "préambule"),
    (re.compile(r"^concluding formula$"), "formule finale"),
    (re.compile(r"(?<=point )\((\w+)\)"), r"\1)"),
    (re.compile(r"(?<=[\w)])\((\w+)\)"), r", \1)"),
)
_SHORT = (
    (re.compile(r"^[Aa]rticle (?:premier|1er)\b"), "art. 1er"),
    (re.compile(r"^[Aa]rticle "), "art. "),
    (re.compile(r", paragraphe (?=\w)"), ", § "),
    (re.compile(r", point (?=[a-z]{1,5}\))"), ", "),
    (re.compile(r"\b([LRDA])\*?\.? ?(?=[0-9]{3,4}-)"), r"\1. "),
)
_BINDING = re.compile(r"(?<=\bart\.) |(?<=§) |(?<=\bp\.) |(?<=n°) |(?<=\b[LRDA]\.) (?=[0-9])")
_LEGAL = re.compile(r"^(?:art\.|considérant [0-9]|annexe\b|préambule$|formule finale$)")
_HEADING = re.compile(r"^Article (?:premier|1er|(?:[LRDA]\*?\.? ?)?[0-9][\w-]*)", re.IGNORECASE)
_NOT_TITLES = frozenset(["introduction", "texte", "text"])
_PAGE = re.compile(r"^page [0-9]+$")


def unit_of_law(label: str) -> str:
    """Shorten the label of a unit of law, in French or in English; another label gives nothing.

    >>> unit_of_law("article 9, paragraphe 2, point h)").replace(_NBSP, " ")
    'art. 9, § 2, h)'
    >>> unit_of_law("Article 13(3), point (b)(i)").replace(_NBSP, " ")
    'art. 13, § 3, b), i)'
    >>> unit_of_law("annexe III, point 5, d)"), unit_of_law("Considérations")
    ('annexe III, point 5, d)', '')
    """
    text = one_line(label)
    for pattern, french in _ENGLISH:
        text = pattern.sub(french, text)
    for pattern, short in _SHORT:
        text = pattern.sub(short, text)
    return bound(text) if _LEGAL.match(text) else ""


def unit_of_statute(passage: Passage) -> str:
    """Name the unit of a French law: its article, and the part of it that has a title."""
    if unit := unit_of_law(passage.label):
        return unit
    article = next(filter(None, map(_HEADING.match, reversed(passage.headings))), None)
    above = unit_of_law(article.group()) if article else ""
    return ", ".join(filter(None, (above, section(passage.label))))


def section(label: str) -> str:
    """Name a part of a document by its title; what merely begins it, or a page, has none.

    >>> section("Qui ?").replace(_NBSP, " "), section("introduction"), section("page 3")
    ('« Qui ? »', 'introduction', '')
    """
    text = one_line(label)
    if _PAGE.match(text):
        return ""
    if text in _NOT_TITLES:
        return "texte" if text == "text" else text
    return quoted(text)


def quoted(text: str) -> str:
    """Put a title between French quotation marks, those inside it being English ones."""
    text = text.replace("« ", "“").replace(" »", "”").replace("«", "“").replace("»", "”")
    for mark in ":;?!":
        text = text.replace(f" {mark}", f"{_NBSP}{mark}")
    return f"«{_NBSP}{text}{_NBSP}»"


def bound(text: str) -> str:
    """Keep a sign with the number that it announces."""
    return _BINDING.sub(_NBSP, text)
