"""Exports opened again, as those who receive them do."""

import io
import re

import docx
import pypdfium2
from docx.document import Document as WordFile
from markdown_it import MarkdownIt
from markdown_it.token import Token


def open_word(content: bytes) -> WordFile:
    return docx.Document(io.BytesIO(content))


def word_text(content: bytes) -> str:
    """Give the words of a Word file, in order, those of tables with them."""
    file = open_word(content)
    lines: list[str] = []
    for block in file.iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += (" ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


def markdown_tokens(content: bytes) -> list[Token]:
    """Read Markdown as a reader that allows everything does, tables, HTML and bare links too."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    flat: list[Token] = []
    for token in parser.parse(content.decode()):
        flat += [token, *(token.children or ())]
    return flat


def markdown_text(content: bytes) -> str:
    pieces = []
    for token in markdown_tokens(content):
        if token.type in ("text", "code_inline", "code_block", "text_special"):
            pieces.append(token.content)
        elif token.type in ("softbreak", "hardbreak", "paragraph_close", "heading_close"):
            pieces.append("\n")
    return "".join(pieces)


def squeezed(text: str) -> str:
    """Leave spaces and line ends out, which each format has where its lines are cut."""
    return re.sub(r"[\s\ufffe]+", "", text)
