"""Find the few words of an answer that a question of fact asks for.

« Quand », « combien », « qui », « quelle référence »: a date, a duration, a sum, an actor, an
article. The words are those of the quote, and only shown more strongly.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.french.facts import FIGURES, SUM, YEAR, facts_answering
from rag.types import DraftSentence

MOST_ALTERNATIVES = 3
"""Figures of one kind in a sentence that are told side by side; more of them tell none."""


def with_emphasis(question: str, sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Mark the words that answer, in the first sentence that holds such words.

    Words that the question itself holds are no answer; a bare year is one where no date is
    told. Where a sentence tells several figures of the kind (« cinq ans » for some systems,
    « quatre ans » for others), all are marked: one alone would pass for the answer of every case.
    A question that asks for no such fact changes nothing.
    """
    for year_alone in (False, True):
        for place, sentence in enumerate(sentences):
            found = facts_answering(question, sentence.text)
            spans = [span for span in found if _is_year(sentence.text, span) == year_alone]
            if spans:
                marked = replace(sentence, emphasis=_with_alternatives(sentence.text, spans))
                return [*sentences[:place], marked, *sentences[place + 1 :]]
    return list(sentences)


def _with_alternatives(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give the first of some spans, and the other figures of its kind in the order of the text."""
    first = text[slice(*spans[0])]
    kind = next((form for form in (*FIGURES, SUM) if form.fullmatch(first)), None)
    if kind is None:
        return (spans[0],)
    same = sorted({span for span in spans if kind.fullmatch(text[slice(*span)])})
    return tuple(same) if len(same) <= MOST_ALTERNATIVES else ()


def _is_year(text: str, span: tuple[int, int]) -> bool:
    return YEAR.fullmatch(text[slice(*span)]) is not None
