"""An answer as it is copied: its words with their marks, the references, and what it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from rag.dates import french_date
from rag.messages import NBSP, filter_words, typographic
from rag.remarks import notes
from rag.types import Answer
from rag.ui import wording
from rag.ui.remarks import with_warnings
from rag.ui.sources import Card, cards
from rag.ui.turns import ShownSentence, Turn

WHAT_A_MODEL_WROTE_IS = typographic(
    "Réponse de RadIAct, un système d’intelligence artificielle, rédigée par un modèle de langage, "
    "chaque phrase vérifiée dans les passages cités : ni avis juridique, ni avis médical. "
    "À vérifier dans les textes."
)
WHAT_IT_IS = typographic(
    "Citations choisies par RadIAct, un système d’intelligence artificielle : ni avis juridique, "
    "ni avis médical. À vérifier dans les textes."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A line of the list of references; ``url`` may be empty."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What goes to the clipboard, as paragraphs and as a list of references."""

    question: str
    day: str
    paragraphs: tuple[str, ...]
    references: tuple[Reference, ...]
    what_it_is: str = WHAT_IT_IS

    @property
    def text(self) -> str:
        """The same in plain text."""
        listed = "\n".join(f"{one.text} {one.url}".strip() for one in self.references)
        blocks = (self.question, self.day, *self.paragraphs, listed, self.what_it_is)
        return "\n\n".join(filter(None, blocks))


def copied(turn: Turn, answer: Answer) -> Copied:
    """Make what is copied of a turn with its answer."""
    return Copied(
        question=typographic(f"Question : {turn.question.strip()}"),
        day=_day(answer),
        paragraphs=tuple(_paragraphs(turn, answer)),
        references=() if answer.abstained else tuple(map(_reference, cards(answer))),
        what_it_is=WHAT_A_MODEL_WROTE_IS if answer.is_written else WHAT_IT_IS,
    )


def link(answer: Answer) -> str:
    """Give the query of the page's address that asks the same of the law of the same day.

    A follow-up is asked as it was completed. The filters are not part of it.
    """
    return "?" + urlencode(
        {"q": answer.understood or answer.question, "date": answer.as_of.isoformat()}
    )


def _day(answer: Answer) -> str:
    told = f"Droit au {french_date(answer.as_of)}"
    if answer.filters:
        told += f" ; seulement : {', '.join(filter_words(answer.filters))}"
    return typographic(f"{told}.")


def _paragraphs(turn: Turn, answer: Answer) -> Iterator[str]:
    """Yield what an answer lacks, its paragraphs with their warnings, then its notes."""
    if answer.abstained:
        yield typographic(answer.reason or wording.NO_ANSWER)
        return
    if answer.reason:
        yield f"{wording.PARTIAL} {wording.missing_line(answer.reason)}"
    for paragraph, warned in with_warnings(turn):
        yield " ".join(map(_marked, paragraph))
        for remark in warned:
            names = wording.lowered(wording.source_names(remark.sources))
            yield f"{wording.WARNING} {names}. {remark.text}"
    for remark in notes(answer):
        names = wording.source_names(remark.sources)
        yield f"{names}{NBSP}: {wording.lowered(remark.text)}"


def _marked(sentence: ShownSentence) -> str:
    context = f"[{typographic(sentence.context)}] " if sentence.context else ""
    marks = "".join(f"{NBSP}[{number}]" for number in sentence.citations)
    return f"{context}{typographic(sentence.text).strip()}{marks}"


def _reference(card: Card) -> Reference:
    told = (
        *(card.title, card.reference, card.page, card.publisher),
        *(card.day, card.language, wording.lowered(card.origin)),
    )
    return Reference(text=f"[{card.number}] {', '.join(filter(None, told))}.", url=card.url)
