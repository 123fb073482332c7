"""An answer or the conversation as a file: the routes that « Exporter » asks."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import PlainTextResponse

from rag.exports import ExportFormat, Provenance, export, file_name
from rag.messages import typographic
from rag.types import Answer
from rag.ui.loading import Loading

FORMATS = {ExportFormat.DOCX: "Word", ExportFormat.PDF: "PDF", ExportFormat.MARKDOWN: "Markdown"}
MOST_ANSWERS = 100
"""In one file; nobody asks as many questions in a row."""

UNKNOWN_FORMAT = typographic("Format d’export inconnu : docx, pdf ou md.")
NO_LONGER_KEPT = typographic(
    "Cette réponse n’est plus gardée par le serveur : posez de nouveau la question, puis exportez."
)
TOO_MANY = "La conversation est trop longue pour un seul fichier : exportez les réponses une à une."


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the answers of some keys, in their order, as one file."""

    @router.get("/export/{to}")
    def exported(to: str, key: Annotated[tuple[str, ...], Query()] = ()) -> Response:
        try:
            wanted = ExportFormat(to)
        except ValueError:
            return PlainTextResponse(UNKNOWN_FORMAT, status_code=404)
        if len(key) > MOST_ANSWERS:
            return PlainTextResponse(TOO_MANY, status_code=413)
        answers = [_answer(loading, one) for one in dict.fromkeys(key)]
        kept = [answer for answer in answers if answer is not None]
        if not kept or len(kept) < len(answers):
            return PlainTextResponse(NO_LONGER_KEPT, status_code=404)
        return _file(kept, wanted, encoder=str(loading.assistant.describe().get("model", "")))


def _answer(loading: Loading, key: str) -> Answer | None:
    turn = loading.kept.find(key)
    return turn.answer if turn else None


def _file(answers: list[Answer], to: ExportFormat, *, encoder: str) -> Response:
    provenance = Provenance.now(encoder=encoder)
    name = file_name(len(answers), provenance.exported_at.date(), to=to)
    return Response(
        export(answers, to=to, provenance=provenance),
        media_type=to.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
