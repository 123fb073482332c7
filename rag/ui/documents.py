"""The tab « Documents »: what answers questions, how old it is; files are added and removed."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request, Response
from fastapi.responses import HTMLResponse

from rag.errors import Problem, RadiactError
from rag.library import Listed
from rag.loaders.files import SUFFIXES
from rag.messages import french, typographic
from rag.ui import render, wording
from rag.ui.additions import receive
from rag.ui.components import html
from rag.ui.document_rows import row
from rag.ui.fragments import when_ready
from rag.ui.loading import Asker, Loading
from rag.ui.tabs import Tab
from rag.uploads import MAX_UPLOAD_BYTES

logger = logging.getLogger(__name__)

CLOSED = typographic(
    "L’ajout et le retrait de documents sont fermés sur ce serveur (réglage RADIACT_UPLOADS)."
)
FROM_ELSEWHERE = "Demande refusée : elle ne vient pas de cette page."
STATUS_CODES = {Problem.UNKNOWN_DOCUMENT: 404, Problem.LOCKED: 409}
COLUMNS = (
    ("title", "Titre"),
    ("publisher", "Éditeur"),
    ("kind", "Nature"),
    ("published", "Publié"),
    ("version", "Version du"),
    ("status", "Statut"),
    ("checked", "Vérifié"),
    ("passages", "Passages"),
)


def lay_out(_loading: Loading) -> None:
    """Lay out the places of the files to add, of the search and of the documents."""
    html(
        render.fragment(
            "documents.html",
            closed=CLOSED,
            suffixes=",".join(SUFFIXES),
            limit_bytes=MAX_UPLOAD_BYTES,
            limit=f"{MAX_UPLOAD_BYTES // 1_000_000}",
        )
    )


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the documents; add and remove some.

    What changes them is asked for with a header, or in JSON, which no page of another site can
    send here: its browser would ask first, and nothing here answers that it may.
    """

    @router.get("/documents", response_class=HTMLResponse)
    def documents(request: Request) -> str:
        return when_ready(loading, lambda assistant: _listing(assistant, request))

    @router.post("/documents/add")
    async def add(request: Request, x_radiact_file: Annotated[str, Header()]) -> Response:
        return _refusal(request, loading) or await receive(
            request, loading.assistant, x_radiact_file
        )

    @router.post("/documents/remove", response_class=HTMLResponse)
    def remove(request: Request, id: Annotated[str, Body(embed=True)]) -> Response:
        return _refusal(request, loading) or _remove(loading.assistant, id)


TAB = Tab(id="documents", label="Documents", lay_out=lay_out, add_routes=add_routes)


def listing(
    documents: Sequence[Listed], *, today: date, check_after_days: int, is_open: bool
) -> str:
    """Render the table of the documents, by title."""
    rows = [row(one, today=today, check_after_days=check_after_days) for one in documents]
    return render.fragment(
        "documents_list.html",
        rows=sorted(rows, key=lambda one: (one.title_key, one.id)),
        columns=COLUMNS,
        is_open=is_open,
    )


def _listing(assistant: Asker, request: Request) -> str:
    return listing(
        assistant.library(),
        today=date.today(),
        check_after_days=assistant.settings.check_after_days,
        is_open=_is_open(assistant, request),
    )


def _is_open(assistant: Asker, request: Request) -> bool:
    return assistant.settings.allows_uploads(asked_as=request.url.hostname or "")


def _refusal(request: Request, loading: Loading) -> Response | None:
    """Say why the documents cannot be changed; None where they can."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return _problem(typographic(FROM_ELSEWHERE), status=403)
    if not loading.done or loading.failure:
        text = loading.failure or wording.preparing_line(loading.progress)
        return _problem(text, status=503)
    return None if _is_open(loading.assistant, request) else _problem(CLOSED, status=403)


def _remove(assistant: Asker, id: str) -> Response:
    try:
        assistant.remove(id)
    except RadiactError as error:
        return _problem(french(error), status=STATUS_CODES.get(error.problem, 500))
    except Exception:
        logger.exception("A document could not be removed")
        return _problem(wording.PANEL_UNEXPECTED, status=500)
    return Response(status_code=204)


def _problem(text: str, *, status: int) -> Response:
    fragment = render.fragment("panel_state.html", text=text, state="failed")
    return HTMLResponse(fragment, status_code=status)
