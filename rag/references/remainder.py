"""Tell a question that asks for a unit's text from one that asks something about it."""

from collections.abc import Iterable

from rag.french import analyze, fold
from rag.references.reference import compose

_ASKS_FOR_THE_TEXT = frozenset(
    analyze(
        "dit dis dire disent prévoit prévoient énonce contient contenu texte intégral cite citer "
        "citez affiche afficher affichez montre montrer montrez donne donner donnez lire lis "
        "voir article paragraphe considérant annexe règle point règlement loi exact exactement "
        "précise stipule dispose ça svp stp merci rappelle rappeler peux pouvez"
    )
)
_PENALTIES = (
    "amende",
    "sanction",
    "penalite",
    "enfrei",
    "respecte pas",
    "non-respect",
    "on risque",
    "risque-t-on",
    "je risque",
    "viole",
)


def asks_for_penalty(question: str) -> bool:
    """Tell whether one asks what breaking the unit named costs, which is said elsewhere than in it.

    >>> asks_for_penalty("Quelle amende si l’on enfreint l’article 26 ?")
    True
    """
    return any(word in fold(question) for word in _PENALTIES)


def remainder(question: str, typed: Iterable[str]) -> list[str]:
    """List the terms of a question besides the references in it and what asks for their text.

    >>> remainder("Que dit l’art. 26 §6 ?", ["art. 26 §6"])
    []
    >>> remainder("Article 26 : durée des logs ?", ["Article 26"])
    ['dure', 'log']
    """
    question = " ".join(compose(question).split())
    for words in typed:
        question = question.replace(words, " ")
    return [term for term in analyze(question) if term not in _ASKS_FOR_THE_TEXT]
