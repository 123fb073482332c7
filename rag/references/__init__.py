"""Exact references to the law in a question: « article 26, paragraphe 6 », « 32024R1689 ».

Pure functions from what was typed to keys of units. Whether a unit exists, and which passages
state it, is for ``rag.resolution``.
"""

from rag.references.acts import KNOWN_ACTS, Act, ActNames, Part, called_by
from rag.references.parser import find_references, named_acts, terms_naming
from rag.references.points import PointPassage, point_in
from rag.references.reference import Missing, Reference
from rag.references.remainder import asks_for_penalty, remainder

__all__ = [
    "KNOWN_ACTS",
    "Act",
    "ActNames",
    "Missing",
    "Part",
    "PointPassage",
    "Reference",
    "asks_for_penalty",
    "called_by",
    "find_references",
    "named_acts",
    "point_in",
    "remainder",
    "terms_naming",
]
