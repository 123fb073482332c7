"""Whether a text knows of cases apart: « sauf », « à moins que », « sans exception »."""

import re
from functools import lru_cache

from rag.references.reference import level

_EXCEPTION = re.compile(
    r"\bsauf\b|\ba moins (?:qu(?:e\b|')|d')|\ba l'exception|\bexcept\w*|\bhormis\b|\bsans prejudice"
    r"|\bpar derogation|\bderog\w+|\bunless\b|\btoutefois\b|\bn(?:e |')[^.;]{1,60}\bqu(?:e\b|')"
    r"|\bexclu\w*|\bhors\b|\bseule?s?\b|\bseulement\b|\buniquement\b|\bne s'appliqu\w+ pas"
    r"|\ba condition\b|\bsous reserve\b|\bpour autant\b|\bdans la mesure\b|\bsi possible\b"
    r"|\b(?:lorsque|quand|si) cela est possible|\bautant que possible\b"
    r"|\bdisposition\w* contraires?\b"
)
_SETS_APART = re.compile(
    r"\bsauf\b|\ba moins (?:qu(?:e\b|')|d')|\ba l'exception|\bexcepte\w*|\bhormis\b"
    r"|\bpar derogation"
)
_NO_EXCEPTION = re.compile(
    r"\bsans (?:aucune )?exception|\bmeme (?:si|s'|sans|en cas|en l'absence|quand|lorsqu)"
    r"|\bdans tous les cas"
    r"|\bquelles? que soi(?:en)?t|\ben toutes? circonstances?"
)


@lru_cache(maxsize=8192)
def has_exception(text: str) -> bool:
    """Tell whether a text knows of cases apart, in whatever words."""
    return _EXCEPTION.search(level(text)) is not None


@lru_cache(maxsize=8192)
def sets_apart(text: str) -> bool:
    """Tell whether a text sets cases apart: « sauf », « à moins que »."""
    return _SETS_APART.search(level(text)) is not None


@lru_cache(maxsize=8192)
def knows_none(text: str) -> bool:
    """Tell whether a text says that there is no exception: « sans exception », « même si »."""
    return _NO_EXCEPTION.search(level(text)) is not None
