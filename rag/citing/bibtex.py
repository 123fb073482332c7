"""A reference in BibTeX, with nothing in it that LaTeX would read as a command."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from rag.citing.source import Source, SourceKind, source_of
from rag.messages import KINDS
from rag.types import Hit

_ENTRIES = {
    SourceKind.LEGISLATION: "misc",  # classic BibTeX has nothing for laws
    SourceKind.REPORT: "techreport",
    SourceKind.NEWS: "article",
    SourceKind.PAGE: "misc",
}
_PUBLISHERS = {SourceKind.REPORT: "institution", SourceKind.NEWS: "journal"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LANGUAGES = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian"}

# A brace counts for BibTeX even behind a backslash, so none of the text is left.
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    **{special: f"\\{special}" for special in "$&#_%"},
}
_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"
_SPECIAL = re.compile("|".join(map(re.escape, _ESCAPES)))


def bibtex(hit: Hit) -> str:
    """Write the source of a passage as a BibTeX entry, in UTF-8, that biblatex reads as well."""
    source = source_of(hit)
    lines = "".join(f"  {name} = {value},\n" for name, value in _fields(source, hit))
    return f"@{_ENTRIES[source.kind]}{{{source.id},\n{lines}}}\n"


def escape(text: str) -> str:
    r"""Write a text so that LaTeX shows it as it is.

    >>> print(escape("R&D à 50 % \\input{x}"))
    R\&D à 50 \% \textbackslash{}input\textbraceleft{}x\textbraceright{}
    """
    return _SPECIAL.sub(lambda match: _ESCAPES[match.group()], text)


def _fields(source: Source, hit: Hit) -> Iterator[tuple[str, str]]:
    """Yield the fields that the document gives, their values with their delimiters."""
    day, act = source.day, source.act
    whole = {"title": source.title, "author": source.author}
    texts = {
        _PUBLISHERS.get(source.kind, ""): source.author,
        "type": KINDS[hit.metadata.kind] if source.kind is SourceKind.REPORT else "",
        "number": act.number if act else "",
        "howpublished": act.journal if act else "",
        "pages": str(source.page) if source.page is not None else "",
        "note": "; ".join(_notes(source)),
        "urldate": source.checked.isoformat() if source.checked else "",
        "langid": _LANGUAGES.get(source.language, ""),
    }
    for name, text in whole.items():
        if text:  # in braces of its own, so that its capitals and commas are left alone
            yield name, f"{{{{{escape(text)}}}}}"
    if day:
        yield from (("year", f"{{{day.year}}}"), ("month", _MONTHS[day.month - 1]))
        yield "day", f"{{{day.day}}}"
    for name, text in texts.items():
        if name and text:
            yield name, f"{{{escape(text)}}}"
    if source.url:
        yield "url", f"{{{quote(source.url, safe=_IN_ADDRESS)}}}"


def _notes(source: Source) -> Iterator[str]:
    if source.unit:
        yield source.unit
    if source.act:
        yield f"CELEX {source.act.celex}"
    if source.act and source.act.eli:
        yield f"ELI {source.act.eli}"
