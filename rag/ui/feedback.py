"""What a reader thinks of an answer, sent by a request of its own and kept on this machine."""

from typing import Annotated

from fastapi import APIRouter, Body, Response
from fastapi.responses import PlainTextResponse

from rag.errors import RadiactError
from rag.messages import french, typographic
from rag.types import Verdict
from rag.types.feedback import MOST_CHARACTERS
from rag.ui.loading import Loading

KEPT = "Votre avis est enregistré sur cette machine."
GONE = typographic(
    "Cette réponse n’est plus en mémoire : posez de nouveau la question pour donner votre avis."
)


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Take verdicts, in JSON, which no page of another site can send here."""

    @router.post("/feedback", response_class=PlainTextResponse)
    def judge(
        key: Annotated[str, Body()],
        verdict: Annotated[Verdict, Body()],
        response: Response,
        comment: Annotated[str, Body(max_length=MOST_CHARACTERS)] = "",
    ) -> str:
        turn = loading.kept.find(key)
        if turn is None or turn.answer is None:
            response.status_code = 404
            return GONE
        try:
            loading.assistant.judge(turn.answer, key=key, verdict=verdict, comment=comment)
        except RadiactError as error:
            response.status_code = 422
            return french(error)
        return KEPT
