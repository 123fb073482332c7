"""A notice as the checks read it: its front matter, headings, lines and sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rag.french import sentence_spans
from rag.loaders.metadata import Values, read_yaml

_FRONT_MATTER = re.compile(r"---\n(?P<front>.*?)\n---\n(?P<body>.*)", re.DOTALL)
_HEADING = re.compile(r"(?P<marks>#+) +(?P<text>.+)")
_LIST_MARK = re.compile(r"^\s*(?:[-*–]|\d+\.)\s+")
_SPACES = str.maketrans(dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " "))


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A Markdown file of ``documents/``; no-break spaces are read as spaces."""

    path: Path
    front: Values
    body: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file; one without front matter is all body."""
        text = path.read_text(encoding="utf-8").translate(_SPACES)
        found = _FRONT_MATTER.fullmatch(text)
        if not found:
            return cls(path, {}, text)
        return cls(path, read_yaml(found["front"], path=path), found["body"])

    @property
    def id(self) -> str:
        return str(self.front.get("id", ""))

    @property
    def covers(self) -> tuple[str, ...]:
        covers = self.front.get("covers")
        return tuple(map(str, covers)) if isinstance(covers, list) else ()

    @property
    def is_glossary(self) -> bool:
        return self.path.parent.name == "glossaire"

    @property
    def headings(self) -> list[Heading]:
        found = filter(None, map(_HEADING.fullmatch, self.body.splitlines()))
        return [Heading(len(match["marks"]), match["text"].strip()) for match in found]

    @property
    def words(self) -> int:
        """Words of the body, headings included, punctuation that stands alone left out."""
        return sum(bool(re.search(r"\w", word)) for word in self.body.split())

    def lines(self) -> Iterator[str]:
        """List the lines that are not headings, without the marks of lists."""
        for line in self.body.splitlines():
            if line.strip() and not _HEADING.fullmatch(line):
                yield _LIST_MARK.sub("", line, count=1)

    def sentences(self) -> Iterator[str]:
        """List the sentences that may be quoted alone, as the program cuts them."""
        for line in self.lines():
            yield from (line[start:end] for start, end in sentence_spans(line))
