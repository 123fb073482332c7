"""The law at a date: which act changed what, and what that means for a passage.

Pure functions over a registry that users edit (``documents/amendments.yaml``). A passage states
the law of a day, that of its document's version. Where an amendment lies between that day and the
day asked for, the passage is superseded: it must not stand alone as the answer.
"""

from rag.validity.caveats import caveats
from rag.validity.links import Link, links
from rag.validity.registry import Act, Application, LawRegistry
from rag.validity.units import act_id, acts_of, overlap, referenced_anchors

__all__ = [
    "Act",
    "Application",
    "LawRegistry",
    "Link",
    "act_id",
    "acts_of",
    "caveats",
    "links",
    "overlap",
    "referenced_anchors",
]
