"""Find the few words of an answer that a question of fact asks for.

« Quand », « combien », « qui », « quelle référence »: a date, a duration, a sum, an actor, an
article. The words are those of the quote, and only shown more strongly.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.french.facts import YEAR, facts_answering
from rag.types import DraftSentence


def with_emphasis(question: str, sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Mark the words that answer, in the first sentence that holds such words.

    Words that the question itself holds are no answer; a bare year is one where no date is
    told. A question that asks for no such fact changes nothing.
    """
    for year_alone in (False, True):
        for place, sentence in enumerate(sentences):
            found = facts_answering(question, sentence.text)
            spans = (span for span in found if _is_year(sentence.text, span) == year_alone)
            if (span := next(spans, None)) is not None:
                marked = replace(sentence, emphasis=(span,))
                return [*sentences[:place], marked, *sentences[place + 1 :]]
    return list(sentences)


def _is_year(text: str, span: tuple[int, int]) -> bool:
    return YEAR.fullmatch(text[slice(*span)]) is not None
