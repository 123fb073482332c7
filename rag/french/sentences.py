"""Find sentences in French legal prose, by their offsets.

A line break always ends a sentence: the loaders put each paragraph and each point of a list on
a line of its own. Inside a line, a full stop ends a sentence unless it closes an abbreviation
(« art. 26, par. 6 », « M. Kotter »), an initial, a code reference (« L. 4001-3 ») or the number
that opens a paragraph (« 1. »).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Never the end of a sentence, whatever follows.
TITLES = frozenset("al av cf dr drs m max me mgr mlle mm mme mmes mr pr prof st ste".split())
# Not the end of a sentence before a number or a code's article (« art. 26 », « art. L. 4001-3 »);
# some of these words may end one otherwise (« l’état de l’art. Le fournisseur… »).
BEFORE_NUMBERS = frozenset(
    "alin ann art arts ch chap coll éd fasc fig n no nos nº obs p par para part pp pt pts r réf "
    "ref sect ss t tab tit v vol".split()
)
_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"(?:\.{3}|[.!?…])(?P<closers>(?:\s?[»”]|[\"')\]])*)\s+(?P<next>\S)")
_LAST_WORD = re.compile(r"[\w°º.-]*$")
_PARAGRAPH_NUMBER = re.compile(r"\s*«?\s?(?:\(?\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])$")
_NUMBER = re.compile(r"\s*(?:\d|[IVXLC]+\b|[LRDA]\.)")
_LIST_ITEM = re.compile(r"\(?(?:[a-z]{1,5}|[ivxl]+|\d{1,3}|[A-Z])\)\s|[–—•-]\s")


class Span(NamedTuple):
    """Offsets of a piece of text: ``text[start:end]``."""

    start: int
    end: int


def sentence_spans(text: str, *, start: int = 0, end: int | None = None) -> list[Span]:
    """Find the sentences of ``text[start:end]``; offsets count from the start of ``text``.

    Spans are in order, do not overlap, begin and end on a visible character, and together
    cover every visible character.

    >>> text = "Voir l’art. 26, par. 6. C’est clair."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Voir l’art. 26, par. 6.', 'C’est clair.']
    """
    piece = text[start:end]
    return [
        Span(start + span.start, start + span.end)
        for line in _LINE.finditer(piece)
        for span in _spans_in_line(line.group(), line.start())
    ]


def _spans_in_line(line: str, offset: int) -> Iterator[Span]:
    begin = 0
    for stop in [*_stops(line), len(line)]:
        sentence = line[begin:stop]
        lead = len(sentence) - len(sentence.lstrip())
        if visible := sentence.strip():
            yield Span(offset + begin + lead, offset + begin + lead + len(visible))
        begin = stop


def _stops(line: str) -> Iterator[int]:
    """Offsets where a sentence ends, closing quotes and brackets included."""
    for match in _STOP.finditer(line):
        if _ends_sentence(line, match):
            yield match.end("closers")


def is_list_item(text: str) -> bool:
    """Tell whether a text opens as an item of a list.

    >>> is_list_item("b) un tiers l’évalue"), is_list_item("(UE) 2024/1689")
    (True, False)
    """
    return bool(_LIST_ITEM.match(text))


def _ends_sentence(line: str, match: re.Match[str]) -> bool:
    following = match["next"]
    if not (following.isupper() or following.isdecimal() or following in '«“"([–—-•§'):
        return False
    return line[match.start()] != "." or not _is_abbreviation(
        line[: match.start()], after=line[match.start() + 1 :]
    )


def _is_abbreviation(before: str, *, after: str) -> bool:
    """Tell whether the full stop between two texts closes an abbreviation."""
    if _PARAGRAPH_NUMBER.fullmatch(before):
        return True
    found = _LAST_WORD.search(before)
    word = found.group() if found else ""
    name = word.lower().strip(".")
    if name in TITLES or (name in BEFORE_NUMBERS and _NUMBER.match(after)):
        return True
    # An initial (« E. Kotter »), or the letter of a code's article (« L. 4001-3 »).
    if len(word) != 1 or not word.isupper() or word in "IVX":  # « classe I. Elle… »
        return False
    return after.lstrip()[:1].isupper() or word in "LRDA"
