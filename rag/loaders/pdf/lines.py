"""Read the lines of a PDF page with their place, and mend superscripts and broken words."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from rag.loaders.builder import collapse

_LINE_ENDS = frozenset([0x0A, 0x0D])
_HYPHENS = frozenset([0x02, 0xFFFE, 0xAD])  # how pdfium gives the hyphen at the end of a line
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKER = re.compile(r"(?:\(?(?:[0-9]{1,3}|[a-z]{1,5})\)|[0-9]{1,3}(?:\.[0-9]+)*\.|[—–•-])\s*")
NOTE = "\ue000"
BROKEN = "\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text on a page, in points from the bottom left corner.

    Attributes:
        text: its words; ``NOTE`` stands for the mark of a footnote, ``BROKEN`` at its end for
            the hyphen of a word cut in two.
        left, right: the borders of its words; ``text_left`` that of its words after a number.
        baseline: the height of its letters' feet; ``share`` is that over the page's height.
        size: of its font.
    """

    text: str
    page: int
    left: float
    right: float
    text_left: float
    baseline: float
    share: float
    size: float


@dataclass(slots=True)
class _TextPage:
    """The characters of a page, by index."""

    handle: pypdfium2.PdfTextPage

    def code(self, index: int) -> int:
        return int(pdfium.FPDFText_GetUnicode(self.handle, index))

    def origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self.handle, index, x, y)
        return x.value, y.value

    def right(self, index: int) -> float:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self.handle, index, box)
        return float(box.right)

    def size(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.handle, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        return float(pdfium.FPDFText_GetFontSize(self.handle, index)) * scale


@dataclass(slots=True)
class _Run:
    """Characters that pdfium sets on one line."""

    indices: list[int]
    characters: list[str]
    left: float
    right: float
    baseline: float
    size: float


def read_lines(page: pypdfium2.PdfPage, *, number: int) -> list[Line]:
    """Read the lines of a page in the order in which pdfium gives them."""
    handle = page.get_textpage()
    try:
        text_page = _TextPage(handle)
        height = page.get_height() or 1.0
        runs = _merge(_measure(run, text_page) for run in _runs(text_page, handle.count_chars()))
        return [_line(run, text_page, number=number, height=height) for run in runs]
    finally:
        handle.close()


def _runs(text_page: _TextPage, count: int) -> Iterator[list[tuple[int, str]]]:
    run: list[tuple[int, str]] = []
    for index in range(count):
        code = text_page.code(index)
        if code in _HYPHENS:
            run.append((index, BROKEN))
        if code in _LINE_ENDS or code in _HYPHENS:
            yield run
            run = []
        elif code:
            run.append((index, chr(code)))
    yield run


def _measure(run: list[tuple[int, str]], text_page: _TextPage) -> _Run | None:
    visible = [index for index, character in run if not character.isspace()]
    if not visible:
        return None
    left, baseline = text_page.origin(visible[0])
    return _Run(
        indices=[index for index, _ in run],
        characters=[character for _, character in run],
        left=left,
        right=text_page.right(visible[-1]),
        baseline=baseline,
        size=max(text_page.size(index) for index in visible[:: max(1, len(visible) // 5)]),
    )


def _merge(runs: Iterable[_Run | None]) -> list[_Run]:
    """Join the runs of one row, which pdfium parts where a superscript begins or ends."""
    merged: list[_Run] = []
    for run in runs:
        if run is None:
            continue
        last = merged[-1] if merged else None
        if last and _same_row(last, run):
            last.indices += run.indices
            last.characters += run.characters
            last.right = run.right
            last.size = max(last.size, run.size)
        else:
            merged.append(run)
    return merged


def _same_row(last: _Run, run: _Run) -> bool:
    close = -2 < run.left - last.right < 4
    level = abs(run.baseline - last.baseline) < 0.6 * max(last.size, run.size)
    return close and level and last.characters[-1] != BROKEN


def _line(run: _Run, text_page: _TextPage, *, number: int, height: float) -> Line:
    characters = list(run.characters)
    raised = _raised(run, text_page)
    for position in raised:
        characters[position] = _superscript(characters, position, raised=raised)
    text = re.sub(rf"\s*\(\s*(?:{NOTE}+|\*)\s*\)|\s*{NOTE}+", NOTE, "".join(characters))
    marker = _MARKER.match("".join(run.characters).lstrip())
    text_left = run.left
    if marker:
        start = len(run.characters) - len("".join(run.characters).lstrip()) + marker.end()
        text_left = text_page.origin(run.indices[min(start, len(run.indices) - 1)])[0]
    return Line(
        text=collapse(text),
        page=number,
        left=run.left,
        right=run.right,
        text_left=text_left,
        baseline=run.baseline,
        share=run.baseline / height,
        size=run.size,
    )


def _raised(run: _Run, text_page: _TextPage) -> set[int]:
    """Find the digits (and the o of n°) set above the line."""
    positions = [
        position
        for position, character in enumerate(run.characters)
        if character.isdigit() or _is_number_sign(run.characters, position)
    ]
    return {p for p in positions if _is_raised(run.indices[p], run=run, text_page=text_page)}


def _is_raised(index: int, *, run: _Run, text_page: _TextPage) -> bool:
    """Say whether a character stands above the line, and smaller."""
    height = text_page.origin(index)[1] - run.baseline
    return height > 0.15 * run.size and text_page.size(index) < 0.72 * run.size


def _is_number_sign(characters: list[str], position: int) -> bool:
    if characters[position] != "o" or position == 0 or characters[position - 1] not in "nN":
        return False
    return position == 1 or not characters[position - 2].isalpha()


def _superscript(characters: list[str], position: int, *, raised: set[int]) -> str:
    """Write a raised character: n°, a power of ten, or else the mark of a footnote."""
    if characters[position] == "o":
        return "°"
    start = position
    while start - 1 in raised:
        start -= 1
    before = characters[start - 1] if start else ""
    if before.isdigit():
        return characters[position].translate(_SUPERSCRIPTS)
    return NOTE


@dataclass(frozen=True, slots=True)
class Speller:
    """The words that stand whole on the lines of a document, to mend those cut at a line's end."""

    words: Counter[str]
    hyphenates: bool

    def join(self, text: str, following: str) -> str:
        """Join a line to the next one.

        The hyphen stays in a compound that stands unbroken elsewhere (« sous-traitant »), and in
        an unknown word of a document that never cuts a known one.
        """
        if not text.endswith((BROKEN, "-")):
            return f"{text} {following}"
        head, (first, second) = text[:-1], _halves(text, following)
        if not first or not second:
            return f"{head}-{following}" if text.endswith(BROKEN) else f"{text} {following}"
        is_cut = self.words[f"{first}{second}"] > self.words[f"{first}-{second}"]
        unknown = not self.words[f"{first}-{second}"] and first not in _PREFIXES
        return (
            f"{head}{following}"
            if is_cut or (unknown and self.hyphenates)
            else (f"{head}-{following}")
        )


_PREFIXES = frozenset(["sous", "non", "ci", "celui", "celle", "ceux", "celles", "vis", "peut"])


def _halves(text: str, following: str) -> tuple[str, str]:
    """Give the two halves of a word cut at the end of ``text``, in lower case; else empty."""
    first = re.search(r"[^\W\d_]+$", text[:-1])
    second = re.match(r"[^\W\d_]+", following)
    if not first or not second or not following[0].islower():
        return "", ""
    return first.group().lower(), second.group().lower()


def speller(lines: list[Line]) -> Speller:
    """Learn the words of a document, and whether it cuts them at the end of a line."""
    words = Counter(
        word.lower()
        for line in lines
        for word in re.findall(rf"[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w{BROKEN}])", line.text)
    )
    halves = (
        _halves(before.text, line.text)
        for before, line in pairwise(lines)
        if before.text.endswith((BROKEN, "-"))
    )
    return Speller(words, any(words["".join(pair)] for pair in halves if pair[0]))
