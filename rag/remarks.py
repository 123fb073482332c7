"""What an answer says itself of its sources: warnings, and quieter notes.

A reader may never open a source. So what makes a passage no longer the law, or another source say
otherwise, stands under the sentences that quote it; what applies later, or changes later, stands
once under the answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rag.disagreement import disagreement_sentence
from rag.messages import caveat_sentence, french
from rag.types import Answer, Caveat, CaveatKind

STAND_IN = "Voici, à sa place, des extraits cités mot pour mot."


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on some sources, with the numbers of the sources that it holds for."""

    text: str
    sources: tuple[int, ...]


def warnings(answer: Answer) -> tuple[Remark, ...]:
    """List what the reader must not miss: sources at odds, what is not the law of the day."""
    return (*_disagreements(answer), *_remarks(answer, loud=True))


def notes(answer: Answer) -> tuple[Remark, ...]:
    """List what is good to know: what applies or changes later, what is not adopted yet."""
    return _remarks(answer, loud=False)


def stand_in(answer: Answer) -> str:
    """Say why an answer is made of quotes where a language model was to write it; else nothing."""
    if answer.failure is None:
        return ""
    return f"{french(answer.failure)} {STAND_IN if answer.sentences else ''}".strip()


def is_loud(caveat: Caveat) -> bool:
    """Whether a caveat must stand beside the sentences themselves."""
    return caveat.is_superseded or caveat.kind is CaveatKind.PREDATES


def _disagreements(answer: Answer) -> Iterator[Remark]:
    for contradiction in answer.contradictions:
        yield Remark(disagreement_sentence(contradiction), answer.sources(contradiction))


def _remarks(answer: Answer, *, loud: bool) -> tuple[Remark, ...]:
    sources: dict[str, list[int]] = {}
    for citation in answer.citations:
        for text in _texts(citation.hit.caveats, loud=loud):
            sources.setdefault(text, []).append(citation.n)
    return tuple(Remark(text, tuple(numbers)) for text, numbers in sources.items())


def _texts(caveats: Iterable[Caveat], *, loud: bool) -> list[str]:
    """List the distinct sentences of some caveats."""
    told = (caveat_sentence(caveat) for caveat in caveats if is_loud(caveat) is loud)
    return list(dict.fromkeys(told))
