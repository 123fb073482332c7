"""Tell a question that leans on the one before, and complete it, by rules alone.

A question leans when it says so by its first words, points back (« ça », « celui-ci », « ce
délai »), or is too little to be asked by itself (« pourquoi ? », « pour une PME ? »). One that
stands alone is never completed, whatever was asked before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.french import analyze, fold
from rag.references import ActNames
from rag.references.reference import compose, level
from rag.understanding.counterparts import Named, named_in, replace_counterparts

MOST_WORDS_AFTER_AN_OPENING = 8
"""Terms from which a question that opens with « et » says enough by itself."""

MOST_WORDS_OF_A_POINTER = 5
MOST_WORDS_WITHOUT_VERB = 3
"""Most terms of a question that points back, and of one that has no verb."""

_OPENING = re.compile(
    r"(?:(?:ok(?:ay)?|d'accord|oui|non|bon|merci|ah)[ ,]+(?:et|mais|du coup|dans ce cas)"
    r"|et|mais|alors|donc|sinon|du coup|dans ce cas|en ce cas|par contre|meme (?:question|chose)"
    r"|idem|pareil|c'est-a-dire)\b[ ,]*"
)
_IMPERSONAL = re.compile(
    r"ils? (?:ne |n')?(?:y |en )?(?:faut|faudra|faudrait|s'agit|existe|suffit|reste|convient|a |y a"
    r"|est (?:obligatoire|interdit|permis|possible|necessaire|prevu|vrai|legal|illegal|autorise))"
)
_SUBJECT = re.compile(
    r"(?:est-ce qu'|que |qu')?(?P<who>il|elle|ils|elles|celui|celle|ceux|celles)\b"
)
_THAT = re.compile(
    r"(?:est-ce que |pourquoi |quand |comment |combien |depuis quand |a qui |qui )?"
    r"(?:c'est|ca|cela|ce n'est)\b(?! (?:quoi|koi|qui|quand meme quoi|veut dire|signifie)\b)"
)
_POINTER = re.compile(
    r"\b(?:celui|celle|ceux|celles)-(?:ci|la)\b|\bla-dessus\b|\bdans ce cas\b|\bpour ca\b"
    r"|\b(?:ce|cet|ces) (?:article|texte|delai|reglement|document|guide|avis|point|cas|dernier)s?\b"
    r"|\b(?:cette|ces) (?:date|obligation|regle|loi|duree|amende|sanction|information|exception"
    r"|exigence|notice|recommandation|derniere)s?\b|\b(?:ce|cet|cette|ces) [a-z]+-la\b"
)
_VERB = re.compile(
    r"\b(?:est|sont|etait|sera|seront|serait|a|ont|aura|avait|ai|as|avons|faut|faudra|faudrait|doit"
    r"|doivent|devra|dois|peut|peuvent|peux|pourra|pourrait|fait|font|va|vont|veut|veulent|sert"
    r"|concerne|impose|prevoit|dit|risque|risquent|exige|demande|change|garde|suffit)\b"
    r"|\w-t-(?:il|elle|on)\b|\w-(?:il|elle|on|ils|elles|je|nous|vous)\b"
)
_PREPOSITION = re.compile(
    r"(?:pour|chez|a|au|aux|a l'|en|dans|avec|sans|depuis|avant|apres|selon|d'apres|meme|aussi"
    r"|si|jusqu'a|jusqu'en|apres)\b"
)
_ALSO = re.compile(r"\b(?:aussi|egalement|non plus|pareil|idem)\s*[?.!]*$")
_QUESTION_MARKS = " ?!.…\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Completed:
    """A follow-up with what it leans on: as it is searched, and as a reader is told."""

    searched: str
    readable: str


def is_follow_up(question: str, names: ActNames | None = None) -> bool:
    """Tell whether a question leans on the one before.

    >>> is_follow_up("Et pour une PME ?"), is_follow_up("Pourquoi ?"), is_follow_up("Tarte tatin ?")
    (True, True, False)
    >>> is_follow_up("Elle est encore valable ?"), is_follow_up("Il faut former qui ?")
    (True, False)
    """
    folded = fold(question).strip(_QUESTION_MARKS)
    terms = analyze(question)
    if not terms:
        return True
    if opening := _OPENING.match(folded):
        return len(analyze(folded[opening.end() :])) < MOST_WORDS_AFTER_AN_OPENING
    if len(terms) <= MOST_WORDS_OF_A_POINTER and _points_back(folded, len(terms)):
        return True
    if len(terms) > MOST_WORDS_WITHOUT_VERB or _VERB.search(folded):
        return False
    is_short_complement = _PREPOSITION.match(folded) or _ALSO.search(folded)
    return bool(is_short_complement) or _is_a_name(question, names or ActNames())


def complete(question: str, history: Sequence[str], names: ActNames) -> Completed:
    """Complete a follow-up from the questions before it, of which there is one at least.

    A chain of follow-ups leans on the last question that stands alone, in which each put the
    counterparts that it names. What is new is searched twice, to weigh as much as the rest.
    """
    earlier = _last_complete(history, names)
    replaced, put = replace_counterparts(earlier, question, names)
    base = sentence(replaced)
    remaining = _remaining(question, put)
    if put and not remaining:
        return Completed(searched=f"{base} {question}", readable=base)
    return Completed(
        searched=f"{base} {question} {question}", readable=f"{base} {sentence(question)}"
    )


def _last_complete(history: Sequence[str], names: ActNames) -> str:
    *before, last = history
    if not before or not is_follow_up(last, names):
        return last
    return replace_counterparts(_last_complete(before, names), last, names)[0]


def _remaining(question: str, put: Sequence[Named]) -> list[str]:
    """List the terms that a follow-up says besides what was put in the earlier question."""
    text = compose(question)
    for named in sorted(put, key=lambda one: -one.start):
        text = text[: named.start] + text[named.end :]
    return analyze(text)


def _points_back(folded: str, terms: int) -> bool:
    if _POINTER.search(folded):
        return True
    if _SUBJECT.match(folded):
        return not _IMPERSONAL.match(folded)
    return bool(_THAT.match(folded)) and terms <= MOST_WORDS_WITHOUT_VERB


def _is_a_name(question: str, names: ActNames) -> bool:
    """Tell whether a question is an article and a name alone: « le fournisseur ? »."""
    has_article = re.match(r"(?:les?|la|un|une|l'|du|des) ?", fold(question))
    text = level(compose(question))
    for named in named_in(text, names):
        if has_article and not analyze(text[: named.start] + text[named.end :]):
            return True
    return False


def sentence(text: str) -> str:
    """Write a question with a capital and its mark."""
    text = text.strip().rstrip(_QUESTION_MARKS)
    return f"{text[:1].upper()}{text[1:]}\N{NO-BREAK SPACE}?"
