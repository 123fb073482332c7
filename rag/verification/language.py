"""Tell whether a sentence is French, by the small words that no sentence goes without."""

from rag.references.reference import level

_FRENCH = frozenset(
    "le la les l de des du d un une et ou est sont a au aux en dans par pour sur que qu qui ne n "
    "pas ce cette ces son sa ses leur leurs il elle ils elles se s doit doivent peut peuvent avec "
    "sans oui non selon si y".split()
)
_FOREIGN = frozenset(
    "the of and to is are in for with by on that this must shall may be an its their or as at from "
    "not it has have der die das und ist el los las y una del para con il lo gli della che".split()
) - {"la", "il", "y"}


def is_french(text: str) -> bool:
    """Tell whether a sentence is in French; one without any small word is taken for it.

    >>> is_french("Le déployeur garde les journaux."), is_french("The deployer keeps the logs.")
    (True, False)
    """
    words = "".join(letter if letter.isalnum() else " " for letter in level(text)).split()
    french = sum(word in _FRENCH for word in words)
    return french >= sum(word in _FOREIGN for word in words)
