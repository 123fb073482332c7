"""Find the few words of an answer that a question of fact asks for.

« Quand », « combien », « qui », « quelle référence »: a date, a duration, a sum, an actor, an
article. The words are those of the quote, and only shown more strongly.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.french import fold
from rag.types import DraftSentence

_NUMBERS = (
    "un une deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente soixante "
    "soixante-douze cent"
)
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ACTORS = (
    "fournisseurs? déployeurs? exploitants? fabricants? importateurs? distributeurs? mandataires? "
    "employeurs? utilisateurs? établissements? radiologues? sous-traitants? Commission CNIL HAS "
    "ANSM ANS DGCCRF organismes?_notifiés? autorités?_de_surveillance_du_marché "
    "autorités?_de_contrôle autorités?_notifiantes? autorités?_nationales?_compétentes? "
    "Bureau_de_l[’']IA Comité_IA États_membres professionnels?_de_(?:la_)?santé "
    "responsables?_du_traitement délégués?_à_la_protection_des_données"
)


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


def _form(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which ``_`` stands for any space, no-break ones included."""
    return re.compile(pattern.replace("_", r"[\s\u00a0\u202f]+"), re.IGNORECASE)


_NUMBER = rf"(?:\d[\d.,]*(?:[\s\u00a0\u202f]\d{{3}})*|{_any(_NUMBERS)})"
_DATE = _form(
    rf"(?:le_)?\d{{1,2}}(?:er)?_{_any(_MONTHS)}_\d{{4}}|{_any(_MONTHS)}_\d{{4}}|\ben_(?:19|20)\d\d\b"
)
_DURATION = _form(
    rf"\b{_NUMBER}_(?:secondes?|minutes?|heures?|jours?(?:_ouvrables)?|semaines?|mois|ans|années?)\b"
)
_SUM = _form(
    rf"\b{_NUMBER}_(?:(?:millions?|milliards?)_(?:d[’']|de_)?)?(?:euros?|EUR|€)|\b\d[\d.,]*_?%"
)
_COUNT = _form(rf"\b{_NUMBER}_[^\W\d]{{4,}}")
_REFERENCE = _form(
    r"\b(?:articles?|considérants?|annexes?|règles?)_(?:[LRD]\._?)?[\dIVXL][\dIVXL.-]*"
    r"(?:,_paragraphes?_\d+)?(?:,_points?_[a-z]\b\)?)?"
    r"|\b(?:règlement|directive|loi|décret|arrêté)_(?:\(UE\)_)?(?:n°?_)?\d{2,4}[/-]\d+"
    r"|\b[LRD]\._?\d{3,4}-\d+(?:-\d+)?|\b(?:ISO|EN|IEC)_\d[\d-]*"
)
_ACTOR = _form(rf"\b(?:les?_|la_|l[’']){_any(_ACTORS)}(?!\w)")

_ASKED = (
    (
        r"\bcombien de (?:temps|jours|mois|annees)|\bdelai|\bduree|\bquand\b|\bdates?\b|\bdepuis\b"
        r"|a partir de quand|\bechean|\bjusqu",
        (_DATE, _DURATION),
    ),
    (
        r"\bcombien\b|\bmontant|\bamende|\bsanction|\bplafond|\bseuil|\bpourcentage|\bcoute",
        (_SUM, _DURATION, _COUNT),
    ),
    (
        r"\bquel(?:le)?s? (?:articles?|textes?|references?|lois?|reglements?|normes?|annexes?"
        r"|regles?)|\bou est[- ](?:ce )?(?:dit|ecrit)|\bbase legale",
        (_REFERENCE,),
    ),
    (r"\bqui\b(?! (?:est|sont) \w+ (?:a|par)\b)|\bquel(?:le)?s? (?:autorite|organisme)", (_ACTOR,)),
)
"""What a question asks for, by its words; the first kind that fits."""


def with_emphasis(question: str, sentences: Sequence[DraftSentence]) -> list[DraftSentence]:
    """Mark the words that answer, in the first sentence that holds such words.

    Words that the question itself holds are no answer. A question that asks for no such fact
    changes nothing.
    """
    forms, asked = _forms(question), fold(question)
    for place, sentence in enumerate(sentences):
        for form in forms:
            for match in form.finditer(sentence.text):
                if fold(match.group()) not in asked:
                    marked = replace(sentence, emphasis=(match.span(),))
                    return [*sentences[:place], marked, *sentences[place + 1 :]]
    return list(sentences)


def _forms(question: str) -> tuple[re.Pattern[str], ...]:
    """List the forms of what a question of fact asks for, the likeliest first.

    >>> len(_forms("Quand s’applique l’article 6 ?")), _forms("Pourquoi trier les examens ?")
    (2, ())
    """
    asked = fold(question)
    return next((forms for words, forms in _ASKED if re.search(words, asked)), ())
