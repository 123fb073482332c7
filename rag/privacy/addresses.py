"""Postal addresses: a number and a street, or a place said to be where someone lives."""

import re
from collections.abc import Iterator

from rag.privacy.folded import FoldedText
from rag.privacy.kinds import Identifier, IdentifierKind
from rag.privacy.ordinary import AUTHORITY_STREETS, is_of_an_authority

_STREET = (
    r"rue|avenue|ave?\.?|boulevard|bo?ul\.?|bl?v?d\.?|allees?|all\.|impasse|imp\.|chemin|che?m?\.|"
    r"quai|route|rte|sentier|ruelle|venelle|faubourg|fbg|esplanade|lotissement|lot\.|hameau|"
    r"rond-point|traverse|montee|promenade|mail|chaussee|clos"
)
_STREET_OR_WORD = r"place|pl\.?|cours|square|passage|cite|villa|residence|r\.?|porte|parvis|voie"
_TOWN = (
    r"(?:[A-Z][A-Za-z'-]+(?:[ -](?:[A-Z][A-Za-z'-]+|(?:sur|en|les|le|la|de|du|sous)(?=[ -])))*|"
    r"[a-z][a-z'-]{2,})"
)
_POSTCODE = (
    rf"(?<![0-9])(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{{3}}(?![0-9]) {_TOWN}"
    r"(?: ?(?i:cedex)(?: [0-9]{1,2})?)?"
)
_NUMBER = r"(?<![0-9.,/])[0-9]{1,4}(?: ?(?:(?i:bis|ter|quater)|[A-Da-d](?![A-Za-z'])))?"
_OF = r"(?i:(?:de la|de l'|des|de|du|d'|l'|la|le|les|aux?|a la) ?){0,2}"
_WORD = r"[A-Za-z][A-Za-z'-]+"
_CAPITAL = r"[A-Z][a-z'-]*[a-z][A-Za-z'-]*"
_NAMED = rf"(?:{_OF}{_CAPITAL}(?:[ -](?:{_OF}{_CAPITAL}))*|{_OF}{_WORD})"
_REST = rf"(?:[ ,-]{{0,4}}(?:a )?{_POSTCODE}|(?:,| a) ?[A-Z][a-z-]+)?"
_STOP = r"(?!(?:peut|doit|est|et|que|ia|a|un|une)\b)"
_IN_STREET = re.compile(
    rf"(?:{_POSTCODE}[ ,-]{{1,3}})?{_NUMBER} ?,? ?(?i:{_STREET}) (?!(?:ou|et|est)\b)"
    rf"(?:{_OF}{_WORD}(?:[ ,-]{{1,2}}{_WORD}){{0,5}}?[ ,-]{{1,4}}(?:a )?{_POSTCODE}|"
    rf"{_NAMED}(?: {_STOP}{_WORD}){{0,4}}?{_REST})|"
    rf"(?i:{_STREET}) {_OF}{_WORD}(?: {_WORD}){{0,3}}?,? [0-9]{{1,4}}[ ,-]{{1,4}}{_POSTCODE}"
)
_PLACE = re.compile(
    rf"{_NUMBER} ?,? ?(?i:{_STREET_OR_WORD}) {_OF}"
    rf"(?:{_CAPITAL}(?:[ -]{_OF}{_CAPITAL})*{_REST}|"
    rf"{_WORD}(?: {_WORD}){{0,4}}?[ ,-]{{1,4}}{_POSTCODE})"
)
_LIVES = (
    r"\b(?:habit(?:e|ant|ait|ent)?|domicil(?:e|iee?|ies)|demeur(?:e|ant|ait)|resid(?:e|ant|ait)|"
    r"vi(?:t|vant)|loge(?:ant)?|adresse(?: postale| du patient| de la patiente| personnelle)?)"
)
_LIVES_IN = re.compile(
    rf"(?i:{_LIVES})(?i:[ :,=]|a\b|au\b|dans\b|est\b|son\b|chez\b|le\b){{1,8}}"
    rf"(?P<value>{_POSTCODE}|"
    rf"{_NUMBER} ?,? ?(?i:{_STREET_OR_WORD}|{_STREET}) {_NAMED}(?: {_WORD}){{0,3}}?{_REST})"
)
_BUILDING = re.compile(
    rf"(?<![A-Za-z])(?:(?i:residence|batiment|bat\.|immeuble|imm\.|appartement|appt?\.?|"
    rf"lieu[ -]dit|lotissement|hameau|ehpad|foyer|BP|CS|boite postale) )[^.?!;]{{1,60}}?{_POSTCODE}"
)
_SIGN = re.compile(
    rf"(?i)(?<![a-z])(?:{_STREET}|{_STREET_OR_WORD}|residence|batiment|immeuble|lieu|bp|cs|"
    rf"app?t?|ehpad|foyer|boite)(?![a-z])|{_LIVES}"
)


def addresses(folded: FoldedText) -> Iterator[Identifier]:
    """Find where someone lives; the seats of authorities are no one's home."""
    if not _SIGN.search(folded.text):
        return
    for form in (_LIVES_IN, _IN_STREET, _BUILDING, _PLACE):
        for match in form.finditer(folded.text):
            start, end = match.span("value" if form is _LIVES_IN else 0)
            if AUTHORITY_STREETS.search(match[0]) or is_of_an_authority(folded.text, start):
                continue
            yield folded.identifier(IdentifierKind.ADDRESS, start, end)
