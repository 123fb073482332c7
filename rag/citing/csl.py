"""A reference in CSL-JSON, which Zotero and other reference managers import."""

import json
from datetime import date
from typing import Any

from rag.citing.source import Source, SourceKind, source_of
from rag.messages import KINDS
from rag.types import Hit

JOURNAL = "Journal officiel de l’Union européenne"


def csl_json(hit: Hit) -> str:
    """Write the source of a passage as a CSL-JSON document of one item."""
    return json.dumps([csl_item(hit)], ensure_ascii=False, indent=2)


def csl_item(hit: Hit) -> dict[str, Any]:
    """Describe the source of a passage as an item of the schema ``csl-data``."""
    source = source_of(hit)
    act = source.act
    values = {
        "id": source.id,
        "type": source.kind.value,
        "title": source.title,
        "title-short": source.name if source.name != source.title else "",
        "author": [{"literal": source.author}] if source.author else [],
        "publisher": source.author,
        "genre": KINDS[hit.metadata.kind],
        "issued": _date(source.day),
        "accessed": _date(source.checked),
        "container-title": _container(source),
        "number": act.number if act else "",
        "section": source.unit,
        "page": str(source.page) if source.page is not None else "",
        "URL": source.url,
        "language": source.language,
        "note": "\n".join(_notes(source)),
    }
    return {name: value for name, value in values.items() if value}


def _container(source: Source) -> str:
    if source.act and source.act.journal:
        return JOURNAL
    return source.author if source.kind in (SourceKind.NEWS, SourceKind.PAGE) else ""


def _notes(source: Source) -> tuple[str, ...]:
    """List what identifies an act and has no variable of its own, as reference managers read it."""
    if source.act is None:
        return ()
    told = {
        "CELEX": source.act.celex,
        "ELI": source.act.eli,
        "JO": source.act.journal.removeprefix("JO "),
    }
    return tuple(f"{name}: {value}" for name, value in told.items() if value)


def _date(day: date | None) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}
