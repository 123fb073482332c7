"""Know which words name the same thing, and which only look alike.

One types « scanner », « TDM » or « CT » for what a text calls tomodensitométrie. Users edit the
entries (``documents/thesaurus.yaml``). The forms of an entry stand for one another in a search;
its neighbours (``near``) and its false friends (``distinct_from``) never do.
"""

from rag.thesaurus.entries import Entry, Family, Form, Related
from rag.thesaurus.meaning import asks_for_meaning, word_asked
from rag.thesaurus.thesaurus import Match, Thesaurus

__all__ = [
    "Entry",
    "Family",
    "Form",
    "Match",
    "Related",
    "Thesaurus",
    "asks_for_meaning",
    "word_asked",
]
