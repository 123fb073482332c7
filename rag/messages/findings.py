"""What readers are told of the checks of a sentence that a language model wrote."""

from collections.abc import Sequence

from rag.messages.names import CHECKS, name_sources
from rag.messages.typography import NBSP, typographic
from rag.types import Check, Finding

LEFT_OUT_TITLE = "Phrases non vérifiées, écartées de la réponse"

_OF_THE_MODEL = frozenset({Check.CITATION, Check.LANGUAGE})
"""What is checked of a sentence by itself, and not against what its sources say."""

_WORDS = {
    Check.FIGURE: ("un chiffre", "le chiffre", "les chiffres"),
    Check.DATE: ("une date", "la date", "les dates"),
    Check.AMOUNT: ("un montant", "le montant", "les montants"),
    Check.REFERENCE: ("une référence", "la référence", "les références"),
    Check.BODY: ("un organisme", "l’organisme", "les organismes"),
    Check.NAME: ("un nom propre", "le nom", "les noms"),
}
"""What is looked for in the passages word for word: any of them, the one that fails, several."""

_CLAUSES = {
    Check.CITATION: "elle ne cite aucun des passages trouvés",
    Check.LANGUAGE: "elle n’est pas en français",
    Check.ACTOR: "l’acteur visé n’est pas celui des passages cités",
    Check.MODALITY: "l’obligation, la faculté ou l’interdiction n’est pas celle des passages cités",
    Check.NEGATION: "les passages cités disent le contraire",
    Check.EXCEPTION: "l’exception ou la condition n’est pas celle des passages cités",
    Check.MEANING: "les passages cités ne disent pas la même chose",
}
_NO_SUPPORT = "aucun des passages trouvés ne dit la même chose"


def verified_line(citations: Sequence[int], finding: Finding) -> str:
    """Say against which sources a sentence was verified, and what was checked.

    >>> finding = Finding(done=(Check.CITATION, Check.DATE, Check.MEANING), corrected=True)
    >>> verified_line((1, 2), finding).replace(NBSP, " ")
    'Vérifié dans les sources 1 et 2 : dates, sens. Citation rectifiée.'
    """
    done = finding.done
    names = [name for check, name in CHECKS.items() if check in done and check not in _OF_THE_MODEL]
    sources = name_sources(citations).lower()
    article = "la" if len(citations) == 1 else "les"
    told = f"Vérifié dans {article} {sources}"
    told += f" : {', '.join(names)}." if names else "."
    if finding.corrected:
        told += " Citation rectifiée."
    return typographic(told)


def why_not_verified(finding: Finding) -> str:
    """Say why a sentence is not verified, as what follows « non vérifié : ».

    >>> failed = Finding(failed=(Check.DATE,), words=("2 août 2027",))
    >>> why_not_verified(failed).replace(NBSP, " ")
    'la date « 2 août 2027 » ne figure pas dans les passages cités'
    """
    if not finding.failed:
        return _NO_SUPPORT
    words = [f"« {word} »" for word in finding.words]
    first, *others = finding.failed
    if words and not others and first in _WORDS:
        _, one, several = _WORDS[first]
        return typographic(_missing(f"{several if words[1:] else one} {_listed(words)}", words))
    looked_for = [_WORDS[check][0] for check in finding.failed if check in _WORDS]
    clauses = [_CLAUSES[check] for check in finding.failed if check in _CLAUSES]
    if looked_for:
        clauses.insert(0, _missing(_listed(looked_for), looked_for))
    told = " ; ".join(clauses)
    return typographic(f"{told} ({', '.join(words)})" if words else told)


def share_line(verified: int, *, of: int) -> str:
    """Say how many of the sentences of a written answer are verified.

    >>> share_line(4, of=5).replace(NBSP, " "), share_line(1, of=2).replace(NBSP, " ")
    ('4 phrases sur 5 vérifiées', '1 phrase sur 2 vérifiée')
    """
    plural = "s" if verified > 1 else ""
    return f"{verified}{NBSP}phrase{plural} sur{NBSP}{of} vérifiée{plural}"


def _missing(subject: str, of: Sequence[str]) -> str:
    verb = "ne figurent pas" if len(of) > 1 else "ne figure pas"
    return f"{subject} {verb} dans les passages cités"


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} et {last}" if others else last
