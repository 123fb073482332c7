"""The name of a person beside a date: after « Mme », or by a given name, or in capitals."""

import re
from collections.abc import Iterator

from rag.privacy.given_names import is_given_name
from rag.privacy.ordinary import is_of_an_authority

Span = tuple[int, int]

_CIVILITY = r"(?:mme|m\.|mr\.?|monsieur|madame|mlle|melle|mademoiselle|mrs\.?|ms\.?|(?-i:M)(?= ))"
_PERSON = (
    r"(?:patiente?|malade|assuree?|enfant|bebe|petite?|nourrisson|fille|fils|garcon|"
    r"nom(?: de famille| de naissance| d'usage)?|prenoms?|homme|femme|dame)"
)
_PARTICLE = r"(?:de la|de|da|du|des|d'|le|la|el|al|ben|ait|van der|van|von|dos|di|o'|st|saint)"
_LOWER = r"[A-Za-z][A-Za-z'-]+"
_CAPITAL = r"[A-Z](?:[A-Za-z'-]+|\.)"
_GAP = r"(?:[ ,;:()-]|qui\b|est\b|etant\b|etait\b)*$"
_AFTER_CIVILITY = re.compile(
    rf"(?i:(?<![a-z]){_CIVILITY}) ?(?P<name>(?:(?i:{_PARTICLE}[ -]?))*{_LOWER}"
    rf"(?:[ -]+(?:(?i:{_PARTICLE}[ -]?))*{_LOWER}){{0,3}})"
    rf"(?:[ ,(]+(?i:nee|epouse|ep\.?|veuve|vve) (?P<other>{_LOWER}(?:[ -]{_LOWER})?))?{_GAP}"
)
_AFTER_PERSON = re.compile(
    rf"(?i:(?<![a-z]){_PERSON})[ :,=]{{1,3}}(?P<name>(?:(?i:{_PARTICLE}[ -]?))*{_CAPITAL}"
    rf"(?:[ -]+(?:(?i:{_PARTICLE}[ -]?))*{_CAPITAL}){{0,3}})(?P<other>){_GAP}"
)
_NAME_AND_GIVEN = re.compile(
    rf"(?i:\bnom)[ :=]{{1,3}}(?P<name>{_LOWER})[ ,;:]{{1,3}}"
    rf"(?i:prenoms?)[ :=]{{1,3}}(?P<other>{_LOWER}){_GAP}"
)
_CAPITALS = re.compile(
    rf"(?<![A-Za-z])"
    rf"(?P<name>{_CAPITAL}(?:[ ,^-]+(?:{_PARTICLE}[ -]?)*{_CAPITAL}){{0,3}}){_GAP}"
)
_PAIR = re.compile(rf"(?<![A-Za-z'-])(?P<name>(?P<first>{_LOWER})[ ,;]+(?P<second>{_LOWER})){_GAP}")
_HYPHENATED_PAIR = re.compile(
    rf"(?<![A-Za-z'-])(?P<name>(?P<first>[A-Za-z']{{2,}})-(?P<second>[A-Za-z']{{2,}})){_GAP}"
)
_PAIR_AFTER = re.compile(
    rf"[ ,;:()-]{{0,3}}(?P<name>(?P<first>{_LOWER})[ ,]{{1,2}}(?P<second>{_LOWER}))(?![A-Za-z'-])"
)
_CIVILITY_AFTER = re.compile(
    rf"[ ,;:()-]{{0,3}}(?i:{_CIVILITY}) ?(?P<name>{_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}})"
)
_NOT_NAMES = frozenset(
    """le la les du de des un une et ou en a au aux est dans sur par pour avec sans depuis
    peut doit qui que dont scanner irm radio echographie examen mammographie
    ministre presidente president commissaire rapporteur rapporteure depute deputee senateur
    senatrice professeur docteur maire directeur directrice avocat avocate
    arret arrets jugement affaire serment cass
    article annexe loi code decret arrete directive reglement ordonnance convention version journal
    officiel act deliberation norme guide fiche rapport avis circulaire instruction recommandation
    recommandations considerant publication version projet accord charte charter protocole traite
    union europe european commission conseil parlement court cour agence haute autorite sante
    revision amendement edition mise jour lettre note bulletin communique notice guidance guidelines
    statement decision janvier fevrier mars avril mai juin juillet aout septembre octobre novembre
    decembre lundi mardi mercredi jeudi vendredi samedi dimanche data regulation omnibus digital
    radiology radiologie imagerie medical informatique libertes bioethique
    law original act ge healthcare philips siemens healthineers canon toshiba fujifilm agfa sectra
    cnil has ansm ans rgpd mdcg edpb gdpr mdr ria esr sfr jorf joue nor iso iec dicom drim
    hds segur eeds ehds aipd dpo pacs ris fda who oms ce ue eu ai ia dm cerf inserm""".split()
)
LATEST_BIRTH_YEAR_ALONE = 2012
"""Two unknown words in capitals before a later date are more often a publication than a patient."""


