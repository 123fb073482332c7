"""Turn French text into the terms that the lexical index counts.

Case, accents and apostrophes are levelled, elisions cut (« l’article » → « article »), stop words
dropped, the rest reduced to its Snowball stem (Porter 2001). Accents go before stemming, so that
a question typed without accents meets the same terms.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′´`"), "'")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'(?=\w)")
# References stay whole (« 2024/1689 », « 4001-3 », « 13485 », « 10^25 »).
_TOKEN = re.compile(r"\d+(?:[./^-]\d+)*[a-z]*|[^\W\d_]+\d*")
_STEMMER = Stemmer.Stemmer("french")

STOP_WORDS = frozenset(
    """
    a ai aie aient ait alors apres as au aucun aucune aura aurait aussi autre autres aux avaient
    avait avant avec avez avoir avons ayant c ca car ce ceci cela celle celles celui ces cet cette
    ceux chez ci comme comment concernant d dans de dela depuis des dessous dessus deux donc dont du
    e elle elles en encore entre es est et etaient etait etant etat ete etes etre eu eux faire fait
    fois font hors i il ils j je l la le les leur leurs lors lui m ma mais me meme memes mes moi
    moins mon n ne ni nos notre nous on ont ou par parce parmi pas peu peut peuvent plus pour
    pourquoi pourra qu quand que quel quelle quelles quels qui quoi s sa sans se sera serait seront
    ses si soit soient son sont sous sur t ta te tel telle telles tels tes toi ton tous tout toute
    toutes tres tu un une vers via voici voila vont vos votre vous y
    combien est-ce faut doit doivent dois peux puis puisse quelque quelques ainsi afin lorsque
    puisque lequel laquelle lesquels lesquelles auquel duquel desquels
    """.split()
)


def fold(text: str) -> str:
    """Level case, accents and apostrophes.

    >>> fold("L’Évaluation D'IMPACT")
    "l'evaluation d'impact"
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES).replace("œ", "oe"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).lower()


def analyze(text: str) -> list[str]:
    """List the terms of a text in order, stop words left out.

    >>> analyze("Combien de temps conserver les journaux de l’IA ?")
    ['temp', 'conserv', 'journal', 'ia']
    """
    return [_stem(word) for word in words(text) if is_content_word(word)]


def words(text: str) -> list[str]:
    """List the folded words of a text in order, elided articles and pronouns left out.

    >>> words("Qui garde l’IA ?")
    ['qui', 'garde', 'ia']
    """
    return _TOKEN.findall(_ELISION.sub("", fold(text)))


def is_content_word(word: str) -> bool:
    """Tell whether a folded word carries meaning: a number, or not a stop word."""
    return word[:1].isdigit() or (len(word) > 1 and word not in STOP_WORDS)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))
