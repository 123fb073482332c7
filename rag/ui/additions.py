"""Receive a file from the page as it comes, index it, and tell the page of each step.

The answer is a JSON object a line (NDJSON): ``step`` says in French what is going on, ``share`` how
much of it is done where that is known; the last line holds ``outcome``, a fragment of the page.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect

from rag.errors import RadiactError, StoreError
from rag.messages import NBSP, french, typographic
from rag.types import Outcome, Progress
from rag.ui import render, wording
from rag.ui.loading import Asker, Step
from rag.uploads import MAX_UPLOAD_BYTES, Reception

if TYPE_CHECKING:
    from rag.pipeline import Addition

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.2
WAIT_SECONDS = 30
"""For another process that is writing."""
LINES = "application/x-ndjson"

OUTCOMES = {
    Outcome.ADDED: "Ajouté",
    Outcome.UPDATED: typographic(
        "Mis à jour ; la version précédente reste au registre, pour preuve"
    ),
    Outcome.UNCHANGED: typographic("Inchangé : ce fichier est déjà indexé, à l’identique"),
    Outcome.FAILED: "Échec",
}


async def receive(request: Request, assistant: Asker, name: str) -> Response:
    """Receive a file whose name is percent-encoded, and answer with what becomes of it."""
    try:
        reception = await asyncio.to_thread(Reception, assistant.settings, unquote(name))
    except RadiactError as error:
        await _read_away(request)
        return _at_once(failure(error))
    try:
        async for chunk in request.stream():
            await asyncio.to_thread(reception.write, chunk)
        await asyncio.to_thread(reception.finish)
    except RadiactError as error:
        reception.close()
        return _at_once(failure(error))
    except ClientDisconnect:
        reception.close()
        return Response()
    return StreamingResponse(_indexing(assistant, reception), media_type=LINES)


def outcome(addition: "Addition") -> str:
    """Render what became of a file."""
    report = addition.report
    if report.error is not None:
        return failure(report.error)
    line = OUTCOMES[report.outcome]
    if report.outcome is Outcome.ADDED:
        line += f" ({wording.number(report.passages)}{NBSP}passage{'s' * (report.passages > 1)})"
    if addition.replaced:
        line += typographic(
            f" ; il remplace « {addition.replaced} », que portait un fichier du même nom"
        )
    return _fragment(report.outcome, f"{line}.", document=report.document or "")


def failure(error: RadiactError | None) -> str:
    """Render why a file was not added, and whether trying again may help."""
    cause = french(error) if error else wording.PANEL_UNEXPECTED
    line = typographic(f"{OUTCOMES[Outcome.FAILED]} : {wording.lowered(cause)}")
    may_retry = error is None or isinstance(error, StoreError)
    return _fragment(Outcome.FAILED, line, may_retry=may_retry)


def step_line(step: Step) -> str:
    """Say how far the indexing of a file is.

    >>> step_line(Step("Encodage", 32, 128)).replace(NBSP, " ")
    'Encodage (25 %)'
    """
    if step.total < 2:
        return "Lecture et indexation"
    return wording.progress_line(step.label, step.done, step.total)


async def _indexing(assistant: Asker, reception: Reception) -> AsyncIterator[str]:
    """Yield the steps, then the outcome; a page that leaves does not stop the indexing."""
    step = Step()

    def tell(label: str, done: int, total: int) -> None:
        nonlocal step
        step = Step(label, done, total)

    def index() -> str:
        with reception:
            return _index(assistant, reception, tell)

    work = asyncio.get_running_loop().run_in_executor(None, index)
    told = ""
    while not work.done():
        if (line := step_line(step)) != told:
            told = line
            yield _line(step=line, share=step.done / step.total if step.total > 1 else None)
        await asyncio.wait({work}, timeout=POLL_SECONDS)
    yield _line(outcome=work.result())


def _index(assistant: Asker, reception: Reception, tell: Progress) -> str:
    try:
        return outcome(assistant.add(reception.path, progress=tell, wait_seconds=WAIT_SECONDS))
    except RadiactError as error:
        return failure(error)
    except Exception:
        logger.exception("A file could not be added")
        return failure(None)


async def _read_away(request: Request) -> None:
    """Read a file that is refused, up to the limit: cut off, a browser would not see why."""
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_UPLOAD_BYTES:
            return


def _at_once(fragment: str) -> Response:
    return Response(_line(outcome=fragment), media_type=LINES)


def _fragment(result: Outcome, line: str, *, document: str = "", may_retry: bool = False) -> str:
    return render.fragment(
        "addition.html", result=result.value, line=line, document=document, may_retry=may_retry
    )


def _line(**values: str | float | None) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
