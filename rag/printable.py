"""Text that any file can hold and any reader can show in order, whoever wrote it."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u202a-\u202e\u2066-\u2069"  # would show the words after them in another order
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def printable(text: str) -> str:
    r"""Replace what XML cannot hold, and what changes the order of the words around it.

    Lines and tabs stay; every other character is left as it is, so that a quote stays verbatim.

    >>> printable("un\x00 deux\u202e")
    'un� deux�'
    """
    return _CONTROLS.sub(REPLACEMENT, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    r"""Put a text on one line, every run of spaces being one plain space.

    >>> one_line(" Règlement\n(UE)\N{NO-BREAK SPACE}2024/1689 ")
    'Règlement (UE) 2024/1689'
    """
    return " ".join(printable(text).split())
