"""Find the few words of an answer that a question of fact asks for.

« Quand », « combien », « qui », « quelle référence »: a date, a duration, a sum, an actor, an
article. The words are those of the quote, and only shown more strongly.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.french import fold
from rag.french.facts import YEAR, facts_in, forms_asked
from rag.types import DraftSentence


def with_emphasis(question: str, sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Mark the words that answer, in the first sentence that holds such words.

    Words that the question itself holds are no answer; a bare year is one where no date is
    told. A question that asks for no such fact changes nothing.
    """
    forms, asked = forms_asked(question), fold(question)
    for sought in ([form for form in forms if form is not YEAR], [YEAR] if YEAR in forms else []):
        for place, sentence in enumerate(sentences):
            found = facts_in(sentence.text, sought, besides=asked)
            if (span := next(found, None)) is not None:
                marked = replace(sentence, emphasis=(span,))
                return [*sentences[:place], marked, *sentences[place + 1 :]]
    return list(sentences)
