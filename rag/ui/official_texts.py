"""The tab « Textes officiels »: the catalogue, what is here of it, and its download."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Body, Response
from fastapi.responses import HTMLResponse

from rag.sources import Access, SourceState
from rag.types import PullOutcome
from rag.ui import render, wording
from rag.ui.components import html
from rag.ui.downloads import Downloads
from rag.ui.fragments import when_ready
from rag.ui.loading import Asker, Loading
from rag.ui.tabs import Tab
from rag.ui.text_rows import Presence, host, row

if TYPE_CHECKING:
    from rag.pipeline import PullReport, SourceReport

MOST_TEXTS = 1000
"""In one request; no catalogue is as long."""


def lay_out(_loading: Loading) -> None:
    """Lay out what the tab is for, and the places of the download and of the texts."""
    html(render.fragment("official_texts.html"))


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the texts and the download.

    A download is asked for in JSON, which no page of another site can send here.
    """
    downloads = Downloads(loading)

    def list_texts(assistant: Asker) -> str:
        return listing(assistant.official_texts(), outcomes=downloads.outcomes)

    @router.get("/texts", response_class=HTMLResponse)
    def texts() -> str:
        return when_ready(loading, list_texts)

    @router.get("/pull", response_class=HTMLResponse)
    def progress() -> str:
        return download(downloads)

    @router.post("/pull", response_class=HTMLResponse)
    def pull(
        ids: Annotated[list[str], Body(embed=True, max_length=MOST_TEXTS)], response: Response
    ) -> str:
        if not downloads.start(ids):
            response.status_code = 409
            return render.fragment("panel_state.html", text=wording.PULL_IS_RUNNING, state="failed")
        return download(downloads)


TAB = Tab(id="textes", label="Textes officiels", lay_out=lay_out, add_routes=add_routes)


def listing(states: Sequence[SourceState], *, outcomes: Mapping[str, "SourceReport"]) -> str:
    """Render the texts of the catalogue, and what the last downloads came to."""
    rows = [row(state, outcomes.get(state.text.id)) for state in states]
    return render.fragment(
        "official_texts_list.html",
        rows=rows,
        installed=sum(one.presence is Presence.INSTALLED for one in rows),
        hosts=_hosts(states),
    )


def download(downloads: Downloads) -> str:
    """Render how far the download is, or what it came to."""
    return render.fragment(
        "download.html",
        downloads=downloads,
        line=wording.step_line(downloads.step),
        total=wording.pull_totals(downloads.report) if downloads.report else "",
        failed=_failed(downloads.report) if downloads.report else (),
    )


def _hosts(states: Sequence[SourceState]) -> list[str]:
    """Name the sites that a download of everything may contact."""
    downloadable = (state.text for state in states if state.text.access is Access.DOWNLOAD)
    return sorted({host(address) for text in downloadable for address in text.addresses})


def _failed(report: "PullReport") -> tuple["SourceReport", ...]:
    return tuple(one for one in report.sources if one.outcome is PullOutcome.FAILED)
