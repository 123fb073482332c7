"""Assemble the parts of an act out of a flat sequence of titles and blocks.

This is what the Official Journal gives in PDF, and in HTML before 2023, where no element says
that it is an article.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from rag.loaders.law.act import (
    Alinea,
    Division,
    Item,
    Node,
    join_title,
    numbered_paragraphs,
    titled_sections,
)
from rag.loaders.law.legal import Rank, Step, alone, article


class Mark(Enum):
    """What a piece of the sequence is."""

    CHAPTER = auto()
    CHAPTER_NAME = auto()
    ARTICLE = auto()
    ARTICLE_NAME = auto()
    ANNEX = auto()
    ANNEX_NAME = auto()
    SECTION_NUMBER = auto()
    SECTION = auto()
    FINAL = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece: a line of title (``text``), or a block of the body (``node``)."""

    mark: Mark
    text: str = ""
    node: Node | None = None


CHAPTER = re.compile(
    r"^(?P<rank>PARTIE|PART|TITRE|TITLE|CHAPITRE|CHAPTER|SECTION|SOUS-SECTION|SUBSECTION)\s+"
    r"(?P<number>[IVXLC]+|[0-9]+|[A-Z])$",
    re.IGNORECASE,
)
_DEPTHS = {"part": 0, "titr": 1, "titl": 1, "chap": 2, "sect": 3, "sous": 4, "subs": 4}
_ARTICLE_NUMBER = re.compile(r"(?P<number>[0-9]+[a-z]?|premier)$", re.IGNORECASE)
_RECITAL = re.compile(r"\((?P<number>[0-9]{1,3})\)")
_ENACTING = re.compile(r"^(?:ONT|A) (?:ADOPTÉ|ARRÊTÉ)|^(?:HAVE|HAS) ADOPTED")


def assemble(pieces: Iterable[Piece], *, language: str) -> tuple[Division, ...]:
    """Assemble the parts of an act in order."""
    assembler = _Assembler(language)
    for piece in pieces:
        assembler.take(piece)
    assembler.close()
    return tuple(assembler.divisions)


@dataclass(slots=True)
class _Assembler:
    """The division that is open, the titles above it, and those already closed."""

    language: str
    divisions: list[Division] = field(default_factory=list)
    _open: Division | None = field(
        default_factory=lambda: Division(step=alone(Rank.PREAMBLE), content=())
    )
    _nodes: list[Node] = field(default_factory=list)
    _titles: list[tuple[int, str]] = field(default_factory=list)
    _recitals: int = 0

    def take(self, piece: Piece) -> None:
        if piece.mark is Mark.CHAPTER:
            self.close()
            self._push_title(piece.text)
        elif piece.mark is Mark.CHAPTER_NAME and self._titles:
            depth, title = self._titles[-1]
            self._titles[-1] = (depth, join_title(title, piece.text))
        elif piece.mark is Mark.ARTICLE:
            self._start(Division(step=_article_step(piece.text), content=(), title=piece.text))
        elif piece.mark is Mark.ANNEX:
            self._titles.clear()
            self._start(Division(step=_annex_step(piece.text), content=(), title=piece.text))
        elif piece.mark in (Mark.ARTICLE_NAME, Mark.ANNEX_NAME):
            self._name(piece.text)
        elif piece.node:
            self._body(piece.node, is_final=piece.mark is Mark.FINAL)

    def _push_title(self, text: str) -> None:
        depth = _DEPTHS.get(text[:4].lower(), 2)
        self._titles = [title for title in self._titles if title[0] < depth]
        self._titles.append((depth, text))

    def _start(self, division: Division) -> None:
        self.close()
        titles = tuple(title for _, title in self._titles)
        self._open = replace(division, titles=titles)

    def _name(self, text: str) -> None:
        if self._open and self._open.step.rank in (Rank.ARTICLE, Rank.ANNEX):
            self._open = replace(self._open, title=join_title(self._open.title, text))

    def _body(self, node: Node, *, is_final: bool) -> None:
        rank = self._open.step.rank if self._open else None
        if isinstance(node, Alinea) and _ENACTING.match(node.text):
            self.close()
        elif rank in (Rank.PREAMBLE, Rank.RECITAL) and self._is_next_recital(node):
            self._start_recital(node)
        elif is_final and rank is not Rank.FINAL:
            self._titles.clear()
            self._start(Division(step=alone(Rank.FINAL), content=()))
            self._nodes.append(node)
        elif self._open:
            self._nodes.append(node)

    def _is_next_recital(self, node: Node) -> bool:
        match = _RECITAL.fullmatch(node.marker) if isinstance(node, Item) else None
        return bool(match) and int(match["number"] if match else 0) == self._recitals + 1

    def _start_recital(self, node: Node) -> None:
        self._recitals += 1
        number = str(self._recitals)
        step = Step(rank=Rank.RECITAL, name=number, cited=number)
        self._start(Division(step=step, content=(), marker=f"({number})"))
        heading = "Recitals" if self.language == "en" else "Considérants"
        self._open = replace(self._open, titles=(heading,)) if self._open else None
        self._nodes = list(node.content) if isinstance(node, Item) else []

    def close(self) -> None:
        """Close the open division; an empty one is dropped."""
        if self._open and self._nodes:
            content = _arrange(self._nodes, rank=self._open.step.rank)
            self.divisions.append(replace(self._open, content=content))
        self._open, self._nodes = None, []


def _arrange(nodes: list[Node], *, rank: Rank) -> tuple[Node, ...]:
    if rank is Rank.ARTICLE:
        return numbered_paragraphs(nodes)
    return titled_sections(nodes) if rank is Rank.ANNEX else tuple(nodes)


def _article_step(title: str) -> Step:
    match = _ARTICLE_NUMBER.search(title)
    cited = match["number"] if match else title
    return article("1" if cited.lower() == "premier" else cited, cited=cited)


def _annex_step(title: str) -> Step:
    number = title.partition(" ")[2] or "1"
    return Step(rank=Rank.ANNEX, name=number, cited=number)
