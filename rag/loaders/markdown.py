"""Load Markdown: YAML front matter, headings as sections, inline marks dropped."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

from rag.dates import find_date
from rag.loaders.builder import TextBuilder
from rag.loaders.files import Source, decode
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, default_title, loaded
from rag.loaders.metadata import override, read_yaml
from rag.loaders.sections import Block, add_sections, document_title
from rag.types import Kind, Metadata

_PARSER = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
_LAW = re.compile(r"^(?:Loi|Ordonnance|Décret|Arrêté|Code)\b(?:.{0,40}\bn\s?°|\sde\b|\sdu\b)", re.I)
_IN_FORCE_ON = re.compile(r"version en vigueur au\s*:?", re.IGNORECASE)


def load_markdown(source: Source) -> Loaded:
    """Load a Markdown file; raise ``LoadError`` (``BAD_METADATA``) on its front matter."""
    text = decode(source)
    root = SyntaxTreeNode(_PARSER.parse(text))
    front = next((node.content for node in root.children if node.type == "front_matter"), "")
    values = read_yaml(front, path=source.path)
    blocks = list(_blocks(root.children))
    body = "\n".join(block.text for block in blocks)
    title = document_title(blocks) or default_title(source.path)
    metadata = Metadata(
        id=default_id(source.path),
        title=title,
        kind=Kind.LAW if _LAW.match(title) else Kind.GUIDE,
        language="fr" if values.get("language") else detect(body),
        version_date=_version_date(body),
    )
    metadata = override(metadata, values, path=source.path)
    builder = TextBuilder()
    add_sections(blocks, builder=builder, language=metadata.language)
    return loaded(builder, metadata=metadata)


def _version_date(body: str) -> date | None:
    """Read the date of a consolidated law: « Version en vigueur au : 01 juin 2019 »."""
    match = _IN_FORCE_ON.search(body[:5000])
    return find_date(body[match.end() : match.end() + 40]) if match else None


def _blocks(nodes: Iterable[SyntaxTreeNode], *, mark: str = "") -> Iterator[Block]:
    """Read blocks in order; ``mark`` is the bullet or number that the first of them carries."""
    for node in nodes:
        if node.type == "heading":
            yield Block(text=_inline(node), level=int(node.tag[1]))
        elif node.type == "paragraph":
            yield from _lines(_inline(node), mark=mark)
        elif node.type in ("bullet_list", "ordered_list"):
            yield from _list(node)
        elif node.type == "tr":
            row = " | ".join(_inline(cell) for cell in node.children)
            yield Block(text=row, tight=node.parent is not None and node.parent.type == "tbody")
        elif node.type in ("fence", "code_block"):
            yield from _lines(node.content, mark=mark)
        elif node.type != "html_block" and node.children:
            yield from _blocks(node.children, mark=mark)
        mark = ""


def _lines(text: str, *, mark: str) -> Iterator[Block]:
    """Make a block of each line; lines after the first, and items of a list, are tight."""
    lines = [line for line in text.splitlines() if line.strip()]
    for i, line in enumerate(lines):
        prefix = f"{mark} " if mark and i == 0 else ""
        yield Block(text=prefix + line, tight=bool(mark) or i > 0)


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    number = int(node.attrs.get("start", 1))
    for item in node.children:
        mark = f"{number}." if node.type == "ordered_list" else "–"
        yield from _blocks(item.children, mark=mark)
        number += 1


def _inline(node: SyntaxTreeNode) -> str:
    """Read text without its marks; a hard line break stays a line break."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    return "".join(_inline(child) for child in node.children)
