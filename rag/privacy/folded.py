"""A text as the patterns read it: plain letters, plain spaces, and the way back to the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rag.privacy.kinds import Identifier, IdentifierKind

_IN_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+(?=@)")
_SAME = {
    "_": " ",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "º": "°",
    "⁰": "°",
    "−": "-",
    "\N{SOFT HYPHEN}": "",
}


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text without accents, marks or invisible characters; case is kept.

    Attributes:
        text: what patterns search.
        places: where each of its characters stands in the original.
    """

    text: str
    places: tuple[int, ...]

    def identifier(self, kind: IdentifierKind, start: int, end: int) -> Identifier:
        """Give the datum at ``text[start:end]`` its place in the original, bare of edges."""
        while end > start and self.text[end - 1] in " .,;:":
            end -= 1
        return Identifier(self.places[start], self.places[end - 1] + 1, kind)


def folded(text: str) -> FoldedText:
    r"""Fold a text: « Née » reads « Nee », every space and underscore a space, every dash « - ».

    >>> folded("Né le\u00a012\u201103\u20111954").text
    'Ne le 12-03-1954'
    """
    characters: list[str] = []
    places: list[int] = []
    kept = {
        place for match in _IN_EMAIL.finditer(text) for place in range(*match.span()) if "_" in text
    }
    for place, character in enumerate(text):
        for plain in character if place in kept else _plain(character):
            characters.append(plain)
            places.append(place)
    return FoldedText("".join(characters), tuple(places))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isascii() and character not in _SAME:
        return " " if character.isspace() else character
    if character in _SAME:
        return _SAME[character]
    category = unicodedata.category(character)
    if category.startswith("Z") or character.isspace():
        return " "
    if category == "Pd":
        return "-"
    if category == "Nd":
        return str(unicodedata.digit(character))
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(
        part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf", "Me")
    ).replace("\N{FRACTION SLASH}", "/")
