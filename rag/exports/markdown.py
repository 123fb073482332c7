"""Render a document in Markdown (CommonMark), where nothing of a text acts as mark-up."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from rag.exports.document import Block, Document, Facts, Heading, Paragraph, Quote, Run, Tone, Voice
from rag.printable import printable

_MARKUP = re.compile(r"([\\`*_\[\]<>&~|$])")
_OPENING = re.compile(r"^( *)([#+=-]|[0-9]{1,9}(?=[.)]))")
_MARKS = {Voice.STRONG: "**", Voice.ASIDE: "*", Voice.MARK: "", Voice.PLAIN: ""}
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def to_markdown(document: Document) -> bytes:
    """Write a document as Markdown, in UTF-8."""
    parts = [f"# {_line(document.title)}", *(_block(block) for block in document.blocks)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escape(text: str) -> str:
    r"""Keep the characters of a line from acting as Markdown or HTML.

    >>> print(escape("1. <b>deux</b> [trois]"))
    1\. \<b\>deux\</b\> \[trois\]
    """
    text = _MARKUP.sub(r"\\\1", text)
    match = _OPENING.match(text)
    if match is None:
        return text
    mark, rest = match[2], text[match.end() :]
    return f"{mark}\\{rest}" if mark.isdecimal() else f"\\{mark}{rest}"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {_line(block.text)}"
    if isinstance(block, Quote):
        return "\n".join(_quoted(block.text))
    if isinstance(block, Facts):
        return "\n".join(_rows(block))
    return _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    text = "".join(map(_run, paragraph.runs)).strip()
    lines = [line.strip() for line in text.split("\n")]
    text = "\\\n".join(line for line in lines if line)
    if not text:
        return ""
    return f"**{text}**" if paragraph.tone in (Tone.QUESTION, Tone.WARNING) else text


def _run(run: Run) -> str:
    """Write a run; its marks lie against its words, as CommonMark asks."""
    text = "\n".join(escape(line) for line in printable(run.text).split("\n"))
    core, mark = text.strip(), _MARKS[run.voice]
    if not core or not mark:
        return text
    before, _, after = text.partition(core)
    return f"{before}{mark}{core}{mark}{after}"


def _quoted(text: str) -> Iterator[str]:
    """Write a quote, each of its lines on a line of its own."""
    lines = [line.strip() for line in printable(text).split("\n")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        yield f"> {escape(line)}{chr(92) if line and following else ''}" if line else ">"


def _rows(facts: Facts) -> Iterator[str]:
    """Write facts as a list, which every reader shows; tables are no part of CommonMark."""
    for fact in facts.rows:
        address = quote(fact.address, safe=_IN_ADDRESS)
        value = f"<{address}>" if address else _line(fact.value)
        yield f"- {_line(fact.name)}\N{NO-BREAK SPACE}: {value}"


def _line(text: str) -> str:
    return escape(" ".join(printable(text).split(" ")).replace("\n", " ").strip())
