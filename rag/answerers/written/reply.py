"""Read what a language model wrote: its sentences, the numbers that they cite, what it lacks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.french import is_list_item, sentence_spans

MOST_SENTENCES = 20
_CITED = re.compile(
    r"\s*[\[【](?:(?:passages?|sources?|n°)\s*)?"
    r"(?P<numbers>\d{1,3}(?:\s*(?:,|;|et|-|–)\s*\d{1,3})*)[^\]】\w]*[\]】]",
    re.IGNORECASE,
)
_STOP_THEN_MARKS = re.compile(
    rf"(?P<stop>[.!?…;:](?:\s?[»”])?)(?P<marks>(?:{_CITED.pattern.replace('?P<numbers>', '?:')})+)",
    re.IGNORECASE,
)
_LACKS = re.compile(r"^[\W\d]*manque\w*\s*:\s*(?P<what>.+)$", re.IGNORECASE)
_LACKS_AFTER = re.compile(r"(?<=[.!?\]])\s+(?=MANQUE\w*\s*:)")
"""Where a model goes on with what is lacking on the line of a sentence."""

_BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`|^#{1,6}\s+|^>\s+|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)", re.MULTILINE)
_SPACE_BEFORE_STOP = re.compile(r"\s+([.,)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence of a model, without its marks.

    Attributes:
        text: its words.
        cited: the numbers that it cites, each once, in order.
        starts_paragraph: whether it begins a line.
    """

    text: str
    cited: tuple[int, ...]
    starts_paragraph: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model wrote: sentences, and what it says the passages lack."""

    sentences: tuple[Said, ...] = ()
    lacks: str = ""


def read_reply(text: str, *, is_whole: bool = True) -> Reply:
    """Read a reply, or as much of it as is complete.

    >>> read_reply("Six mois au moins. [1] Dix ans [2][3].").sentences[1].cited
    (2, 3)

    Args:
        text: what the model wrote, in Markdown or not.
        is_whole: whether nothing more comes; else the last sentence is left out.
    """
    said: list[Said] = []
    lacks = ""
    for line in _LACKS_AFTER.sub("\n", _EMPHASIS.sub("", text)).splitlines():
        if match := _LACKS.match(line.strip()):
            lacks = _tidy(_CITED.sub("", match["what"]))
        elif line.strip():
            said.extend(_sentences(line))
    if not is_whole:
        said, lacks = said[:-1], ""
    return Reply(sentences=tuple(said[:MOST_SENTENCES]), lacks=lacks)


def _sentences(line: str) -> Iterator[Said]:
    """Yield the sentences of a line; marks after a stop belong to the sentence that it ends."""
    bare = line.strip() if is_list_item(line.strip()) else _BULLET.sub("", line)
    moved = _STOP_THEN_MARKS.sub(lambda match: match["marks"] + match["stop"], bare.strip())
    for place, (start, end) in enumerate(sentence_spans(moved)):
        sentence = moved[start:end]
        text = _tidy(_CITED.sub("", sentence))
        if any(map(str.isalnum, text)):
            yield Said(text=text, cited=_numbers(sentence), starts_paragraph=not place)


def _numbers(sentence: str) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for match in _CITED.finditer(sentence):
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        if re.search(r"[-–]", match["numbers"]) and len(numbers) == 2 and numbers[0] < numbers[1]:
            numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 8) + 1))
        found.update(dict.fromkeys(numbers))
    return tuple(found)


def _tidy(text: str) -> str:
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(text.split(" "))).strip()
