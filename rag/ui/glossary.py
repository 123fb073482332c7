"""The tab « Glossaire »: the notions of the thesaurus, by family, found as one types."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rag.french import fold
from rag.thesaurus import Entry, Family, Form, Related, Thesaurus
from rag.ui import render
from rag.ui.components import html
from rag.ui.fragments import when_ready
from rag.ui.loading import Loading
from rag.ui.tabs import Tab


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another notion; ``number`` is that of its entry on the page, 0 where it has none."""

    name: str
    why: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notion:
    """An entry as the page shows it; ``words`` are what a filter compares with, folded."""

    number: int
    term: str
    forms: tuple[str, ...]
    english: tuple[str, ...]
    definition: str
    reference: str
    distinct_from: tuple[Neighbour, ...]
    near: tuple[Neighbour, ...]
    words: str


def lay_out(_loading: Loading) -> None:
    """Lay out the search box, and the place of the entries."""
    html(render.fragment("glossary.html"))


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the entries."""

    @router.get("/glossary", response_class=HTMLResponse)
    def entries() -> str:
        return when_ready(loading, lambda assistant: listing(assistant.glossary()))


TAB = Tab(id="glossaire", label="Glossaire", lay_out=lay_out, add_routes=add_routes)


def listing(thesaurus: Thesaurus) -> str:
    """Render the entries by family, in alphabetical order."""
    return render.fragment("glossary_entries.html", families=list(_families(thesaurus)))


def _families(thesaurus: Thesaurus) -> Iterator[tuple[str, list[Notion]]]:
    """Yield each family that has entries, with them."""
    ordered = sorted(thesaurus.entries, key=lambda entry: fold(entry.term))
    numbers = {entry.term: number for number, entry in enumerate(ordered, start=1)}
    for family in Family:
        notions = [_notion(entry, numbers) for entry in ordered if entry.family is family]
        if notions:
            yield _capitalised(family.value), notions


def _notion(entry: Entry, numbers: dict[str, int]) -> Notion:
    return Notion(
        number=numbers[entry.term],
        term=entry.term,
        forms=_texts(entry.forms),
        english=_texts(entry.english),
        definition=entry.definition,
        reference=entry.reference,
        distinct_from=_neighbours(entry.distinct_from, numbers),
        near=_neighbours(entry.near, numbers),
        words=fold(" ".join([*_texts(entry.names), entry.definition])),
    )


def _neighbours(related: tuple[Related, ...], numbers: dict[str, int]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(name=one.term or one.text, why=one.why, number=numbers.get(one.term, 0))
        for one in related
    )


def _texts(forms: tuple[Form, ...]) -> tuple[str, ...]:
    return tuple(form.text for form in forms)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
