"""Find the few words of an answer that a question of fact asks for.

« Quand », « combien », « qui », « quelle référence »: a date, a duration, a sum, an actor, an
article. The words are those of the quote, and only shown more strongly.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answerers.facts import ACTOR, COUNT, DATE, DURATION, REFERENCE, SUM
from rag.french import fold
from rag.types import DraftSentence

_ASKED = (
    (
        r"\bcombien de (?:temps|jours|mois|annees)|\bdelai|\bduree|\bquand\b|\bdates?\b|\bdepuis\b"
        r"|a partir de quand|\bechean|\bjusqu",
        (DATE, DURATION),
    ),
    (
        r"\bcombien\b|\bmontant|\bamende|\bsanction|\bplafond|\bseuil|\bpourcentage|\bcoute",
        (SUM, DURATION, COUNT),
    ),
    (
        r"\bquel(?:le)?s? (?:articles?|textes?|references?|lois?|reglements?|normes?|annexes?"
        r"|regles?)|\bou est[- ](?:ce )?(?:dit|ecrit)|\bbase legale",
        (REFERENCE,),
    ),
    (r"\bqui\b(?! (?:est|sont) \w+ (?:a|par)\b)|\bquel(?:le)?s? (?:autorite|organisme)", (ACTOR,)),
)
"""What a question asks for, by its words; the first kind that fits."""


def with_emphasis(question: str, sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Mark the words that answer, in the first sentence that holds such words.

    Words that the question itself holds are no answer. A question that asks for no such fact
    changes nothing.
    """
    forms, asked = _forms(question), fold(question)
    for place, sentence in enumerate(sentences):
        for form in forms:
            for match in form.finditer(sentence.text):
                if fold(match.group()) not in asked:
                    marked = replace(sentence, emphasis=(match.span(),))
                    return [*sentences[:place], marked, *sentences[place + 1 :]]
    return list(sentences)


def _forms(question: str) -> tuple[re.Pattern[str], ...]:
    """List the forms of what a question of fact asks for, the likeliest first.

    >>> len(_forms("Quand s’applique l’article 6 ?")), _forms("Pourquoi trier les examens ?")
    (2, ())
    """
    asked = fold(question)
    return next((forms for words, forms in _ASKED if re.search(words, asked)), ())
