"""Read an act in the HTML that EUR-Lex served before 2023: a flat list of paragraphs."""

import re
from collections.abc import Iterator

from lxml import html

from rag.loaders.law.act import Division
from rag.loaders.law.eurlex_markup import block, css_class, line
from rag.loaders.law.sequence import Mark, Piece, assemble

_MARKUP = re.compile(r"""<p\b[^>]*\bclass=["'](?:oj-)?ti-art["']""")
_ANNEX = re.compile(r"^ANNEXE?(?:\s+[IVXLC0-9]+)?$", re.IGNORECASE)
_MARKS = {
    "ti-section-1": Mark.CHAPTER,
    "ti-section-2": Mark.CHAPTER_NAME,
    "ti-art": Mark.ARTICLE,
    "sti-art": Mark.ARTICLE_NAME,
}


def is_flat(markup: str) -> bool:
    """Say whether an HTML text is an act in this older mark-up."""
    return bool(_MARKUP.search(markup))


def divisions(root: html.HtmlElement, *, language: str) -> tuple[Division, ...]:
    """Read the parts of the act in order."""
    body = root.find("body")
    return assemble(_pieces(root if body is None else body), language=language)


def _pieces(element: html.HtmlElement) -> Iterator[Piece]:
    for child in element:
        name = css_class(child) if isinstance(child.tag, str) else ""
        if name in _MARKS:
            yield Piece(mark=_MARKS[name], text=line(child))
        elif name == "doc-ti":
            yield from _annex_title(line(child))
        elif child.tag == "div" and name != "final":
            yield from _pieces(child)
        elif isinstance(child.tag, str) and not name.startswith("hd-") and not _is_header(child):
            mark = Mark.FINAL if name == "final" else Mark.BODY
            yield from (Piece(mark=mark, node=node) for node in block(child))


def _annex_title(text: str) -> Iterator[Piece]:
    """Read a line set as a title: an annex, its name (the title of the act itself is no piece)."""
    yield Piece(mark=Mark.ANNEX if _ANNEX.match(text) else Mark.ANNEX_NAME, text=text)


def _is_header(element: html.HtmlElement) -> bool:
    return any(css_class(p).startswith("hd-") for p in element.iter("p"))
