"""Data of patients, which stay out: found by rules alone, masked, refused.

Numbers are checked by libraries where there is one (``stdnum`` for the social security number,
``phonenumbers``); the rest are patterns on a folded text, made for the way people type.
"""

from rag.privacy.guard import check, check_path, check_question, find, mask, mask_path
from rag.privacy.kinds import LABELS, Identifier, IdentifierKind, in_words

__all__ = [
    "LABELS",
    "Identifier",
    "IdentifierKind",
    "check",
    "check_path",
    "check_question",
    "find",
    "in_words",
    "mask",
    "mask_path",
]
