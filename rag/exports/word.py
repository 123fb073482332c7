"""Render a document for Word: real styles, French throughout, numbered pages."""

import io
from datetime import UTC

import docx
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from rag.exports.document import Block, Document, Facts, Heading, Paragraph, Quote, Run, Tone, Voice
from rag.exports.word_styles import ASIDE, FACT, GAP, MARK, prepare
from rag.printable import printable

_STYLES = {
    Tone.BODY: "Normal",
    Tone.QUESTION: "Question",
    Tone.NOTE: "Note",
    Tone.WARNING: "Avertissement",
}
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB", "de": "de-DE", "es": "es-ES", "it": "it-IT"}


def to_docx(document: Document) -> bytes:
    """Write a document as a Word file."""
    file = docx.Document()
    prepare(file)
    _describe(file, document)
    file.add_heading(printable(document.title), level=0)
    writer = _Writer(file)
    for block in document.blocks:
        writer.write(block)
    _furnish(file, document)
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


class _Writer:
    """Append blocks; each heading that has a name, and each quote, gets a bookmark."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._bookmarks = 0

    def write(self, block: Block) -> None:
        if isinstance(block, Heading):
            paragraph = self._file.add_heading(_line(block.text), level=block.level)
            if block.name:
                self._bookmark(paragraph, block.name)
        elif isinstance(block, Quote):
            self._quote(block)
        elif isinstance(block, Facts):
            self._facts(block)
        else:
            self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._file.add_paragraph(style=_STYLES[block.tone])
        for run in block.runs:
            _add_run(paragraph, run)

    def _quote(self, block: Quote) -> None:
        """Append a quote, tagged by its style, its bookmark and its language."""
        paragraph = self._file.add_paragraph(style="Quote")
        run = paragraph.add_run(printable(block.text))
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LANGUAGES.get(block.language, block.language))
        run._r.get_or_add_rPr().append(language)
        self._bookmark(paragraph, block.name)

    def _facts(self, block: Facts) -> None:
        table = self._file.add_table(rows=0, cols=2)
        table.autofit = False
        widths = (Cm(3.8), Cm(13.2))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for fact in block.rows:
            cells = table.add_row().cells
            for cell, width in zip(cells, widths, strict=True):
                cell.width, cell.paragraphs[0].style = width, FACT
            name, value = (cell.paragraphs[0] for cell in cells)
            name.add_run(_line(fact.name)).bold = True
            if fact.address:
                _add_link(value, printable(fact.value), address=fact.address)
            else:
                value.add_run(printable(fact.value))
        self._file.add_paragraph(style=GAP)

    def _bookmark(self, paragraph: WordParagraph, name: str) -> None:
        """Put a bookmark around the words of a paragraph."""
        self._bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), str(self._bookmarks))
        start.set(qn("w:name"), name)
        properties = paragraph._p.pPr
        paragraph._p.insert(0 if properties is None else 1, start)
        paragraph._p.append(end)


def _add_run(paragraph: WordParagraph, run: Run) -> None:
    text = printable(run.text)
    if run.target:
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), run.target)
        _fill_link(paragraph, link, text, style=MARK)
        return
    words = paragraph.add_run(text)
    words.bold = True if run.voice is Voice.STRONG else None
    if run.voice is Voice.ASIDE:
        words.style = ASIDE


def _add_link(paragraph: WordParagraph, text: str, *, address: str) -> None:
    """Append words that lead to a web address."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, _HYPERLINK, is_external=True))
    _fill_link(paragraph, link, text, style=MARK)


def _fill_link(paragraph: WordParagraph, link: etree._Element, text: str, *, style: str) -> None:
    run = paragraph.add_run(text, style=style)
    link.append(run._r)
    paragraph._p.append(link)


_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _describe(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title = printable(document.title)
    properties.author = properties.last_modified_by = document.author
    properties.language = "fr-FR"
    properties.comments = ""
    moment = document.created.astimezone(UTC).replace(tzinfo=None)  # which it takes for UTC
    properties.created = properties.modified = moment


def _furnish(file: WordFile, document: Document) -> None:
    """Head each page with the title, and end it with its number."""
    section = file.sections[0]
    section.header.paragraphs[0].text = printable(document.title)
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{printable(document.author)}\t\tPage\N{NO-BREAK SPACE}")
    _add_field(footer, "PAGE")
    footer.add_run(" / ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: WordParagraph, code: str) -> None:
    """Append a number that Word computes."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _line(text: str) -> str:
    return printable(text).replace("\n", " ")
