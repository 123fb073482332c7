"""Lay the sentences of an answer out, alike in the page and in the commands."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from rag.french import is_list_item


class Cited(Protocol):
    """A piece of an answer with the numbers of its citations."""

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def citations(self) -> tuple[int, ...]:
        """The numbers of what supports it."""
        ...


_T = TypeVar("_T", bound=Cited)


def paragraphs(sentences: Iterable[_T]) -> list[list[_T]]:
    """Lay sentences out: one paragraph per citation, one line per item of a list."""
    laid_out: list[list[_T]] = []
    for sentence in sentences:
        if laid_out and not _starts_paragraph(laid_out[-1][-1], sentence):
            laid_out[-1].append(sentence)
        else:
            laid_out.append([sentence])
    return laid_out


def _starts_paragraph(previous: Cited, sentence: Cited) -> bool:
    return sentence.citations != previous.citations or is_list_item(sentence.text)
