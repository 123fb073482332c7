"""Turn a stream of headings and blocks into nested section units.

Shared by Markdown, HTML, DOCX, plain text and PDF outlines.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rag.loaders.builder import LINE, PARAGRAPH, TextBuilder, collapse
from rag.loaders.law.legal import Step, anchor, heading_article, label, slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading (``level`` from 1) or a block of text (``level`` 0).

    ``tight`` puts it on the line below the block before (an item of a list, a row).
    """

    text: str
    level: int = 0
    tight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    level: int
    heading: str
    article: str  # the anchor of the article that it is or lies in, else empty


def document_title(blocks: list[Block]) -> str:
    """Give the heading that is the title of the whole document, empty when there is none.

    It is the first heading, when it is the only one of its level and none is above it.
    """
    headings = [block for block in blocks if block.level]
    if not headings:
        return ""
    top = min(block.level for block in headings)
    is_first = headings[0].level == top and sum(block.level == top for block in headings) == 1
    is_title = is_first and (top == 1 or len(headings) > 1)
    return collapse(headings[0].text) if is_title else ""


def add_sections(blocks: Iterable[Block], *, builder: TextBuilder, language: str) -> None:
    """Append blocks; each heading opens a unit, nested by level, named by the heading.

    Text before the first section goes to the unit ``introduction``, or ``texte`` when there is
    no section at all. A heading « Article 5 » gives the anchor ``art_5``.
    """
    kept = [block for block in blocks if collapse(block.text)]
    title = document_title(kept)
    headings = sum(block.level > 0 for block in kept)
    writer = _Writer(
        builder, language, opening="texte" if headings == bool(title) else "introduction"
    )
    for block in kept:
        if block.level and title:
            builder.heading(title)
            title = ""
        elif block.level:
            writer.section(block)
        else:
            writer.text(block)
    writer.close(0)


@dataclass(slots=True)
class _Writer:
    """Keep the sections open while the blocks go by."""

    builder: TextBuilder
    language: str
    opening: str
    _sections: list[_Section] = field(default_factory=list)
    _is_opening: bool = False

    def text(self, block: Block) -> None:
        if not self._sections and not self._is_opening:
            self.builder.open(self.opening, label=_OPENINGS[self.language == "en"][self.opening])
            self._is_opening = True
        self.builder.block(block.text, separator=LINE if block.tight else PARAGRAPH)

    def section(self, block: Block) -> None:
        self.close(block.level)
        heading = collapse(block.text)
        self.builder.heading(heading)
        inside = self._sections[-1].article if self._sections else ""
        step = None if inside else heading_article(heading)
        name = f"{inside}.{slug(heading)}" if inside else slug(heading)
        unique = self.builder.open(
            _article_anchor(step) if step else name,
            label=label((step,), language=self.language) if step else heading,
            headings=(*(section.heading for section in self._sections), heading),
        )
        article = unique if step else inside
        self._sections.append(_Section(level=block.level, heading=heading, article=article))

    def close(self, level: int) -> None:
        """Close what is open at this level and below."""
        if self._is_opening:
            self.builder.close()
            self._is_opening = False
        while self._sections and self._sections[-1].level >= level:
            self._sections.pop()
            self.builder.close()


_OPENINGS = (
    {"introduction": "introduction", "texte": "texte"},
    {"introduction": "introduction", "texte": "text"},
)


def _article_anchor(step: Step) -> str:
    """Write the anchor of an article; a code's is known by its number alone (``L4001-3``)."""
    return step.name if step.name[0].isalpha() else anchor((step,))
