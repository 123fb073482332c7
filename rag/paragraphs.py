"""Lay the sentences of an answer out, alike in the page and in the commands."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from rag.french import is_list_item
from rag.types import Finding, Sentence


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

    @property
    def finding(self) -> Finding | None:
        """What was checked of it, where a language model wrote it."""
        ...

    @property
    def starts_paragraph(self) -> bool:
        """Whether the model went to a new line before it."""
        ...


_T = TypeVar("_T", bound=Cited)


def paragraphs(sentences: Iterable[_T]) -> list[list[_T]]:
    """Lay sentences out: quotes in a paragraph per citation, one line per item of a list.

    What a language model wrote runs on as prose, in the paragraphs that it made.
    """
    laid_out: list[list[_T]] = []
    for sentence in sentences:
        if laid_out and not _starts_paragraph(laid_out[-1][-1], sentence):
            laid_out[-1].append(sentence)
        else:
            laid_out.append([sentence])
    return laid_out


def told(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Give the sentences that the reader is told, without those left out as not verified.

    The paragraph that one of these began begins with the next one.
    """
    kept: list[Sentence] = []
    is_starting = False
    for sentence in sentences:
        is_starting = is_starting or sentence.starts_paragraph
        if not sentence.is_left_out:
            kept.append(replace(sentence, starts_paragraph=is_starting))
            is_starting = False
    return tuple(kept)


def left_out_line(count: int) -> str:
    """Say how many sentences are left out.

    >>> left_out_line(1).replace("\N{NO-BREAK SPACE}", " ")
    '1 phrase non vérifiée n’est pas montrée.'
    >>> left_out_line(2).replace("\N{NO-BREAK SPACE}", " ")
    '2 phrases non vérifiées ne sont pas montrées.'
    """
    if count == 1:
        return "1\N{NO-BREAK SPACE}phrase non vérifiée n’est pas montrée."
    return f"{count}\N{NO-BREAK SPACE}phrases non vérifiées ne sont pas montrées."


def _starts_paragraph(previous: Cited, sentence: Cited) -> bool:
    if is_list_item(sentence.text):
        return True
    if sentence.finding is not None:
        return sentence.starts_paragraph
    return sentence.citations != previous.citations
