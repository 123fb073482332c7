"""Print an answer in the terminal."""

from collections.abc import Iterator, Sequence

from rag.cli.console import output
from rag.dates import french_date
from rag.disagreement import disagreement_sentence
from rag.messages import (
    KINDS,
    caveat_sentence,
    filter_words,
    in_language,
    name_sources,
    typographic,
)
from rag.types import Answer, Hit

NEAREST = 3


def print_answer(answer: Answer) -> None:
    """Print an answer with its sources, their warnings, and the day of its law."""
    if answer.understood:
        told = typographic(f"Question comprise : {answer.understood}\n")
        output.print(told, markup=False, style="dim")
    _print_words(answer)
    for citation in answer.citations:
        line = f"[{citation.n}] {_reference(citation.hit)}"
        output.print(typographic(line), markup=False, style="dim")
    for caveat, numbers in _remarks(answer):
        output.print(
            typographic(f"{name_sources(numbers)} — {caveat}"), markup=False, style="yellow"
        )
    if answer.abstained and answer.hits:
        output.print(typographic("\nPassages les plus proches :"), markup=False, style="dim")
        for hit in answer.hits[:NEAREST]:
            output.print(typographic(f"- {_reference(hit)}"), markup=False, style="dim")


def _print_words(answer: Answer) -> None:
    """Print what is answered, then the day and the filters that it holds for."""
    if answer.sentences:
        output.print(_plain(answer), markup=False)
    if answer.reason:
        output.print(answer.reason, markup=False)
    output.print(typographic(f"Droit au {french_date(answer.as_of)}."), markup=False)
    if answer.filters:
        words = ", ".join(filter_words(answer.filters))
        output.print(typographic(f"Recherche limitée par vos filtres : {words}."), markup=False)
    output.print()


def _remarks(answer: Answer) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield what the reader must know of the sources, with their numbers."""
    for contradiction in answer.contradictions:
        yield disagreement_sentence(contradiction), answer.sources(contradiction)
    yield from _caveats(answer).items()


def _caveats(answer: Answer) -> dict[str, list[int]]:
    """List what the reader must know of the sources' place in time, with their numbers."""
    told: dict[str, list[int]] = {}
    for citation in answer.citations:
        for caveat in citation.hit.caveats:
            told.setdefault(caveat_sentence(caveat), []).append(citation.n)
    return told


def _plain(answer: Answer) -> str:
    marked = (
        (f"[{sentence.context}] " if sentence.context else "")
        + f"{sentence.text} "
        + " ".join(f"[{n}]" for n in sentence.citations)
        for sentence in answer.sentences
    )
    return "\n".join(marked) + "\n"


def _reference(hit: Hit) -> str:
    facts, passage = hit.metadata, hit.passage
    parts = [facts.title, passage.label, KINDS[facts.kind].lower(), facts.publisher]
    if facts.language != "fr":
        parts.append(in_language(facts.language))
    if passage.page:
        parts.append(f"page {passage.page}")
    if facts.url:
        parts.append(facts.url)
    return ", ".join(part for part in parts if part)
