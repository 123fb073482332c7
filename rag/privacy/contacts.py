"""Telephone numbers and e-mail addresses of a person; those of authorities and roles pass."""

import re
from collections.abc import Iterator

from rag.privacy.folded import FoldedText
from rag.privacy.given_names import is_given_name
from rag.privacy.kinds import Identifier, IdentifierKind
from rag.privacy.ordinary import (
    AUTHORITY_DOMAINS,
    AUTHORITY_PHONES,
    REFERENCE,
    ROLES,
    is_of_a_service,
    is_of_an_authority,
)

_SEPARATOR = r"[ ./·,-]{0,3}"
_PHONE_WORD = (
    r"\b(?:tel(?:ephone)?s?|portables?|port|gsm|mobiles?|fixe|fax|whatsapp|sms|appel(?:er|ez)?|"
    r"joindre|joignable|rappel(?:er|ez)?|cell)"
)
_PHONE = re.compile(
    rf"(?<![0-9])(?<![0-9][.,])(?:(?<![A-Za-z])|(?=0[67]))"
    rf"(?P<value>\(?(?:\+|(?<![0-9])00){_SEPARATOR}[1-9](?:[ ./()·-]{{0,3}}[0-9]){{7,14}}|"
    rf"\(?0{_SEPARATOR}[1-9]\)?(?:{_SEPARATOR}[0-9]){{8}})(?![0-9])",
    re.IGNORECASE,
)
_WITHOUT_ZERO = re.compile(
    rf"{_PHONE_WORD}\b[ :=.(-]{{0,4}}"
    rf"(?:(?:au|le|est|n°|numero|du|de la|patiente?|matin|midi|soir)[ :]{{0,2}}){{0,4}}"
    rf"(?P<value>(?:33{_SEPARATOR})?[1-9](?:{_SEPARATOR}[0-9]){{8}})(?![0-9])",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:0|\+33)[67][0-9]{8}")
"""Also those of ranges not given out yet: one digit mistyped still leads to someone."""

_DATE_FIRST = re.compile(r"[0-9]{1,2}([ ./-])[0-9]{1,2}\1(?:19|20)[0-9]{2}(?![0-9])")
_DECIMAL = re.compile(r"0[.,][0-9]+")


def phones(folded: FoldedText) -> Iterator[Identifier]:
    """Find telephone numbers, however their digits are grouped, French or international."""
    candidates = [*_PHONE.finditer(folded.text), *_WITHOUT_ZERO.finditer(folded.text)]
    if not candidates:
        return
    references = [match.span() for match in REFERENCE.finditer(folded.text)]
    for match in candidates:
        start, end = match.span("value")
        if any(first <= start < last for first, last in references):
            continue
        if _is_personal(folded.text, start, match["value"]):
            yield folded.identifier(IdentifierKind.PHONE, start, end)


def _is_personal(text: str, start: int, value: str) -> bool:
    """Tell whether digits are the number of a person's telephone."""
    if _DATE_FIRST.match(value) or _DECIMAL.fullmatch(value):
        return False
    # Its tables take a tenth of a second to import: only for what looks like a number.
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    compact = re.sub(r"[^0-9+]", "", re.sub(r"\( ?0 ?\)", "", value))
    compact = re.sub(r"^(?:00|(?=33[0-9]{9}$))", "+", compact)
    try:
        number = phonenumbers.parse(compact, "FR")
    except phonenumbers.NumberParseException:
        return False
    kind = phonenumbers.number_type(number)
    if kind is PhoneNumberType.UNKNOWN or not phonenumbers.is_valid_number(number):
        return bool(_MOBILE.fullmatch(compact)) or _is_overseas(compact)
    public = (
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.UAN,
    )
    if kind in public:
        return False
    if phonenumbers.format_number(number, PhoneNumberFormat.E164) in AUTHORITY_PHONES:
        return False
    is_public = is_of_an_authority(text, start) or is_of_a_service(text, start)
    return kind is PhoneNumberType.MOBILE or not is_public


def _is_overseas(compact: str) -> bool:
    """Tell whether a number is one of the overseas departments, whose plans are not France's.

    >>> _is_overseas("0690123456"), _is_overseas("0390123456")
    (True, False)
    """
    return bool(re.fullmatch(r"0(?:[2569](?:62|63|69|90|94|96)|97[0-9])[0-9]{5,6}", compact))


_PROVIDER = (
    r"(?:gmail|hotmail|outlook|live|yahoo|orange|wanadoo|free|sfr|neuf|laposte|icloud|"
    r"proton(?:mail)?|gmx|bbox|aol|msn|numericable|me)"
)
_AT = r" ?(?:@|[\[({] ?(?:at|arobase?|a) ?[\])}]) ?"
_SPELT_AT = r" (?:arobase?|at|chez) "
_DOT = r"(?: ?\. ?| ?[\[(] ?(?:dot|point|\.) ?[\])] ?)"
_SPELT_DOT = r"(?: (?:dot|point) |\.)"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._+%'-])(?P<local>[A-Za-z0-9._+%'-]+){_AT}"
    rf"(?P<domain>(?:{_LABEL}(?:{_DOT})){{1,4}}[A-Za-z]{{2,12}}|{_PROVIDER})\b"
)
_SPELT_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9.-])(?P<local>[A-Za-z0-9-]+(?:{_SPELT_DOT}[A-Za-z0-9-]+){{0,3}}){_SPELT_AT}"
    rf"(?P<domain>{_LABEL}(?:{_SPELT_DOT}{_LABEL}){{0,2}}{_SPELT_DOT}"
    r"(?:com|fr|net|org|eu|be|ch|info|me|io))\b",
    re.IGNORECASE,
)
EMAIL_SIGNS = ("@", "(at", "[at", "{at", "arob", " at ")


def emails(folded: FoldedText) -> Iterator[Identifier]:
    """Find e-mail addresses, also those written « jean [at] exemple.fr »."""
    for form in (_EMAIL, _SPELT_EMAIL):
        for match in form.finditer(folded.text):
            domain = re.sub(
                r"[ \[\]()]", "", re.sub(r"(?i)\b(?:dot|point)\b", ".", match["domain"])
            )
            if not _is_of_a_role(match["local"].strip(), domain):
                yield folded.identifier(IdentifierKind.EMAIL, *match.span())


def _is_of_a_role(local: str, domain: str) -> bool:
    """Tell whether an address is that of a service: « dpo@… », or a box of an authority.

    >>> _is_of_a_role("dpo", "chu-exemple.fr"), _is_of_a_role("edpb", "edpb.europa.eu")
    (True, True)
    >>> _is_of_a_role("jean.dupont", "cnil.fr"), _is_of_a_role("contact", "gmail.com")
    (False, False)
    """
    if re.match(rf"(?i:{_PROVIDER})(?:\.|$)", domain):
        return False
    if any(is_given_name(part) for part in re.split(r"[._-]", local)):
        return False
    return bool(ROLES.search(local) or AUTHORITY_DOMAINS.search(domain)) or (
        local.lower() in domain.lower().split(".")
    )
