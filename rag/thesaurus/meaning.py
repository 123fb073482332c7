"""Tell a question about a word (« c’est quoi un VLM ? ») from one about what it stands for."""

import re

from rag.french import fold

_ARTICLE = r"(?:le |la |les |l'|un |une |des |du |de )"
_ASKS = re.compile(
    r"\bc(?:'est)? (?:quoi|koi)\b(?! comme\b)"
    rf"|\bqu'?est[- ]ce qu(?:e |')(?:c'est\b|{_ARTICLE})"
    r"|\bve(?:ut|ulent) dire\b|\bsignifi|\bdefini|\b(?:sigle|acronyme|abreviation)s?\b"
    r"|\bdifferences? (?:entre|avec|de|du|d')|\bdifference\b.*/|\bc'?est (?:pareil|la meme chose)"
    r"|\b(?:confond|distingu)|\ben (?:anglais|francais)\b|\btradui"
)


def asks_for_meaning(question: str) -> bool:
    """Tell whether a question asks what a word means, or how two words differ.

    >>> asks_for_meaning("PMCF, ça veut dire quoi ?"), asks_for_meaning("c quoi un EDS")
    (True, True)
    >>> asks_for_meaning("Combien de temps garder les logs ?")
    False
    """
    return bool(_ASKS.search(fold(question)))


def word_asked(question: str) -> str:
    """Give what is left of a question on a meaning: the word, without capitals nor accents.

    >>> word_asked("MERM signification"), word_asked("PMCF, ça veut dire quoi ?")
    ('merm', 'pmcf, ca quoi ?')
    """
    return " ".join(re.sub(rf"(?:{_ASKS.pattern})\w*", " ", fold(question)).split())
