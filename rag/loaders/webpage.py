"""Read an ordinary web page: its headings and blocks, without menus, scripts and hidden text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import html

from rag.dates import find_date
from rag.loaders.builder import TextBuilder, collapse
from rag.loaders.files import Source
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, default_title, loaded
from rag.loaders.sections import Block, add_sections, document_title
from rag.types import Kind, Metadata

_DROPPED = frozenset(
    "script style nav header footer aside form button select noscript template iframe object svg "
    "canvas dialog head math audio video".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td tfoot th thead "
    "tr ul caption".split()
)
_HEADING = re.compile(r"h([1-6])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def load_page(root: html.HtmlElement, *, source: Source) -> Loaded:
    """Load a web page: its headings are sections, its language and dates those it declares."""
    main = _main(root)
    blocks = list(_blocks(main))
    language = detect(" ".join(block.text for block in blocks), declared=_declared_language(root))
    metadata = Metadata(
        id=default_id(source.path),
        title=document_title(blocks) or _page_title(root) or default_title(source.path),
        kind=Kind.GUIDE,
        publisher=_meta(root, "og:site_name", "dc.publisher", "author"),
        language=language,
        url=_canonical(root),
        published=find_date(_meta(root, "article:published_time", "dc.date", "date")),
        version_date=find_date(_meta(root, "article:modified_time", "dcterms.modified")),
    )
    builder = TextBuilder()
    add_sections(blocks, builder=builder, language=language)
    return loaded(builder, metadata=metadata)


def _main(root: html.HtmlElement) -> html.HtmlElement:
    """Give the element that holds the page's own words: its only ``main`` or ``article``."""
    for path in ("//main", "//article", "//body"):
        found = root.xpath(path)
        if len(found) == 1 and collapse(found[0].text_content()):
            return found[0]
    return root


def _page_title(root: html.HtmlElement) -> str:
    return collapse(root.findtext(".//title") or "")


def _declared_language(root: html.HtmlElement) -> str:
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    return str(declared or _meta(root, "content-language", "dc.language"))


def _meta(root: html.HtmlElement, *names: str) -> str:
    """Give the first of these ``meta`` values that the page has, empty when it has none."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("name") or element.get("property") or element.get("http-equiv") or ""
        values.setdefault(str(key).lower(), collapse(str(element.get("content") or "")))
    return next((values[name] for name in names if values.get(name)), "")


def _canonical(root: html.HtmlElement) -> str:
    links = root.xpath("//link[@rel='canonical']/@href")
    address = str(links[0]) if links else _meta(root, "og:url")
    return address if address.startswith(("https://", "http://")) else ""


def _is_dropped(element: html.HtmlElement) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _DROPPED
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(str(element.get("style") or "")))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Break:
    """The end of a block; ``level``, ``mark`` and ``tight`` are for the block that begins.

    A break that says nothing keeps what the one before it said, unless a block ``ends``.
    """

    level: int = 0
    mark: str = ""
    tight: bool = False
    ends: bool = False


def _blocks(root: html.HtmlElement) -> Iterator[Block]:
    """Read the blocks of a page in order."""
    pending, run = _Break(), ""
    for event in chain(_events(root), [_Break(ends=True)]):
        if isinstance(event, str):
            run += event
            continue
        text = collapse(run)
        if text:
            yield Block(
                text=f"{pending.mark} {text}".strip(), level=pending.level, tight=pending.tight
            )
        if text or event.ends or event.mark or event.level or event.tight:
            pending = event
        run = ""


def _events(element: html.HtmlElement) -> Iterator[str | _Break]:
    """Walk an element: its text, and a break at each border of a block."""
    for child in (None, *element):
        if child is not None and not _is_dropped(child):
            yield from _child(child)
        yield (element.text if child is None else child.tail) or ""


def _child(element: html.HtmlElement) -> Iterator[str | _Break]:
    heading = _HEADING.fullmatch(element.tag)
    if element.tag == "br":
        yield _Break(tight=True)
    elif heading:
        yield _Break(level=int(heading[1]))
        yield _visible_text(element)
        yield _Break(ends=True)
    elif element.tag == "tr" and _is_row(element):
        yield _Break(tight=element is not next(_table(element).iter("tr")))
        yield " | ".join(collapse(_visible_text(cell)) for cell in element if _is_cell(cell))
        yield _Break(ends=True)
    elif element.tag in _BLOCKS:
        yield _Break(mark=_mark(element), tight=element.tag == "li")
        yield from _events(element)
        yield _Break(ends=True)
    else:
        yield from _events(element)


def _visible_text(element: html.HtmlElement) -> str:
    return "".join(event if isinstance(event, str) else " " for event in _events(element))


def _table(row: html.HtmlElement) -> html.HtmlElement:
    return next(row.iterancestors("table"), row)


def _is_cell(element: html.HtmlElement) -> bool:
    return element.tag in ("td", "th")


def _is_row(element: html.HtmlElement) -> bool:
    """Tell a row of data from one used for layout, whose cells hold lists, titles or tables."""
    layout = element.xpath(".//table | .//ul | .//ol | .//h1 | .//h2 | .//h3 | .//h4 | .//p[2]")
    return not layout


def _mark(element: html.HtmlElement) -> str:
    if element.tag != "li":
        return ""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "–"
    first = str(parent.get("start") or "1")
    before = sum(1 for sibling in element.itersiblings("li", preceding=True))
    return f"{int(first) + before if first.isdigit() else before + 1}."
