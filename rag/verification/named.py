"""The bodies and the actors that a sentence names.

A body is one of its own (« CNIL », « Commission », « organisme notifié »): it must be named by the
passages. An actor is a part that one plays (« fournisseur », « déployeur »), which people call by
several words. Any other name (« RadNet », « Bruxelles ») is told by its capital letter.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rag.references.reference import level
from rag.types import Check


@dataclass(frozen=True, slots=True)
class Name:
    """Something that is named, by one key whatever the words, and where."""

    check: Check
    key: str
    start: int
    end: int


_BODIES = {
    "cnil": r"\bcnil\b|\bcommission nationale (?:de l')?informatique",
    "commission": r"\bcommission(?! nationale| nationale)\b(?: europeenne)?",
    "ansm": r"\bansm\b|\bagence nationale de securite du medicament",
    "has": r"\bhaute autorite de sante",
    "dgccrf": r"\bdgccrf\b",
    "anssi": r"\banssi\b",
    "asnr": r"\basnr\b|\basn\b|\bautorite de surete nucleaire",
    "agence du numerique en sante": r"\bagence du numerique en sante",
    "delegation au numerique en sante": r"\bdelegation (?:ministerielle )?au numerique en sante",
    "ordre des medecins": r"\bcnom\b|\bordre (?:national )?des medecins",
    "ccne": r"\bccne\b|\bcomite consultatif national d'ethique",
    "ars": r"\bagences? regionales? de sante",
    "assurance maladie": r"\bassurance maladie\b|\bcnam\b",
    "conseil d'etat": r"\bconseil d'etat\b",
    "parlement": r"\bparlement\b",
    "cour de justice": r"\bcjue\b|\bcour de justice",
    "defenseur des droits": r"\bdefenseur des droits",
    "arcom": r"\barcom\b",
    "health data hub": r"\bhealth data hub\b|\bplateforme des donnees de sante",
    "mdcg": r"\bmdcg\b|\bgroupe de coordination en matiere de dispositifs medicaux",
    "ema": r"\bema\b|\bagence europeenne des medicaments",
    "cepd": r"\bcepd\b|\bedpb\b|\bcomite europeen de la protection des donnees",
    "comite ia": r"\bcomite (?:europeen de l')?(?:ia|intelligence artificielle)\b|\bai board\b",
    "bureau de l'ia": r"\bbureau (?:europeen )?de l'(?:ia|intelligence artificielle)\b"
    r"|\bai office\b",
    "groupe scientifique": r"\bgroupe scientifique\b",
    "forum consultatif": r"\bforum consultatif\b",
    "esr": r"\besr\b|\bsociete europeenne de radiologie|\beuropean society of radiology",
    "sfr": r"\bsfr\b|\bsociete francaise de radiologie",
    "drim": r"\bdrim(?: france)?\b",
    "fda": r"\bfda\b",
    "oms": r"\boms\b|\borganisation mondiale de la sante",
    "cofrac": r"\bcofrac\b",
    "organisme notifie": r"\borganismes? notifies?|\bnotified bod",
    "autorite notifiante": r"\bautorites? notifiantes?",
    "autorite de surveillance du marche": r"\bautorites? (?:\w+ )?de surveillance du marche",
    "autorite de controle": r"\bautorites? de controle|\bautorites? de protection des donnees",
    "autorite competente": r"\bautorites? (?:nationales? )?competentes?",
    "etat membre": r"\betats? membres?|\bmember states?",
    "ministere": r"\bminist(?:ere|re)s?\b",
    "comite d'ethique": r"\bcomites? d'ethique",
    "controleur europeen": r"\bcontroleur europeen",
    "fhf": r"\bfhf\b|\bfederation hospitaliere de france",
    "senat": r"\bsenat\b",
    "assemblee nationale": r"\bassemblee nationale\b",
    "dgos": r"\bdgos\b|\bdirection generale de l'offre de soins",
    "comite europeen": r"\bcen\b|\bcenelec\b",
}
_ACRONYMS = {"has": r"\bHAS\b", "agence du numerique en sante": r"\bANS\b", "ars": r"\bARS\b"}
"""Acronyms that are words too in small letters."""

_IMPLIED = {
    "cnil": {"autorite de controle"},
    "ansm": {"autorite competente"},
    "autorite de controle": {"autorite competente"},
    "dgccrf": {"autorite de surveillance du marche"},
    "autorite de surveillance du marche": {"autorite competente"},
}
"""Bodies that may be called by what they are, in a sentence, where a passage has their name."""

_ACTORS = {
    "fournisseur": r"\bfournisseurs?\b(?! (?:de (?:services?|communications|reseaux)|d'acces))"
    r"|\bproviders?\b",
    "editeur": r"\bediteurs?\b",
    "deployeur": r"\bdeployeurs?\b|\bdeployers?\b",
    "importateur": r"\bimportateurs?\b",
    "distributeur": r"\bdistributeurs?\b",
    "mandataire": r"\bmandataires?\b",
    "fabricant": r"\bfabricants?\b|\bmanufacturers?\b",
    "operateur": r"\boperateurs?\b|\bexploitants?\b",
    "medecin": r"\bmedecins?\b|\bradiologues?\b|\bpraticiens?\b|\bradiologists?\b"
    r"|\bprofession(?:nels?|s) de (?:la )?sante\b",
    "manipulateur": r"\bmanipulateurs?\b|\bmanips?\b",
    "patient": r"\bpatient(?:e?s?)\b|\bpersonnes? concernees?\b|\busagers?\b",
    "responsable du traitement": r"\bresponsables? (?:du|de) traitements?\b",
    "sous-traitant": r"\bsous-traitants?\b",
    "delegue": r"\bdelegues? a la protection des donnees\b|\bdpo\b|\bdpd\b",
    "employeur": r"\bemployeurs?\b",
    "travailleur": r"\btravailleurs?\b|\bsalaries?\b|(?<!caractere )\bpersonnel\b"
    r"|\bagents?\b|\bemployes?\b",
    "etablissement": r"\betablissements?(?: de sante)?\b|\bhopita(?:l|ux)\b|\bcliniques?\b"
    r"|\bhospitals?\b|\bcentres? (?:hospitaliers?|d'imagerie)\b|\bcabinets?\b",
    "utilisateur": r"\butilisateurs?\b|\busers?\b",
}
_ACTORS_IMPLIED = {
    "deployeur": {"etablissement", "medecin", "utilisateur"},
    "fournisseur": {"fabricant", "editeur"},
    "fabricant": {"fournisseur", "editeur"},
    "editeur": {"fournisseur", "fabricant"},
    "etablissement": {"deployeur", "responsable du traitement", "employeur"},
    "sous-traitant": {"editeur"},
    "medecin": {"utilisateur"},
    "utilisateur": {"medecin"},
    "travailleur": {"utilisateur"},
}
"""Actors that a sentence may name for those of a passage."""

ROLES = frozenset(
    "fournisseur editeur deployeur importateur distributeur mandataire fabricant delegue".split()
) | {"responsable du traitement", "sous-traitant"}
"""Actors that the law defines: a sentence may not name one that its passages do not."""


_PROPER = re.compile(r"(?<![\w.@/-])(?=\w*[a-zà-ÿ])[A-ZÀ-Þ]\w+")
_WITH_INNER_CAPITAL = re.compile(r"\w+[a-zà-ÿ][A-Z]|[A-Z]{2,}[a-zà-ÿ]{2}")
_OPENING = re.compile(r"(?:^|[.!?:;–—…(\[«“\"]|^[-•])\s*$")
"""Before a word that begins a sentence, or words that are quoted or set apart."""

_OF_ANYONE = frozenset(
    "france etat etats membre membres union europe act article articles annexe annexes chapitre"
    " section titre partie monsieur madame docteur professeur internet web".split()
)
"""Words with a capital letter that tell nothing that a passage must name."""


@lru_cache(maxsize=4096)
def proper_names_in(text: str) -> tuple[Name, ...]:
    """List the other names in a text: words with a capital that no sentence begins with.

    >>> [name.key for name in proper_names_in("Selon Gleamer, la CNIL siège à Paris. RadNet rit.")]
    ['gleamer', 'paris', 'radnet']
    """
    known = [range(body.start, body.end) for body in bodies_in(text)]
    return tuple(
        Name(Check.NAME, level(found[0]), found.start(), found.end())
        for found in _PROPER.finditer(text)
        if not any(found.start() in span for span in known)
        and (_WITH_INNER_CAPITAL.search(found[0]) or not _OPENING.search(text[: found.start()]))
        and level(found[0]) not in _OF_ANYONE
    )


@lru_cache(maxsize=4096)
def bodies_in(text: str) -> tuple[Name, ...]:
    """List the bodies that a text names, in order.

    >>> [name.key for name in bodies_in("La CNIL et la Commission, mais ans et HAS")]
    ['cnil', 'commission', 'has']
    """
    found = [*_found(Check.BODY, _BODIES, level(text)), *_found(Check.BODY, _ACRONYMS, text)]
    return tuple(sorted(found, key=lambda name: name.start))


@lru_cache(maxsize=4096)
def actors_in(text: str) -> tuple[Name, ...]:
    """List the actors that a text names, in order."""
    return tuple(sorted(_found(Check.ACTOR, _ACTORS, level(text)), key=lambda name: name.start))


def with_implied(names: Iterable[Name]) -> frozenset[str]:
    """List the keys of what is named, and what a sentence may call the same."""
    keys = {name.key for name in names}
    for key in tuple(keys):
        keys |= _IMPLIED.get(key, set()) | _ACTORS_IMPLIED.get(key, set())
    return frozenset(keys)


def _found(check: Check, patterns: dict[str, str], text: str) -> Iterator[Name]:
    for key, pattern in patterns.items():
        for match in re.finditer(pattern, text):
            yield Name(check, key, match.start(), match.end())
