"""The shape of a European act, and its rendering into a text with units.

The HTML and the PDF of the Official Journal are both read into this shape, so that the two
give the same anchors, labels and headings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from rag.loaders.builder import LINE, PARAGRAPH, TextBuilder
from rag.loaders.law.legal import Rank, Step, anchor, annex_section, label, paragraph, point


@dataclass(frozen=True, slots=True, kw_only=True)
class Alinea:
    """A run of text without a number; ``tight`` puts it on the line below (an item of a list)."""

    text: str
    tight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The title of a section inside an annex."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered paragraph, a point or a titled section, with what it holds.

    ``marker`` is the number as printed before its first words, ``title`` the line above it.
    """

    rank: Rank
    marker: str
    content: "tuple[Node, ...]"
    title: str = ""


Node: TypeAlias = Alinea | Item | Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A part of the act that stands alone: preamble, recital, article, annex, final formula.

    Attributes:
        step: its rank and number.
        titles: the titles above it, outermost first (chapter, section).
        title: its own title, e.g. ``Article 26 — Obligations…``; empty for a recital.
        marker: the number printed before its first words, ``(20)``.
    """

    step: Step
    content: tuple[Node, ...]
    titles: tuple[str, ...] = ()
    title: str = ""
    marker: str = ""


def join_title(*parts: str) -> str:
    """Join a number and a title as one line: ``CHAPITRE III — SYSTÈMES…``."""
    return " — ".join(part for part in parts if part)


def render(divisions: Iterable[Division], *, builder: TextBuilder, language: str) -> None:
    """Append the divisions to ``builder``, each title above them once, on a line of its own."""
    shown: tuple[str, ...] = ()
    for division in divisions:
        for depth, title in enumerate(division.titles):
            if division.titles[: depth + 1] != shown[: depth + 1]:
                builder.heading(title)
        shown = division.titles
        if division.title:
            builder.heading(division.title)
        _Renderer(builder, language).division(division)


@dataclass(frozen=True, slots=True)
class _Renderer:
    """Append the content of a division."""

    builder: TextBuilder
    language: str

    def division(self, division: Division) -> None:
        headings = tuple(filter(None, (*division.titles, division.title)))
        path = (division.step,)
        with self.builder.unit(anchor(path), label=self.label(path), headings=headings):
            self.content(division.content, path=path, headings=headings, prefix=division.marker)

    def label(self, path: tuple[Step, ...]) -> str:
        return label(path, language=self.language)

    def content(
        self,
        nodes: Iterable[Node],
        *,
        path: tuple[Step, ...],
        headings: tuple[str, ...],
        prefix: str,
    ) -> None:
        """Append nodes; ``prefix`` is the number that the first of them carries."""
        separator = LINE if prefix and path[-1].rank is Rank.POINT else PARAGRAPH
        for node in nodes:
            if isinstance(node, Alinea):
                text = f"{prefix} {node.text}" if prefix else node.text
                self.builder.block(text, separator=LINE if node.tight else separator)
            elif isinstance(node, Title):
                self.builder.heading(node.text)
            else:
                self.item(node, path=path, headings=headings, prefix=prefix)
            prefix, separator = "", PARAGRAPH

    def item(
        self, item: Item, *, path: tuple[Step, ...], headings: tuple[str, ...], prefix: str
    ) -> None:
        here = (*path, _step(item, path=path))
        if item.title:
            self.builder.heading(item.title)
            headings = (*headings, item.title)
        with self.builder.unit(anchor(here), label=self.label(here), headings=headings):
            marker = f"{prefix} {item.marker}".strip()
            self.content(item.content, path=here, headings=headings, prefix=marker)


def _step(item: Item, *, path: tuple[Step, ...]) -> Step:
    under = path[-1].cited if path[-1].rank is Rank.POINT else ""
    if item.title:
        return annex_section(item.title, under=under)
    if item.rank is Rank.PARAGRAPH:
        return paragraph(item.marker.rstrip("."))
    return point(item.marker, under=under)


_PARAGRAPH_NUMBER = re.compile(r"^(?P<number>[0-9]{1,3})(?P<letter>[a-z]?)\.\s+(?=\S)")


def numbered_paragraphs(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Group the flat nodes of an article under its numbered paragraphs (1., 2., 2a., 3.…).

    A number counts only when it follows the one before, so that « 2024. » at the start of an
    alinéa opens nothing.
    """
    before: list[Node] = []
    groups: list[tuple[str, list[Node]]] = []
    for node in nodes:
        last = groups[-1][0] if groups else "0."
        match = _PARAGRAPH_NUMBER.match(node.text) if isinstance(node, Alinea) else None
        if match and isinstance(node, Alinea) and _follows(match, last=last):
            first = Alinea(text=node.text[match.end() :])
            groups.append((match.group().strip(), [first]))
        else:
            (groups[-1][1] if groups else before).append(node)
    items = [
        Item(rank=Rank.PARAGRAPH, marker=marker, content=tuple(content))
        for marker, content in groups
    ]
    return (*before, *items)


def _follows(match: re.Match[str], *, last: str) -> bool:
    """Say whether a number comes next: 3. or 2a. after 2., 2b. or 3. after 2a."""
    before = int(last.rstrip("abcdefghijklmnopqrstuvwxyz."))
    number = int(match["number"])
    return number == before + 1 or (number == before and bool(match["letter"]))


def titled_sections(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Group the flat nodes of an annex under its titles; 6.3 goes inside 6, 6 inside a section."""
    flat = _merge_titles(nodes)
    first = next((i for i, node in enumerate(flat) if isinstance(node, Title)), len(flat))
    return (*flat[:first], *_sections(flat[first:]))


def _sections(flat: list[Node]) -> list[Node]:
    """Nest a list that begins with a title."""
    sections: list[Node] = []
    while flat:
        head = flat[0]
        depth = _depth(head)
        end = next((i for i, n in enumerate(flat) if i and 0 <= _depth(n) <= depth), len(flat))
        body = titled_sections(flat[1:end])
        title = head.text if isinstance(head, Title) else ""
        sections.append(Item(rank=Rank.SECTION, marker="", title=title, content=body))
        flat = flat[end:]
    return sections


def _depth(node: Node) -> int:
    """Say how deep a title lies: 0 for a section, 1 for « 3. », 2 for « 3.1. »; -1: no title."""
    if not isinstance(node, Title):
        return -1
    step = annex_section(node.text)
    return 0 if step.rank is Rank.SECTION else step.cited.count(".") + 1


def _merge_titles(nodes: Iterable[Node]) -> list[Node]:
    """Join « Section 1 » with the title on the line below it."""
    merged: list[Node] = []
    for node in nodes:
        last = merged[-1] if merged else None
        if isinstance(node, Title) and isinstance(last, Title) and _is_bare(last.text):
            merged[-1] = Title(text=join_title(last.text, node.text))
        else:
            merged.append(node)
    return merged


def _is_bare(title: str) -> bool:
    return len(title.split()) <= 2 and annex_section(title).rank is Rank.SECTION
