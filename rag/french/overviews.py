"""Tell the questions that ask for an overview from those that ask for one rule."""

import re

from rag.french.analysis import fold

_OVERVIEW = re.compile(
    r"\bquel(?:le)?s? (?:\w+ )?(?:est|sont|etaient|seront)\b|\bqu'?est[- ]ce qu|\bc'?est quoi\b"
    r"|\ben quoi consiste|\bque (?:dit|disent|prevoit|prevoient|contient|demande|exige)"
    r"|\b(?:explique|resume|presente|detaille|liste|parle|rappelle)[rz]?\b|\bla liste\b"
    r"|^quel(?:le)?s "
)
_ASKING = re.compile(
    r"\?|\b(?:quand|combien|qui|ou|comment|pourquoi|est|sont|faut|peut|peux|doit|dois|a|il|je|on)\b"
)
_MOST_WORDS = 6
"""Words of a question that is only a name: « obligations du déployeur »."""


def asks_overview(question: str) -> bool:
    """Tell whether a question asks about something as a whole.

    >>> asks_overview("Quelles sont les obligations du déployeur ?")
    True
    >>> asks_overview("sanctions AI Act"), asks_overview("Qui paie l’amende ?")
    (True, False)
    """
    asked = fold(question).replace("’", "'")
    is_name = len(asked.split()) <= _MOST_WORDS and not _ASKING.search(asked)
    return is_name or _OVERVIEW.search(asked) is not None
