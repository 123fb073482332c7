"""The reader: a unit of a document with the quote marked, and the page of a PDF.

It has no tab of its own: its script opens it in whichever is shown, for any button that has
``data-read-document``.
"""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from rag.errors import RadiactError
from rag.loaders.pdf.images import WIDTHS
from rag.messages import in_language, typographic
from rag.official_address import is_exact
from rag.types import FileState, PageView, Reading
from rag.ui import reader_wording, render
from rag.ui.fragments import when_ready
from rag.ui.loading import Asker, Loading

LARGEST = 2_000_000_000
LONGEST = 2_000
MIN_WIDTH = 100
Identifier = Annotated[str, Query(min_length=1, max_length=LONGEST)]
Number = Annotated[int | None, Query(ge=0, le=LARGEST)]
PageNumber = Annotated[int, Query(ge=1, le=LARGEST)]
A_YEAR = "private, max-age=31536000, immutable"


class FrenchRoute(APIRoute):
    """A route that says in French that its address is not of the right form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler that checks the parameters."""
        handle = super().get_route_handler()

        async def handle_in_french(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                text = reader_wording.BAD_ADDRESS
                message = render.fragment("panel_state.html", text=text, state="failed")
                return HTMLResponse(message, status_code=404)

        return handle_in_french


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve a place of a document, its table of contents, and the pages of a PDF."""
    routes = APIRouter(route_class=FrenchRoute)
    _add_text_routes(routes, loading)
    _add_page_routes(routes, loading)
    router.include_router(routes)


def _serve(loading: Loading, response: Response, render_it: Callable[[Asker], str]) -> str:
    """Render what an address names; 404 where there is no such thing."""

    def or_not_found(assistant: Asker) -> str:
        try:
            return render_it(assistant)
        except RadiactError:
            response.status_code = 404
            raise

    return when_ready(loading, or_not_found)


def _add_text_routes(router: APIRouter, loading: Loading) -> None:
    @router.get("/read", response_class=HTMLResponse)
    def read(
        response: Response,
        document: Identifier,
        version: Number = None,
        anchor: Annotated[str | None, Query(max_length=LONGEST)] = None,
        start: Number = None,
        end: Number = None,
    ) -> str:
        def render_it(assistant: Asker) -> str:
            found = assistant.read(document, version=version, anchor=anchor, start=start, end=end)
            return place(found)

        return _serve(loading, response, render_it)

    @router.get("/read/contents", response_class=HTMLResponse)
    def contents(response: Response, document: Identifier, version: Number = None) -> str:
        return _serve(
            loading, response, lambda assistant: table(assistant.read(document, version=version))
        )


def _add_page_routes(router: APIRouter, loading: Loading) -> None:
    @router.get("/read/page", response_class=HTMLResponse)
    def page(
        response: Response,
        document: Identifier,
        page: PageNumber,
        version: Number = None,
        start: Number = None,
        end: Number = None,
    ) -> str:
        def render_it(assistant: Asker) -> str:
            found = assistant.read(document, version=version, start=start, end=end)
            view = assistant.look_at_page(document, page, version=version, start=start, end=end)
            return page_of(found, view)

        return _serve(loading, response, render_it)

    @router.get("/page", response_class=Response)
    def image(
        document: Identifier,
        page: PageNumber,
        version: Annotated[int, Query(ge=0, le=LARGEST)],
        width: Annotated[int, Query(ge=MIN_WIDTH, le=WIDTHS[-1])] = WIDTHS[0],
    ) -> Response:
        drawn: list[bytes] = []

        def draw(assistant: Asker) -> str:
            drawn.append(assistant.page_image(document, page, width=width, version=version))
            return ""

        refusal = Response(media_type="text/html")
        message = _serve(loading, refusal, draw)
        if not drawn:
            status = refusal.status_code if refusal.status_code != 200 else 503
            return HTMLResponse(message, status_code=status)
        return Response(drawn[0], media_type="image/png", headers={"Cache-Control": A_YEAR})


def place(reading: Reading) -> str:
    """Render a place of a document, with what is around it."""
    facts = reading.metadata
    return render.fragment(
        "reader.html",
        reading=reading,
        title=reader_wording.place_title(reading),
        version_line=reader_wording.version_line(reading),
        language="" if facts.language == "fr" else in_language(facts.language),
        short_hash=reading.sha256[: reader_wording.SHORT_HASH],
        state=reader_wording.STATES.get(reading.state, ""),
        file_state=reader_wording.FILES.get(reading.file, "") if reading.file else "",
        has_pages=reading.file is FileState.SAME,
        is_exact=is_exact(reading.address),
    )


def table(reading: Reading) -> str:
    """Render the table of contents of a document."""
    entries = [(one, reader_wording.entry(reading, one)) for one in reading.contents]
    return render.fragment("reader_contents.html", reading=reading, entries=entries)


def page_of(reading: Reading, view: PageView) -> str:
    """Render a page of a PDF; its image is asked for by its own address."""
    is_quoted = view.number in view.quote_pages
    return render.fragment(
        "reader_page.html",
        reading=reading,
        view=view,
        line=reader_wording.page_line(view.number, view.count),
        widths=WIDTHS,
        not_found=reader_wording.NOT_ON_PAGE if is_quoted and not view.marks else "",
        title=typographic(reading.metadata.title),
    )
