"""Name the parts of a legal text: the anchor of a unit, and how it is cited.

Anchors follow the element ids of the EUR-Lex HTML, extended with the paragraph and the point:
``art_26.6``, ``art_14.4.b``, ``rct_20``, ``anx_III.5.d``, ``anx_VIII.A.11``.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Rank(StrEnum):
    """What a part of an act is; the value begins the anchor of those that stand alone."""

    ARTICLE = "art"
    RECITAL = "rct"
    ANNEX = "anx"
    PREAMBLE = "preambule"
    FINAL = "formule-finale"
    PARAGRAPH = "paragraph"
    POINT = "point"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a reference: ``name`` goes into the anchor, ``cited`` into the label.

    ``alone`` is the anchor of a part known by its own name wherever it stands
    (``regle-11`` of the regulation on medical devices).
    """

    rank: Rank
    name: str
    cited: str
    alone: str = ""


_ALONE = {
    Rank.PREAMBLE: {"fr": "préambule", "en": "preamble"},
    Rank.FINAL: {"fr": "formule finale", "en": "concluding formula"},
}
_FRENCH = {Rank.ARTICLE: "article", Rank.RECITAL: "considérant", Rank.ANNEX: "annexe"}
_ENGLISH = {Rank.ARTICLE: "Article", Rank.RECITAL: "recital", Rank.ANNEX: "Annex"}


def anchor(path: tuple[Step, ...]) -> str:
    """Build the anchor of a part from its steps, outermost first.

    >>> anchor((article("14"), paragraph("4"), point("b)")))
    'art_14.4.b'
    """
    alone = max((i for i, step in enumerate(path) if step.alone), default=-1)
    if alone >= 0:
        return ".".join([path[alone].alone, *(step.name for step in path[alone + 1 :])])
    first, *rest = path
    if first.rank in _ALONE:
        return first.rank.value
    return ".".join([f"{first.rank}_{first.name}", *(step.name for step in rest)])


def label(path: tuple[Step, ...], *, language: str) -> str:
    """Write how a part is cited, in French unless ``language`` is ``en``.

    >>> label((article("14"), paragraph("4"), point("b)")), language="fr")
    'article 14, paragraphe 4, point b)'
    >>> label((article("14"), paragraph("4"), point("(b)")), language="en")
    'Article 14(4), point (b)'
    """
    first, *rest = path
    english = language == "en"
    if first.rank in _ALONE:
        return _ALONE[first.rank]["en" if english else "fr"]
    words = _ENGLISH if english else _FRENCH
    text = f"{words[first.rank]} {first.cited}"
    before: Step = first
    for step in rest:
        text = _cite(text, step, before=before, english=english)
        before = step
    return text


def _cite(text: str, step: Step, *, before: Step, english: bool) -> str:
    """Add one step to a reference."""
    if step.rank is Rank.PARAGRAPH:
        return f"{text}({step.cited})" if english else f"{text}, paragraphe {step.cited}"
    if step.rank is Rank.SECTION:
        return f"{text}, {'Section' if english else 'section'} {step.cited}"
    if before.rank is not Rank.POINT:
        return f"{text}, point {step.cited}"
    if step.cited.startswith(f"{before.cited}."):
        return text.removesuffix(before.cited) + step.cited
    return f"{text}{step.cited}" if english else f"{text}, {step.cited}"


def article(number: str, *, cited: str = "") -> Step:
    """Name an article: ``1`` is cited as « article premier » unless ``cited`` says otherwise."""
    return Step(rank=Rank.ARTICLE, name=number, cited=cited or number)


def paragraph(number: str) -> Step:
    """Name a numbered paragraph of an article."""
    return Step(rank=Rank.PARAGRAPH, name=number, cited=number)


def alone(rank: Rank) -> Step:
    """Name a part that has no number: the preamble, the final formula."""
    return Step(rank=rank, name="", cited="")


_POINT = re.compile(r"\(?(?P<name>[0-9]{1,3}[a-z]?|[a-z]{1,5})\)")
_DECIMAL = re.compile(r"(?P<name>[0-9]{1,3}(?:\.[0-9]{1,3})*)\.?")


def is_marker(text: str) -> bool:
    """Say whether ``text`` is the number of a point: ``b)``, ``(b)``, ``4)``, ``5.``, ``3.1.``."""
    return bool(_POINT.fullmatch(text) or (_DECIMAL.fullmatch(text) and text.endswith(".")))


def point(marker: str, *, under: str = "") -> Step:
    """Name a point after its printed number; ``under`` is the number of the enclosing point.

    >>> point("3.1.", under="3").name
    '1'
    """
    if match := _POINT.fullmatch(marker):
        return Step(rank=Rank.POINT, name=match["name"], cited=marker)
    number = marker.rstrip(".")
    name = number.removeprefix(f"{under}.") if under else number
    return Step(rank=Rank.POINT, name=name, cited=number)


_SECTION = re.compile(
    r"^(?:SECTION|PARTIE|PART|CHAPITRE|CHAPTER)\s+(?P<name>[A-Z0-9]{1,5})\b", re.IGNORECASE
)
_NUMBERED_TITLE = re.compile(r"^(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*)\.?\s+\S")
_RULE = re.compile(r"\b(?:Règle|Rule)\s+(?P<number>[0-9]+)\b")


def annex_section(title: str, *, under: str = "") -> Step:
    """Name a titled part of an annex: ``Section A…``, ``3. Système de gestion…``, ``Règle 11``."""
    if match := _SECTION.match(title):
        return Step(rank=Rank.SECTION, name=match["name"], cited=match["name"])
    rule = _RULE.search(title)
    alone = f"regle-{rule['number']}" if rule else ""
    if match := _NUMBERED_TITLE.match(title):
        number = match["number"]
        name = number.removeprefix(f"{under}.") if under else number
        return Step(rank=Rank.POINT, name=name, cited=number, alone=alone)
    return Step(rank=Rank.SECTION, name=slug(title), cited=f"« {title} »", alone=alone)


_ARTICLE_HEADING = re.compile(
    r"^Article\s+(?P<number>premier|1er|(?:[LRDA]\*?\.?\s?)?[0-9]+(?:-[0-9]+)*"
    r"(?:\s(?:bis|ter|quater|quinquies|sexies))?)(?=\s*(?:$|[(:—–]|-\s))",
    re.IGNORECASE,
)


def heading_article(heading: str) -> Step | None:
    """Read the article that a section's heading names, None when it names none.

    >>> heading_article("Article 5-1 (abrogé)").name
    '5-1'
    >>> heading_article("Article L. 4001-3").name
    'L4001-3'
    """
    match = _ARTICLE_HEADING.match(heading)
    if not match:
        return None
    cited = " ".join(match["number"].split())
    name = "1" if cited.lower() in ("premier", "1er") else re.sub(r"[\s.]", "", cited)
    return article(name, cited=cited)


_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " "})


def slug(heading: str) -> str:
    """Make an anchor of a heading: lower case, no accents, words joined by hyphens.

    >>> slug("Combien de temps conserver les journaux ?")
    'combien-de-temps-conserver-les-journaux'
    """
    plain = unicodedata.normalize("NFKD", heading.translate(_LIGATURES))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    joined = "-".join(words) or "section"
    return joined if len(joined) <= 100 else joined[:100].rsplit("-", 1)[0]
