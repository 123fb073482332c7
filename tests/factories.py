"""Small documents and hits for tests, with only what a test cares about."""

from datetime import date
from pathlib import Path

from rag.types import Document, Hit, Kind, Metadata, Passage, Query, Unit


def make_document(
    text: str, *units: Unit, id: str = "essai", title: str = "Essai", language: str = "fr"
) -> Document:
    return Document(
        metadata=Metadata(id=id, title=title, kind=Kind.NOTICE, language=language),
        text=text,
        units=units,
        source=Path(f"{id}.md"),
        sha256="0" * 64,
    )


def make_passage(text: str, *, id: str = "essai#un", start: int = 0, **fields: object) -> Passage:
    document, anchor = id.split("#")
    values: dict[str, object] = {
        "id": id,
        "document": document,
        "anchor": anchor.split("~")[0],
        "label": anchor,
        "headings": (),
        "start": start,
        "end": start + len(text),
        "text": text,
    }
    return Passage(**{**values, **fields})


def make_hit(
    text: str,
    *,
    id: str = "essai#un",
    start: int = 0,
    headings: tuple[str, ...] = (),
    **scores: float,
) -> Hit:
    passage = make_passage(text, id=id, start=start, headings=headings)
    metadata = Metadata(id=passage.document, title="Essai", kind=Kind.NOTICE)
    values = {"score": 1.0, "dense": 0.8, "contrast": 9.0, "coverage": 0.8, **scores}
    return Hit(passage=passage, metadata=metadata, version=1, **values)


def make_query(text: str) -> Query:
    return Query(question=text, text=text, as_of=date(2026, 11, 23))


NOTICE = """---
id: {id}
title: {title}
kind: notice
publisher: RadIAct
published: 2026-11-23
covers: [32024R1689#art_26]
---
# {title}

{body}
"""


def write_notice(folder: Path, id: str, body: str, *, title: str = "Notice d’essai") -> Path:
    path = folder / f"{id}.md"
    path.write_text(NOTICE.format(id=id, title=title, body=body), encoding="utf-8")
    return path
