"""Load plain text: a list of news, or paragraphs under the headings that can be told."""

import re
from collections.abc import Iterator

from rag.loaders.builder import TextBuilder, collapse
from rag.loaders.files import Source, decode
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, default_title, loaded
from rag.loaders.news import is_news, load_news
from rag.loaders.sections import Block, add_sections, document_title
from rag.types import Kind, Metadata

_NUMBERED = re.compile(r"^(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})*)[.)]?\s+[A-ZÉÈÀÂÇ]")
_ARTICLE = re.compile(r"^Article\s+(?:premier|1er|[LRDA]?\.?\s?[0-9])", re.IGNORECASE)
_RULE = re.compile(r"^(?:={3,}|-{3,})$")
_BULLET = re.compile(r"^(?:[-–—•*·]|[0-9]{1,2}[.)]|[a-z]\))\s")
_END = (".", "!", "?", ":", ";", "…", ",")


def load_text(source: Source) -> Loaded:
    """Load a plain text file."""
    text = decode(source).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    if is_news(text):
        return load_news(text, path=source.path)
    blocks = list(_blocks(text))
    language = detect(text)
    metadata = Metadata(
        id=default_id(source.path),
        title=document_title(blocks) or default_title(source.path),
        kind=Kind.GUIDE,
        language=language,
    )
    builder = TextBuilder()
    add_sections(blocks, builder=builder, language=language)
    return loaded(builder, metadata=metadata)


def _blocks(text: str) -> Iterator[Block]:
    """Read the paragraphs, which blank lines separate, and the headings among them."""
    for paragraph in re.split(r"\n[^\S\n]*\n", text):
        lines = [collapse(line) for line in paragraph.split("\n") if line.strip()]
        level = _heading_level(lines)
        if level:
            yield Block(text=lines[0], level=level)
            continue
        for i, line in enumerate(_unwrap(lines)):
            yield Block(text=line, tight=i > 0)


def _heading_level(lines: list[str]) -> int:
    """Tell a heading: underlined, numbered, « Article 5 », or a line in capitals; 0 when none."""
    if len(lines) == 2 and _RULE.match(lines[1]):
        return 1 if lines[1].startswith("=") else 2
    if len(lines) != 1 or len(lines[0]) > 120 or lines[0].endswith(_END):
        return 0
    if match := _NUMBERED.match(lines[0]):
        return 2 + match["number"].count(".")
    if _ARTICLE.match(lines[0]):
        return 4
    letters = [c for c in lines[0] if c.isalpha()]
    return 2 if len(letters) > 3 and lines[0].isupper() else 0


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of a paragraph wrapped at a fixed width; leave lists and verses alone."""
    joined: list[str] = []
    for line in lines:
        if joined and _continues(joined[-1], line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return joined


def _continues(before: str, line: str) -> bool:
    return (
        len(before) >= 40
        and not before.endswith((".", "!", "?", ":", ";"))
        and not (_BULLET.match(line))
    )
