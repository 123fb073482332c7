"""The address of a unit in the official text, as exact as its site allows.

EUR-Lex gives each article, recital and annex an element id (``art_26``), which are the anchors of
this program's units. The ELI of an act ends with ``oj`` for the Official Journal, or with the day
of a consolidated state, then with the language.
"""

import re
from urllib.parse import urldefrag, urlsplit

from rag.types import OFFICIAL, Metadata

EUR_LEX = "eur-lex.europa.eu"
_LANGUAGES = {"fr": "fra", "en": "eng", "de": "deu", "es": "spa", "it": "ita"}
_ELI = re.compile(r"(?P<act>/eli/[a-z_]+/[0-9]{4}/[0-9]+)/(?:oj|[0-9]{4}-[0-9]{2}-[0-9]{2})\b")
_CONSOLIDATED = re.compile(r"0[0-9]{4}[A-Z][0-9]{4}-(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_DIVISION = re.compile(r"(?:art|rct|anx)_[0-9A-Za-z]+")


def official_address(metadata: Metadata, anchor: str = "") -> str:
    """Give the address of a unit on its official site, else that of its document.

    Nothing but a web address is given: a document may hold ``javascript:`` in place of one.

    >>> from rag.types import Kind
    >>> act = Metadata(id="02024R1689-20260727", title="", kind=Kind.REGULATION,
    ...     url="https://eur-lex.europa.eu/eli/reg/2024/1689/oj")
    >>> official_address(act, "art_26.6")
    'https://eur-lex.europa.eu/eli/reg/2024/1689/2026-07-27/fra#art_26'
    """
    try:
        parts = urlsplit(metadata.url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    if parts.netloc != EUR_LEX or metadata.kind not in OFFICIAL:
        return metadata.url
    division = _DIVISION.match(anchor)
    address = _in_state(metadata) if _ELI.search(parts.path) else urldefrag(metadata.url).url
    return f"{address}#{division.group()}" if division else address


def is_exact(address: str) -> bool:
    """Tell whether an address leads to a unit of its document."""
    return bool(urlsplit(address).fragment)


def _in_state(metadata: Metadata) -> str:
    """Write the ELI of the very state that was read, in the language it was read in."""
    path = _ELI.search(urlsplit(metadata.url).path)
    if path is None:
        return metadata.url
    state = _CONSOLIDATED.match(metadata.id)
    day = f"{state['year']}-{state['month']}-{state['day']}" if state else "oj"
    address = f"https://{EUR_LEX}{path['act']}/{day}"
    language = _LANGUAGES.get(metadata.language)
    return f"{address}/{language}" if language else address
