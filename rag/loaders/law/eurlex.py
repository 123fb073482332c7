"""Read an act in the HTML of EUR-Lex, as it is since 2023: every part has an element id."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile, takewhile

from lxml import html

from rag.loaders.builder import collapse
from rag.loaders.law.act import (
    Division,
    Item,
    Node,
    join_title,
    numbered_paragraphs,
    titled_sections,
)
from rag.loaders.law.eurlex_markup import block, css_class, line, nodes
from rag.loaders.law.legal import Rank, Step, alone, article

_MARKUP = re.compile(r"""<div\b[^>]*\bid=["'](?:art|rct|anx)_[0-9IVX]""")
_CONSOLIDATION = re.compile(
    r"\b(?P<celex>0[0-9]{4}[A-Z][0-9]{4}) — (?P<language>[A-Z]{2}) — "
    r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})\b"
)
_DIVISION = re.compile(r"(?P<rank>art|rct|anx)_(?P<name>[0-9A-Za-z]+)")

HEAD_CHARACTERS = 3000


def is_eurlex(markup: str) -> bool:
    """Say whether an HTML text is an act in the mark-up of EUR-Lex."""
    return "eli-" in markup and bool(_MARKUP.search(markup))


def divisions(root: html.HtmlElement, *, language: str) -> Iterator[Division]:
    """Read the parts of the act in order: preamble, recitals, articles, final formula, annexes."""
    recitals = "Recitals" if language == "en" else "Considérants"
    for element in root.iter("div"):
        yield from _division(element, recitals=recitals)


def _division(element: html.HtmlElement, *, recitals: str) -> Iterator[Division]:
    identifier = element.get("id") or ""
    match = _DIVISION.fullmatch(identifier)
    if identifier == "pbl_1":
        yield Division(step=alone(Rank.PREAMBLE), content=tuple(_citations(element)))
    elif identifier == "fnp_1":
        yield Division(step=alone(Rank.FINAL), content=tuple(nodes(element)))
    elif match and match["rank"] == "rct":
        yield _recital(element, match["name"], heading=recitals)
    elif match and match["rank"] == "art":
        yield _article(element, match["name"])
    elif match:
        yield _annex(element, match["name"])


def _citations(preamble: html.HtmlElement) -> Iterator[Node]:
    """Read the preamble up to its recitals: the authors and what they had regard to."""
    for child in preamble:
        if str(child.get("id", "")).startswith("rct_"):
            return
        yield from block(child)


def _recital(element: html.HtmlElement, name: str, *, heading: str) -> Division:
    content = tuple(nodes(element))
    marker = ""
    if content and isinstance(content[0], Item):
        marker, content = content[0].marker, (*content[0].content, *content[1:])
    step = Step(rank=Rank.RECITAL, name=name, cited=name)
    return Division(step=step, content=content, titles=(heading,), marker=marker)


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What the running head of a consolidated text says: the id of its state, and the day."""

    id: str
    language: str
    day: date


def consolidation(root: html.HtmlElement) -> Consolidation | None:
    """Read « 02024R1689 — FR — 27.07.2026 — 001.001 », which an act of the Journal has not."""
    match = _CONSOLIDATION.search(collapse(root.text_content()[:HEAD_CHARACTERS]))
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Consolidation(
        id=f"{match['celex']}-{day:%Y%m%d}", language=match["language"].lower(), day=day
    )


def language(root: html.HtmlElement) -> str:
    """Read the language of the act from its header, ``fr`` where there is none."""
    if state := consolidation(root):
        return state.language
    declared = next(iter(header_texts(root, "hd-lg")), "") or str(root.get("lang") or "fr")
    return declared.lower()[:2]


def header_texts(root: html.HtmlElement, name: str) -> list[str]:
    """Give the texts of the header paragraphs of this class (``hd-lg``, ``hd-date``)."""
    return [collapse(p.text_content()) for p in root.iter("p") if css_class(p) == name]


def title_lines(root: html.HtmlElement) -> list[str]:
    """Give the lines of the act's title."""
    main = root.xpath("//*[contains(@class, 'eli-main-title')]//p")
    lines = main or list(takewhile(lambda p: css_class(p) == "doc-ti", _after_header(root)))
    return [text for text in map(line, lines) if text]


def _after_header(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return dropwhile(lambda p: css_class(p) != "doc-ti", root.iter("p"))


def _article(element: html.HtmlElement, name: str) -> Division:
    number = _first_text(element, "ti-art")
    title = join_title(number, _first_text(element, "sti-art"))
    cited = number.partition(" ")[2] or name
    content = tuple(nodes(element, article=name))
    if not any(isinstance(node, Item) and node.rank is Rank.PARAGRAPH for node in content):
        content = numbered_paragraphs(content)
    return Division(
        step=article(name, cited=cited), content=content, titles=_titles(element), title=title
    )


def _annex(element: html.HtmlElement, name: str) -> Division:
    titles = [line(p) for p in element.iter("p") if css_class(p) == "doc-ti"]
    content = titled_sections(nodes(element))
    step = Step(rank=Rank.ANNEX, name=name, cited=name)
    return Division(step=step, content=content, title=join_title(*titles))


def _titles(element: html.HtmlElement) -> tuple[str, ...]:
    """Collect the titles of the chapters and sections that hold an article, outermost first."""
    titles = [_section_title(ancestor) for ancestor in element.iterancestors("div")]
    return tuple(title for title in reversed(titles) if title)


def _section_title(element: html.HtmlElement) -> str:
    number = [p for p in element.iterchildren("p") if css_class(p).startswith("ti-section")]
    name = [p for p in element.xpath("./div[contains(@class, 'eli-title')]/p")]
    return join_title(*(line(p) for p in [*number, *name])) if number else ""


def _first_text(element: html.HtmlElement, name: str) -> str:
    return next((line(p) for p in element.iter("p") if css_class(p) == name), "")
