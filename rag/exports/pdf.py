"""Render a document as a PDF: embedded fonts, bookmarks, numbered pages."""

from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from rag.exports.document import Block, Document, Facts, Heading, Paragraph, Quote, Tone, Voice
from rag.printable import REPLACEMENT, printable

FONTS = Path(__file__).parent / "fonts"
_FONT = "DejaVu"
_FILES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf", "I": "DejaVuSans-Oblique.ttf"}
_MARGIN, _LINE = 20, 5.2
_PAGES = "‹‹pages››"
"""Stands for the number of pages until it is known."""

_NAME_WIDTH, _NUMBER_WIDTH = 38, 13
"""Of the column that names facts, and of a page's number, in millimetres."""

_INK, _QUIET, _ACCENT = (23, 38, 46), (77, 98, 108), (15, 92, 115)
_WARNING, _BAR = (122, 74, 0), (115, 139, 149)
_SIZES = {1: 14, 2: 12, 3: 10}
_VOICES = {
    Voice.PLAIN: ("", _INK),
    Voice.STRONG: ("B", _INK),
    Voice.ASIDE: ("I", _QUIET),
    Voice.MARK: ("B", _ACCENT),
}


def to_pdf(document: Document) -> bytes:
    """Write a document as a PDF."""
    pages = _Pages(document)
    for block in document.blocks:
        pages.write_block(block)
    return bytes(pages.output())


class _Pages(FPDF):
    """The pages, headed by the title and ended by their number, as fpdf2 asks of a subclass."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        for style, file in _FILES.items():
            self.add_font(_FONT, style, FONTS / file)
        font = self.fonts[_FONT.lower()]
        self._known = frozenset(font.cmap if isinstance(font, TTFFont) else ())
        self._links: dict[str, int] = {}
        self._document = document
        self.set_lang("fr-FR")
        self.set_title(printable(document.title))
        self.set_author(document.author)
        self.set_creator(document.author)
        self.set_creation_date(document.created)
        self.set_margins(_MARGIN, _MARGIN)
        self.set_auto_page_break(True, margin=_MARGIN)
        self.c_margin = 0
        self.alias_nb_pages(_PAGES)
        self.add_page()
        self._text(document.title, style="B", size=15, color=_ACCENT, line=7)
        self.ln(2)

    def header(self) -> None:
        """Repeat the title above every page but the first, which bears it."""
        if self.page > 1:
            padding, self.c_margin = self.c_margin, 0
            self.set_y(10)
            self._text(self._document.title, size=8, color=_QUIET, line=4)
            self.set_y(_MARGIN)
            self.c_margin = padding

    def footer(self) -> None:
        """Give the page's number, and how many there are."""
        padding, self.c_margin = self.c_margin, 0  # what a quote cut by the page has set
        self.set_y(-14)
        self._font("", 8, _QUIET)
        self.cell(0, 4, self._shown(self._document.author))
        self.set_x(self.w - self.r_margin - _NUMBER_WIDTH)
        self.cell(0, 4, f"{self.page}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{_PAGES}")
        self.c_margin = padding

    def write_block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Quote):
            self._barred(block.text, color=_INK, bar=_BAR)
        elif isinstance(block, Facts):
            self._facts(block)
        elif block.tone is Tone.WARNING:
            self._barred(_plain(block), color=_WARNING, bar=_WARNING)
        elif block.tone is Tone.BODY:
            self._runs(block)
        else:
            is_question = block.tone is Tone.QUESTION
            size, color = (11.5, _INK) if is_question else (9, _QUIET)
            self._text(_plain(block), style="B" if is_question else "", size=size, color=color)
            self.ln(2)

    def _heading(self, block: Heading) -> None:
        self.ln({1: 5, 2: 3, 3: 2}[block.level])
        if self.will_page_break(3 * _LINE):
            self.add_page()
        text = self._shown(" ".join(block.text.split("\n")))
        self._font("B", _SIZES[block.level], _ACCENT)
        self.start_section(text, level=block.level - 1)
        if block.name:
            self.set_link(self._link(block.name), y=self.y, page=self.page)
        self._text(text, style="B", size=_SIZES[block.level], color=_ACCENT)
        self.ln(1.5)

    def _runs(self, block: Paragraph) -> None:
        """Write a paragraph of several voices, wrapped as one."""
        with self.text_columns(text_align="L", line_height=1.45) as column:
            paragraph = column.paragraph()
            for run in block.runs:
                style, color = _VOICES[run.voice]
                self._font(style, 10, color)
                link = self._link(run.target) if run.target else None
                paragraph.write(self._shown(run.text), link=link)
            column.end_paragraph()
        self.ln(2.5)

    def _barred(self, text: str, *, color: tuple[int, int, int], bar: tuple[int, int, int]) -> None:
        """Write a text behind a bar, which goes on over a page break."""
        self.set_draw_color(*bar)
        self.set_line_width(0.8)
        self.c_margin = 3
        self.set_x(self.l_margin + 2)
        self._text(text, size=10, color=color, border="L", keep_x=True)
        self.c_margin = 0
        self.ln(2)

    def _facts(self, block: Facts) -> None:
        for fact in block.rows:
            self._font("B", 8.5, _QUIET)
            self.cell(_NAME_WIDTH, 4.4, self._shown(fact.name))
            color = _ACCENT if fact.address else _INK
            self._text(fact.value, size=8.5, color=color, line=4.4, keep_x=True, link=fact.address)
        self.ln(2)

    def _text(
        self,
        text: str,
        *,
        size: float,
        color: tuple[int, int, int],
        style: str = "",
        line: float = _LINE,
        border: str = "",
        keep_x: bool = False,
        link: str = "",
    ) -> None:
        """Write a text of one voice, from the margin unless told to go on from where one is."""
        self._font(style, size, color)
        if not keep_x:
            self.set_x(self.l_margin)
        self.multi_cell(
            0,
            line,
            self._shown(text),
            align="L",
            border=border or 0,
            link=link,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def _font(self, style: str, size: float, color: tuple[int, int, int]) -> None:
        self.set_font(_FONT, style, size)
        self.set_text_color(*color)

    def _link(self, name: str) -> int:
        """Give the link that leads to a heading, which may come later."""
        if name not in self._links:
            self._links[name] = self.add_link(page=1)  # set once its heading is written
        return self._links[name]

    def _shown(self, text: str) -> str:
        """Replace what the font cannot show."""
        return "".join(
            one if one == "\n" or ord(one) in self._known else REPLACEMENT
            for one in printable(text).replace("\t", " ")
        )


def _plain(block: Paragraph) -> str:
    return "".join(run.text for run in block.runs).strip()
