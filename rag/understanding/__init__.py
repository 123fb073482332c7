"""Understand a question as people type it.

Habits of typing (``habits``), misspelt words (``spelling``), follow-ups (``follow_ups``), what a
question names that steers the search (``steering``): rules, no language model, about a millisecond.
"""

from rag.understanding.follow_ups import is_follow_up
from rag.understanding.spelling import Lexicon
from rag.understanding.steering import PUBLISHERS
from rag.understanding.understand import MAX_CHARACTERS, NO_LEXICON, checked, understand

__all__ = [
    "MAX_CHARACTERS",
    "NO_LEXICON",
    "PUBLISHERS",
    "Lexicon",
    "checked",
    "is_follow_up",
    "understand",
]
