"""What the reader says in French."""

from rag.dates import french_date
from rag.messages import NBSP, typographic
from rag.types import FileState, Place, Reading, VersionState

STATES = {
    VersionState.SUPERSEDED: typographic(
        "Version antérieure : une autre, plus récente, répond aujourd’hui. Le texte ci-dessous est "
        "celui qui a été cité."
    ),
    VersionState.REMOVED: (
        "Ce document a été retiré depuis et ne répond plus aux questions. Le texte ci-dessous est "
        "celui qui a été cité."
    ),
}
FILES = {
    FileState.GONE: (
        "Le fichier d’origine n’est plus à sa place : ses pages ne peuvent pas être montrées. "
        "Le texte enregistré est intact."
    ),
    FileState.CHANGED: (
        "Le fichier d’origine a changé depuis cette version : ses pages ne peuvent pas être "
        "montrées. Le texte enregistré est intact."
    ),
}
NOT_ON_PAGE = typographic(
    "La phrase citée n’a pas pu être située sur l’image de cette page : elle est surlignée dans le "
    "texte."
)
BAD_ADDRESS = "Cette adresse de lecture est incomplète ou incorrecte."
SHORT_HASH = 12


def place_title(reading: Reading) -> str:
    """Name what is read: the unit, else the document."""
    label = reading.place.label or reading.metadata.title
    return typographic(label[:1].upper() + label[1:])


def entry(reading: Reading, place: Place) -> str:
    """Name a place in the table of contents: by its heading, where that says its label too."""
    label = place.label or reading.metadata.title
    heading = place.headings[-1] if place.headings else ""
    name = heading if heading.lower().startswith(label.lower()) else label
    return typographic(name[:1].upper() + name[1:])


def version_line(reading: Reading) -> str:
    """Say who publishes the text, and which of its states is read."""
    facts = reading.metadata
    day = facts.version_date or facts.published
    version = f"version du {french_date(day)}" if day else "version sans date"
    return ", ".join(part for part in (facts.publisher, version) if part)


def page_line(number: int, count: int) -> str:
    """Say which page is shown.

    >>> page_line(12, 83).replace(NBSP, " ")
    'Page 12 sur 83'
    """
    return f"Page{NBSP}{number} sur{NBSP}{count}"
