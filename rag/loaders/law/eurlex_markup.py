"""Read the mark-up of EUR-Lex, inside an article or an annex: text, points, titles.

Footnotes and their marks are left out: they name the source of other acts and are no sentence
of this one. Superscripts stay readable: « n° 300/2008 », « 10²⁵ ».
"""

import re
from collections.abc import Iterator

from lxml import html

from rag.loaders.builder import collapse
from rag.loaders.law.act import Alinea, Item, Node, Title
from rag.loaders.law.legal import Rank, is_marker

_PARAGRAPH_ID = re.compile(r"(?P<article>[0-9]{3})\.[0-9]{3}[a-z]?")
_PARAGRAPH_NUMBER = re.compile(r"^(?P<marker>[0-9]{1,3}[a-z]?\.)\s+(?=\S)")
_INLINE = frozenset(
    ["a", "abbr", "b", "br", "em", "font", "i", "span", "strong", "sub", "sup", "u"]
)
_SKIPPED = frozenset(
    ["note", "doc-ti", "ti-art", "sti-art", "eli-title", "ti-section-1", "ti-section-2"]
)
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_DROPPED_NOTE = "\ue000"
_NOT_LAW = re.compile(rf"\s*{_DROPPED_NOTE}|[▼►][A-Z][0-9]*\s?|\s?◄")


def css_class(element: html.HtmlElement) -> str:
    """Give the first class of an element, by the name it has in the Official Journal to 2023.

    Since then the same names have a prefix; consolidated texts have names of their own.
    """
    names = str(element.get("class") or "").split()
    name = names[0].removeprefix("oj-") if names else ""
    return _CONSOLIDATED.get(name, name)


_CONSOLIDATED = {
    "title-article-norm": "ti-art",
    "stitle-article-norm": "sti-art",
    "title-division-1": "ti-section-1",
    "title-division-2": "ti-section-2",
    "title-annex-1": "doc-ti",
    "title-annex-2": "doc-ti",
    "title-gr-seq-level-1": "ti-grseq-1",
    "footnote": "note",
    "modref": "note",
    "arrow": "note",
}


def line(element: html.HtmlElement) -> str:
    """Read an element as one line of text, without notes."""
    return _clean(_inline(element))


def nodes(element: html.HtmlElement, *, article: str = "") -> Iterator[Node]:
    """Read what an element holds, runs of inline text and blocks, in order.

    ``article`` is the number of the article, whose paragraphs have ids that begin with it.
    """
    run = element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            run += child.tail or ""
        elif child.tag in _INLINE:
            run += _inline_child(child) + (child.tail or "")
        else:
            yield from _alineas(run)
            yield from block(child, article=article)
            run = child.tail or ""
    yield from _alineas(run)


def _alineas(run: str) -> Iterator[Alinea]:
    text = _clean(run)
    if text:
        yield Alinea(text=text)


def block(element: html.HtmlElement, *, article: str = "") -> Iterator[Node]:
    """Read one block element."""
    name = css_class(element)
    paragraph = _PARAGRAPH_ID.fullmatch(str(element.get("id") or ""))
    if element.tag in ("script", "style", "hr", "col", "colgroup") or name in _SKIPPED:
        return
    if name.startswith("ti-grseq"):
        yield Title(text=collapse(_inline(element)))
    elif paragraph and paragraph["article"].lstrip("0") == article:
        yield from _numbered_paragraph(element)
    elif name == "norm" and css_class(next(iter(element), element)) == "no-parag":
        yield from _consolidated_paragraph(element)
    elif name in ("enumeration-spacing", "grid-container"):
        yield from _enumeration(element)
    elif element.tag == "table":
        yield from _table(element)
    else:
        yield from nodes(element, article=article)


def _numbered_paragraph(element: html.HtmlElement) -> Iterator[Node]:
    content = tuple(nodes(element))
    first = content[0] if content else None
    match = _PARAGRAPH_NUMBER.match(first.text) if isinstance(first, Alinea) else None
    if match and isinstance(first, Alinea):
        rest = (Alinea(text=first.text[match.end() :]), *content[1:])
        yield Item(rank=Rank.PARAGRAPH, marker=match["marker"], content=rest)
    else:
        yield from content


def _consolidated_paragraph(element: html.HtmlElement) -> Iterator[Node]:
    """Read a paragraph of a consolidated text: its number, then its words in a block."""
    content = tuple(nodes(element))
    first = content[0] if content else None
    if isinstance(first, Alinea) and re.fullmatch(r"[0-9]{1,3}[a-z]*\.", first.text):
        yield Item(rank=Rank.PARAGRAPH, marker=first.text, content=content[1:])
    else:
        yield from content


def _enumeration(element: html.HtmlElement) -> Iterator[Node]:
    """Read a number and its text set as two paragraphs side by side."""
    content = tuple(nodes(element))
    first = content[0] if content else None
    if isinstance(first, Alinea) and is_marker(first.text):
        yield Item(rank=Rank.POINT, marker=first.text, content=content[1:])
    else:
        yield from content


def _table(element: html.HtmlElement) -> Iterator[Node]:
    for row in element.iter("tr"):
        if next(row.iterancestors("table")) is element:
            yield from _row([cell for cell in row if cell.tag in ("td", "th")])


def _row(cells: list[html.HtmlElement]) -> Iterator[Node]:
    """Read a row: a point when a number stands before the last cell, else a line of cells."""
    texts = [line(cell) for cell in cells[:-1]]
    marker = " ".join(filter(None, texts))
    if not cells:
        return
    if is_marker(marker):
        yield Item(rank=Rank.POINT, marker=marker, content=tuple(nodes(cells[-1])))
    elif len(marker) <= 6:
        yield from _marked(marker, tuple(nodes(cells[-1])))
    else:
        row = " | ".join(filter(None, [*texts, line(cells[-1])]))
        yield Alinea(text=row, tight=True)


def _marked(marker: str, content: tuple[Node, ...]) -> Iterator[Node]:
    """Put a mark that is no number (a dash, « 68) ») before the first words of a list item."""
    first = content[0] if content else None
    if isinstance(first, Alinea):
        yield Alinea(text=f"{marker} {first.text}".strip(), tight=bool(marker))
        content = content[1:]
    yield from content


def _inline(element: html.HtmlElement) -> str:
    """Read an element as one run of text, blocks inside it separated by a space."""
    run = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            text = _inline_child(child)
            run += text if child.tag in _INLINE else f" {text} "
        run += child.tail or ""
    return run


def _inline_child(element: html.HtmlElement) -> str:
    if element.tag == "br":
        return " "
    if element.tag == "a" and re.search(r"#nt[cr]", str(element.get("href") or "")):
        return _DROPPED_NOTE
    if "note-tag" in str(element.get("class") or ""):
        return _DROPPED_NOTE
    text = _inline(element)
    return superscript(text) if css_class(element) == "super" or element.tag == "sup" else text


def superscript(text: str) -> str:
    """Write a superscript on the line: ``n`` + ``o`` gives n°, ``10`` + ``25`` gives 10²⁵."""
    return "°" if text.strip() == "o" else text.translate(_SUPERSCRIPTS)


def _clean(run: str) -> str:
    """Drop what is not of the law: notes, and the marks of what amended it (« ►M1 … ◄ »)."""
    return collapse(_NOT_LAW.sub("", run))
