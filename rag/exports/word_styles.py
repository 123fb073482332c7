"""The styles of a Word file: those of Word, made sober, and a few of our own."""

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.styles.styles import Styles

ASIDE = "Hors citation"
MARK = "Renvoi"
FACT = "Fait"
GAP = "Après tableau"

_FONT = "Calibri"
_INK, _ACCENT = RGBColor(0x17, 0x26, 0x2E), RGBColor(0x0F, 0x5C, 0x73)
_QUIET, _WARNING = RGBColor(0x4D, 0x62, 0x6C), RGBColor(0x7A, 0x4A, 0x00)
_TEXT_WIDTH = Cm(17)


def prepare(file: WordFile) -> None:
    """Set the page, the language and the styles of an empty document."""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _speak_french(file)
    styles = file.styles
    _set(styles["Normal"], size=10.5, color=_INK, after=6)
    _set(styles["Title"], size=20, color=_ACCENT, after=10)
    for level, size in ((1, 16), (2, 13), (3, 11)):
        _set(styles[f"Heading {level}"], size=size, color=_ACCENT, after=4)
        styles[f"Heading {level}"].paragraph_format.space_before = Pt(18 - 3 * level)
    _set(styles["Quote"], size=10.5, color=_INK, after=6)
    styles["Quote"].font.italic = False
    _indent(styles["Quote"], bar="738B95")
    _add_styles(styles)
    for name in ("Header", "Footer"):
        _set(styles[name], size=8.5, color=_QUIET, after=0)
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(_TEXT_WIDTH // 2, WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _add_styles(styles: Styles) -> None:
    """Add the styles that Word has not."""
    _set(_added(styles, "Question"), size=12, color=_INK, after=8)
    styles["Question"].font.bold = True
    _set(_added(styles, "Note"), size=9.5, color=_QUIET, after=6)
    warning = _added(styles, "Avertissement")
    _set(warning, size=10, color=_WARNING, after=6)
    warning.font.bold = True
    _indent(warning, bar="7A4A00")
    _set(_added(styles, FACT), size=9, color=_INK, after=1)
    _set(_added(styles, GAP), size=4, color=_INK, after=0)
    for name, color in ((ASIDE, _QUIET), (MARK, _ACCENT)):
        _added(styles, name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = color


def _added(
    styles: Styles, name: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH
) -> ParagraphStyle:
    """Add a style, that of a paragraph being based on the normal one."""
    style: ParagraphStyle = styles.add_style(name, kind)  # type: ignore[no-untyped-call]
    if kind is WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = styles["Normal"]
    return style


def _set(style: ParagraphStyle, *, size: float, color: RGBColor, after: float) -> None:
    """Set the font of a style and the space after its paragraphs, in points."""
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)  # a font of the theme would win
    style.paragraph_format.space_after = Pt(after)


def _indent(style: ParagraphStyle, *, bar: str) -> None:
    """Set a paragraph back from the margin, behind a bar of this colour."""
    style.paragraph_format.left_indent = Cm(0.6)
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", bar)):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _speak_french(file: WordFile) -> None:
    """Make French the language of what does not say another."""
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")
    for language in file.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "fr-FR")