def name_before(before: str, *, is_born: bool, year: int = 0) -> Iterator[Span]:
    """Find the name that ends a text, just before a date.

    Args:
        before: what stands before the date, or before « né le ».
        is_born: the date is said to be one of birth, so that capitals are enough.
        year: that of the date.
    """
    for form in (_NAME_AND_GIVEN, _AFTER_CIVILITY, _AFTER_PERSON):
        if (match := form.search(before)) and _may_be_name(match["name"]):
            yield match.span("name")
            if match["other"]:
                yield match.span("other")
            return
    match = _CAPITALS.search(before)
    if match and (is_born or _is_person(match["name"], year=year)) and _may_be_name(match["name"]):
        if not is_of_an_authority(before, len(before)):
            yield match.span("name")
        return
    for form in (_PAIR, _HYPHENATED_PAIR):
        if (match := form.search(before)) and _is_pair(match):
            yield match.span("name")
            return


def name_after(text: str, end: int, *, year: int) -> Iterator[Span]:
    """Find a name that follows a date: after « Mme », or two words, one of them a given name."""
    in_figures = text[max(0, end - 4) : end].isdigit() and text[max(0, end - 5)] in "/.-"
    if (
        in_figures
        and year <= LATEST_BIRTH_YEAR_ALONE
        and (match := _CIVILITY_AFTER.match(text, end))
    ):
        yield match.span("name")
        return
    match = _PAIR_AFTER.match(text, end)
    if match and _is_pair(match) and match["first"][0].isupper() and match["second"][0].isupper():
        yield match.span("name")


def _may_be_name(name: str) -> bool:
    """Tell whether no word of a name is one of the trade."""
    words = re.split(r"[ ,^-]+", name.lower())
    if _PARTICLES.issuperset(words):
        return False
    return not _NOT_NAMES.intersection(
        words[:1] if words[0] not in _PARTICLES else words[1:2]
    ) and (not _NOT_NAMES.difference(_PARTICLES).intersection(words))


_PARTICLES = frozenset("le la de du des d el al ben".split())


def _is_person(name: str, *, year: int) -> bool:
    """Tell whether words in capitals are a person's: one is a given name, or the date is old."""
    words = re.split(r"[ ,^]+", name)
    if len(words) < 2:
        return False
    if any(is_given_name(word) for word in words):
        return True
    return year <= LATEST_BIRTH_YEAR_ALONE


def _is_pair(match: re.Match[str]) -> bool:
    """Tell whether two words are a given name and a surname, in lower case perhaps."""
    first, second = match["first"], match["second"]
    if not _may_be_name(f"{first} {second}"):
        return False
    return any(
        is_given_name(word, also_words=word[0].isupper()) for word in (first, second)
    ) and not any(len(word) < 2 for word in (first, second))


PATIENT_NAME = re.compile(
    r"(?<![A-Za-z])[A-Za-z][A-Za-z' -]*\^[A-Za-z][A-Za-z' -]*[A-Za-z](?![A-Za-z])"
)
"""A name as DICOM writes it: DUPONT^JEAN."""
