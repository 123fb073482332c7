"""Load an HTML page: an act of EUR-Lex when it is one, else its headings and paragraphs."""

import re
from dataclasses import replace
from pathlib import Path

from lxml import etree, html

from rag.dates import find_date
from rag.errors import LoadError, Problem
from rag.loaders import webpage
from rag.loaders.builder import TextBuilder
from rag.loaders.files import Source, decode
from rag.loaders.law import eurlex, eurlex_flat
from rag.loaders.law.act import render
from rag.loaders.law.celex import act_metadata
from rag.loaders.loaded import Loaded, loaded

_PROLOG = re.compile(r"<\?xml[^>]*\?>")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)


def load_html(source: Source) -> Loaded:
    """Load an HTML file."""
    charset = _CHARSET.search(source.data[:4096])
    markup = decode(source, declared=charset[1].decode("ascii") if charset else None)
    root = _parse(markup, source=source)
    if eurlex.is_eurlex(markup) or eurlex_flat.is_flat(markup):
        return _load_act(root, is_flat=not eurlex.is_eurlex(markup), path=source.path)
    return webpage.load_page(root, source=source)


def _parse(markup: str, *, source: Source) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8")
    try:
        return html.document_fromstring(_PROLOG.sub("", markup).encode(), parser=parser)
    except etree.ParserError as error:  # nothing but comments
        raise LoadError(Problem.NO_TEXT, path=str(source.path), characters=0) from error


def _load_act(root: html.HtmlElement, *, is_flat: bool, path: Path) -> Loaded:
    language = eurlex.language(root)
    title = eurlex.title_lines(root)
    published = find_date(" ".join(eurlex.header_texts(root, "hd-date")))
    builder = TextBuilder()
    for line in title:
        builder.heading(line)
    read = eurlex_flat.divisions if is_flat else eurlex.divisions
    render(read(root, language=language), builder=builder, language=language)
    metadata = act_metadata(title, language=language, published=published, path=path)
    if state := eurlex.consolidation(root):
        name = state.id if language == "fr" else f"{state.id}-{language}"
        metadata = replace(metadata, id=name, published=state.day, version_date=state.day)
    return loaded(builder, metadata=metadata)
