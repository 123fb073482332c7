"""Name the unit of law that made-up premises stand in, as the verification does of real ones.

``rag.verification.evidence`` puts « Article 26, paragraphe 6 : » before what it quotes of an
article, since a sentence may give it (« Selon l’article 26, paragraphe 6, … »). The name says
nothing of whether the sentence follows, and that is to be learnt: it is the same for a sentence
that does and for one that does not.
"""

import random
import re
from collections.abc import Callable, Sequence

GIVEN_SHARE = 0.4
"""Of the sentences about premises that are named, those that give the name."""

_NAMES_ONE = re.compile(r"\b(?:articles? |art\. |annexes? )", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:Oui|Non|Si|S[’']|C’est|Faute|Sans|Quand|Lorsqu)\b")
"""How a sentence begins that no other words should be put before."""

_VOWEL = re.compile(r"[aeiouyéèêàâîôûœ]", re.IGNORECASE)
_ACRONYM = re.compile(r"\w[A-Z.]")
_ANNEXES = "I II III IV V VI VII VIII IX X XI XII XIII".split()


def name_unit(
    premises: Sequence[str], sentences: Sequence[str], generator: random.Random
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Put the name of a unit before premises, and sometimes in the sentences as well.

    Sentences that speak of an article or an annex are left as they are: the name might say another.
    """
    if any(_NAMES_ONE.search(sentence) for sentence in sentences):
        return tuple(premises), tuple(sentences)
    name = _draw(generator)
    named = tuple(f"{name[0].upper()}{name[1:]} :\n{premise}" for premise in premises)
    if generator.random() >= GIVEN_SHARE:
        return named, tuple(sentences)
    if generator.random() < 0.3:
        name = name.replace(", paragraphe ", ", § ")
    forms = _FORMS[-1:] if any(map(_ANSWERS.match, sentences)) else _FORMS
    form = generator.choice(forms)
    return named, tuple(form(name, sentence) for sentence in sentences)


def _draw(generator: random.Random) -> str:
    """Draw the name of a unit, as passages are labelled."""
    number = generator.randint(2, 120)
    paragraph = f"article {number}, paragraphe {generator.randint(1, 9)}"
    annex = f"annexe {generator.choice(_ANNEXES)}"
    point = generator.randint(1, 9)
    names = (
        f"article {number}",
        paragraph,
        f"{paragraph}, point {generator.choice('abcdefg')})",
        f"article L. {generator.randint(1000, 6500)}-{generator.randint(1, 14)}",
        generator.choice((annex, f"{annex}, point {point}", f"{annex}, section A, point {point}")),
    )
    return generator.choices(names, weights=(20, 40, 15, 10, 15))[0]


def _lower(sentence: str) -> str:
    return sentence if _ACRONYM.match(sentence) else sentence[0].lower() + sentence[1:]


def _that(sentence: str) -> str:
    lowered = _lower(sentence)
    return f"qu’{lowered}" if _VOWEL.match(lowered) else f"que {lowered}"


def _closed(sentence: str) -> str:
    return sentence.rstrip(" .")


_FORMS: tuple[Callable[[str, str], str], ...] = (
    lambda name, sentence: f"Selon l’{name}, {_lower(sentence)}",
    lambda name, sentence: f"En vertu de l’{name}, {_lower(sentence)}",
    lambda name, sentence: f"L’{name} prévoit {_that(sentence)}",
    lambda name, sentence: f"{_closed(sentence)}, au titre de l’{name}.",
    lambda name, sentence: f"{_closed(sentence)} ({name}).",
)
