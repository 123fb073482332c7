"""The forms in which a card gives its reference to be copied."""

from dataclasses import dataclass

from rag.citing import bibtex, csl_json, legal_reference
from rag.types import Hit


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text to copy: the words of its button, and what is told once it is copied."""

    label: str
    text: str
    copied: str


def copyables(hit: Hit) -> tuple[Copyable, ...]:
    """Give the reference of a passage, first as jurists write it."""
    return (
        Copyable("Copier la référence", legal_reference(hit), "Référence copiée"),
        Copyable("BibTeX", bibtex(hit), "Référence BibTeX copiée"),
        Copyable("CSL-JSON", csl_json(hit), "Référence CSL-JSON copiée"),
    )
