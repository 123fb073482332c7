"""What the next questions are asked of: all the documents, unless the reader chooses some.

The choice is the value of a component, so it belongs to one visitor's page and is kept nowhere.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import gradio as gr
from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rag.errors import Problem, QuestionError
from rag.french import fold
from rag.messages import KINDS, LANGUAGES, typographic
from rag.types import NO_FILTER, Filters, Kind, Metadata
from rag.ui import render
from rag.ui.fragments import when_ready
from rag.ui.loading import Loading

NONE = ""
"""What the component holds as long as nothing is filtered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that one may choose; ``words`` are what the search box compares with, folded."""

    value: str
    label: str
    count: int = 0
    words: str = ""


def picker() -> gr.HTML:
    """Lay out the button, the filters that are set, and the panel, closed at first."""
    return gr.HTML(
        NONE,
        html_template=render.fragment("filters.html"),
        js_on_load="radiact.followFilters(element, props, watch);",
        apply_default_css=False,
        elem_id="filters",
    )


def read_filters(text: str | None) -> Filters:
    """Read the filters chosen, in JSON.

    >>> read_filters('{"kinds": ["loi"], "since": "2024-01-01"}').since
    datetime.date(2024, 1, 1)

    Raises:
        QuestionError: they cannot be read, or their period is empty.
    """
    if not text:
        return NO_FILTER
    try:
        values = json.loads(text)
        filters = Filters(
            kinds=tuple(map(Kind, _texts(values, "kinds"))),
            publishers=_texts(values, "publishers"),
            since=_day(values, "since"),
            until=_day(values, "until"),
            languages=_texts(values, "languages"),
            documents=_texts(values, "documents"),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise QuestionError(Problem.BAD_FILTERS) from error
    if filters.since and filters.until and filters.since > filters.until:
        raise QuestionError(Problem.BAD_PERIOD, since=filters.since, until=filters.until)
    return filters


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the choices, which depend on what is indexed."""

    @router.get("/filters", response_class=HTMLResponse)
    def choices() -> str:
        return when_ready(loading, lambda assistant: listing(assistant.documents()))


def listing(documents: Sequence[Metadata]) -> str:
    """Render what one may choose among documents."""
    return render.fragment(
        "filter_choices.html",
        kinds=_kinds(documents),
        publishers=_counted(facts.publisher for facts in documents if facts.publisher),
        languages=[
            Choice(value=one.value, label=LANGUAGES.get(one.value, one.value), count=one.count)
            for one in _counted(facts.language for facts in documents)
        ],
        documents=_documents(documents),
    )


def _kinds(documents: Iterable[Metadata]) -> list[Choice]:
    """List the sorts of text that are indexed, from the most authoritative."""
    counts = Counter(facts.kind for facts in documents)
    return [
        Choice(value=kind.value, label=KINDS[kind], count=counts[kind])
        for kind in Kind
        if counts[kind]
    ]


def _counted(values: Iterable[str]) -> list[Choice]:
    counts = Counter(values)
    ordered = sorted(counts, key=fold)
    return [Choice(value=value, label=typographic(value), count=counts[value]) for value in ordered]


def _documents(documents: Iterable[Metadata]) -> list[Choice]:
    ordered = sorted(documents, key=lambda facts: fold(facts.title))
    return [
        Choice(
            value=facts.id,
            label=typographic(facts.title),
            words=fold(f"{facts.title} {facts.id} {facts.publisher}"),
        )
        for facts in ordered
    ]


def _texts(values: dict[str, object], name: str) -> tuple[str, ...]:
    found = values.get(name) or []
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise TypeError(name)
    return tuple(found)


def _day(values: dict[str, object], name: str) -> date | None:
    text = values.get(name)
    return date.fromisoformat(str(text)) if text else None
