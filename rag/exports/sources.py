"""Lay out the sources of an answer: the quote, its reference, and what proves it."""

from collections.abc import Iterator
from datetime import date

from rag.citing import legal_reference, source_of
from rag.dates import french_date
from rag.explanations import places
from rag.exports.document import Block, Fact, Facts, Heading, Paragraph, Quote, Tone
from rag.messages import KINDS, NBSP, STATUSES, caveat_sentence, in_language, typographic
from rag.types import Answer, Hit, Kind, Status

NEAREST = 3
NOTICE_ORIGIN = "Notice rédigée pour RadIAct, sans valeur juridique"


def source_name(place: int, number: int) -> str:
    """Name the heading of a source, in the answer of this rank."""
    return f"source_{place}_{number}"


def sources(answer: Answer, *, place: int) -> Iterator[Block]:
    """Lay out what is cited: each quote whole, with the hash of its text and its offsets."""
    for citation in answer.citations:
        hit = citation.hit
        title = f"[{citation.n}] {legal_reference(hit)}"
        yield Heading(title, 3, name=source_name(place, citation.n))
        yield Quote(citation.quote, hit.metadata.language, name=f"quote_{place}_{citation.n}")
        yield from _warnings(hit)
        proof = (
            Fact("Position", _span(citation.start, citation.end)),
            Fact("SHA-256 du texte", citation.sha256),
        )
        yield Facts((*_facts(hit), *proof))


def uncited(answer: Answer, *, place: int) -> Iterator[Block]:
    """Lay out the nearest passages of an answer that cites none."""
    for rank, hit in enumerate(answer.hits[:NEAREST], start=1):
        yield Heading(legal_reference(hit), 3)
        yield Quote(hit.passage.text, hit.metadata.language, name=f"passage_{place}_{rank}")
        yield from _warnings(hit)
        passage = hit.passage
        yield Facts((*_facts(hit), Fact("Position", _span(passage.start, passage.end))))


def _warnings(hit: Hit) -> Iterator[Block]:
    for caveat in hit.caveats:
        told = caveat_sentence(caveat)
        told = typographic(f"Attention : {told[:1].lower()}{told[1:]}")
        yield Paragraph.of(told, Tone.WARNING)


def _facts(hit: Hit) -> tuple[Fact, ...]:
    """List what is known of a passage and its document; what is not known has no row."""
    facts, passage, source = hit.metadata, hit.passage, source_of(hit)
    act = source.act
    plan = " › ".join(passage.headings)
    rows = (
        Fact("Titre", typographic(facts.title)),
        Fact("Éditeur", facts.publisher),
        Fact("Nature", NOTICE_ORIGIN if facts.kind is Kind.NOTICE else KINDS[facts.kind]),
        Fact("Statut", _status(hit)),
        Fact("Langue", "" if facts.language == "fr" else in_language(facts.language)),
        Fact("Unité", typographic(passage.label)),
        Fact("Plan", typographic(plan) if plan != passage.label else ""),
        Fact("Page", str(passage.page or "")),
        Fact("Publié le", _day(passage.published or facts.published)),
        Fact("État du", _day(facts.version_date)),
        Fact("Vérifié le", _day(facts.checked)),
        Fact("Applicable dès le", _day(facts.applies_from)),
        Fact("CELEX", act.celex if act else ""),
        Fact("Journal officiel", act.journal if act else ""),
        Fact("ELI", act.eli if act else "", address=act.eli if act else ""),
        Fact("Adresse", source.url, address=source.url),
        Fact("Aussi dans", f"{NBSP}; ".join(places(hit))),
        Fact("Passage", passage.id),
        Fact("Version", f"n°{NBSP}{hit.version} du registre"),
    )
    return tuple(row for row in rows if row.value)


def _status(hit: Hit) -> str:
    """Name the status of a document; « En vigueur » would belie a caveat beside it."""
    status = hit.metadata.status
    if status is None or (status is Status.IN_FORCE and hit.caveats):
        return ""
    return STATUSES[status]


def _day(day: date | None) -> str:
    return french_date(day) if day else ""


def _span(start: int, end: int) -> str:
    return f"caractères {start} à {end}"
