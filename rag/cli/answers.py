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
    mode_line,
    name_sources,
    share_line,
    typographic,
)
from rag.paragraphs import left_out_line, paragraphs, told
from rag.remarks import stand_in
from rag.types import Answer, Hit, Sentence

NEAREST = 3


def print_answer(answer: Answer) -> None:
    """Print an answer with its sources, their warnings, and the day of its law."""
    if answer.understood:
        line = typographic(f"Question comprise : {answer.understood}\n")
        output.print(line, markup=False, style="dim")
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
    if instead := stand_in(answer):
        output.print(f"{typographic(instead)}\n", markup=False, style="dim")
    if answer.sentences and not answer.abstained:
        output.print(_plain(answer), markup=False)
    if answer.reason:
        output.print(answer.reason, markup=False)
    _print_checks(answer)
    output.print(typographic(f"Droit au {french_date(answer.as_of)}."), markup=False)
    if answer.filters:
        words = ", ".join(filter_words(answer.filters))
        output.print(typographic(f"Recherche limitée par vos filtres : {words}."), markup=False)
    output.print()


def _print_checks(answer: Answer) -> None:
    """Print how a written answer was made, and how much of it is verified and left out."""
    if not answer.is_written or answer.abstained:
        return
    share = share_line(answer.count_verified, of=len(answer.sentences))
    mode = mode_line(answer.mode)
    output.print(f"{mode[:1].upper()}{mode[1:]} ({share}).", markup=False)
    if answer.left_out:
        output.print(left_out_line(len(answer.left_out)), markup=False, style="yellow")


def _remarks(answer: Answer) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield what the reader must know of the sources, with their numbers."""
    for contradiction in answer.contradictions:
        yield disagreement_sentence(contradiction), answer.sources(contradiction)
    yield from _caveats(answer).items()


def _caveats(answer: Answer) -> dict[str, list[int]]:
    """List what the reader must know of the sources' place in time, with their numbers."""
    known: dict[str, list[int]] = {}
    for citation in answer.citations:
        for caveat in citation.hit.caveats:
            known.setdefault(caveat_sentence(caveat), []).append(citation.n)
    return known


def _plain(answer: Answer) -> str:
    """Write an answer, each quote on a line; what a model wrote in its own paragraphs."""
    kept = told(answer.sentences)
    lines = paragraphs(kept) if answer.is_written else [[sentence] for sentence in kept]
    return "\n".join(" ".join(map(_marked, line)) for line in lines) + "\n"


def _marked(sentence: Sentence) -> str:
    context = f"[{sentence.context}] " if sentence.context else ""
    return f"{context}{sentence.text} " + " ".join(f"[{n}]" for n in sentence.citations)


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
