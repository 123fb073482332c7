"""Undo what people do to words in a hurry: apostrophes left out, and the habits of chat.

Only what cannot be read otherwise is touched: a word in capitals, one that the thesaurus holds
(« ct », « avc ») or a unit that follows a number (« 7 mm ») stays as it is.
"""

import re
from collections.abc import Callable

from rag.french import fold

CHAT = {
    typed: word
    for word, several in {
        "à": "aa",
        "aujourd’hui": "ajd auj aujourdhui",
        "avec": "avk",
        "base de données": "bdd",
        "beaucoup": "bcp bcq bocou",
        "besoin": "bzoin",
        "bonjour": "bjr",
        "c’est": "cest",
        "c’était": "cetait",
        "combien": "cb cbn kombien",
        "comment": "cmt cmmt cmment komment",
        "dans": "ds dns",
        "donc": "dc",
        "est-ce que": "esk eske esque",
        "j’ai": "jai",
        "je ne sais pas": "jsp",
        "je peux": "jpeux jpeu jpx",
        "je sais": "jsais",
        "je suis": "chui chuis jsuis",
        "longtemps": "lgtps lgtemps",
        "maintenant": "mtn mnt",
        "mais": "ms",
        "merci": "mrc mci",
        "même": "mm",
        "nombre": "nb nbre",
        "parce que": "pcq parske pske",
        "pendant": "pdt pdnt",
        "pour": "pr",
        "pourquoi": "pk pq pkoi pourkoi",
        "problème": "pb",
        "problèmes": "pbs",
        "quand": "qd kan kand",
        "qu’est-ce que": "keske kesk",
        "que": "ke",
        "quel": "kel",
        "quelle": "kelle",
        "quelles": "kelles",
        "quelque chose": "qqch qqchose",
        "quelqu’un": "qqn qqun",
        "quelques": "qq qqs",
        "quels": "kels",
        "qui": "ki",
        "quoi": "koi kwa",
        "rendez-vous": "rdv",
        "règlement": "reglt",
        "s’il te plaît": "stp",
        "s’il vous plaît": "svp",
        "souvent": "svt",
        "temps": "tps",
        "toujours": "tjs tjrs tjr",
        "tous": "ts",
        "tout": "tt",
        "toute": "tte",
        "toutes": "ttes",
        "y a": "ya",
    }.items()
    for typed in several.split()
}
"""What is typed, in lower case, and the word that it stands for."""

_LETTERS = {"c": "c’est", "g": "j’ai"}
"""Letters that are words by their sound, where something is said after them."""

_UNITS = {"g", "mm", "ms"}
_AFTER_NUMBER = re.compile(r"[0-9]\s?$")

_VOWEL = "aeiouyhàâæéèêëîïôöùûœ"
_ELIDED = re.compile(
    rf"(?<![\w'’.-])(?P<letters>[djlmns]|qu|jusqu|lorsqu|puisqu|quelqu)\s+(?=[{_VOWEL}])"
    r"|(?<![\w'’.-])(?P<it>c)\s+(?=(?:est|était|etait|étaient|etaient|en)\b)"
    r"|(?<![\w'’.-])(?P<you>t)\s+(?=(?:a|as|ai|en|es|est|y)\b)",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(aujourd)\s+(hui)\b", re.IGNORECASE)
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")
_NUMBERED = re.compile(
    r"(?:[0-9)(,/]|\b(?:alineas?|annexes?|arceau|articles?|art\.?|categories?|classes?|groupes?|"
    r"hepatites?|items?|lettres?|litt\.?|niveaux?|options?|parties?|points?|proteine|sections?|"
    r"stades?|types?|vitamines?|\b[a-z] (?:et|ou)))\s*$"
)
"""What a letter that names something, not an elision, comes after."""


def join_elisions(text: str) -> str:
    """Put back the apostrophes that were typed as spaces.

    >>> join_elisions("qu est ce que l IA n a pas le droit d ouvrir aujourd hui")
    "qu'est ce que l'IA n'a pas le droit d'ouvrir aujourd'hui"
    >>> join_elisions("article 5, points c, d et e, classe d ou e")
    'article 5, points c, d et e, classe d ou e'
    """

    def join(match: re.Match[str]) -> str:
        letters = match.group(match.lastgroup or 0)
        is_name = letters.isupper() and match.start() > 0
        if is_name or _NUMBERED.search(fold(text[: match.start()])):
            return match.group()
        return f"{letters}'"

    return _TODAY.sub(r"\1'\2", _ELIDED.sub(join, text))


def in_full(text: str, *, is_term: Callable[[str], bool]) -> str:
    """Write in full what is typed as in a chat.

    Args:
        text: the question.
        is_term: tells whether a word is one of the trade, to be left alone.

    >>> in_full("c koi le pb qd on garde pr 7 mm", is_term=lambda word: False)
    'c’est quoi le problème quand on garde pour 7 mm'
    """

    def replace(match: re.Match[str]) -> str:
        word, before = match.group(), text[: match.start()]
        full = CHAT.get(word)
        if word in _LETTERS and text[match.end() :].strip(" ?!.") and _may_speak(before):
            full = _LETTERS[word]
        if full is None or (word in _UNITS and _AFTER_NUMBER.search(before)) or is_term(word):
            return word
        return full

    return _WORD.sub(replace, text)


def _may_speak(before: str) -> bool:
    """Tell whether a lone letter may be a word by its sound, after what comes before it."""
    return not _NUMBERED.search(fold(before))
