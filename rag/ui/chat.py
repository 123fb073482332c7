"""The tab « Questions »: a column for the conversation, one for its sources."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import gradio as gr
from fastapi import APIRouter

from rag.errors import Problem, QuestionError
from rag.messages import french
from rag.ui import as_of, asking, exporting, feedback, filters, render, wording
from rag.ui.components import html
from rag.ui.conversation import reply
from rag.ui.loading import Loading
from rag.ui.tabs import Tab
from rag.ui.turns import Turn, guarded, interrupt

CONCURRENT_QUESTIONS = 4

Turns: TypeAlias = tuple[Turn, ...]
Updates: TypeAlias = tuple[Any, ...]
"""A new value, or a ``gr.update``, for each output of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Where one asks: the box, its buttons, and what the question is asked with."""

    question: gr.Textbox
    send: gr.Button
    stop: gr.Button
    request: gr.HTML
    day: gr.HTML
    filters: gr.HTML
    restart: gr.Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The components that events read and write; ``turns`` belongs to one visitor's page."""

    turns: gr.State
    conversation: gr.HTML
    sources: gr.HTML
    composer: Composer

    @property
    def read(self) -> list[gr.blocks.Block]:
        """Inputs of every question."""
        composer = self.composer
        return [
            *(composer.question, composer.request, self.turns),
            *(composer.day, composer.filters),
        ]

    @property
    def written(self) -> list[gr.blocks.Block]:
        """Outputs of every event about a question, in the order of ``Updates``."""
        composer = self.composer
        return [
            *(self.turns, self.conversation, self.sources),
            *(composer.question, composer.request, composer.day, composer.filters),
        ]


def lay_out(loading: Loading) -> None:
    """Lay out the conversation and its sources, and connect them to the assistant."""
    turns = gr.State(())
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat"):
            with gr.Column(elem_id="scroll"):
                html(render.welcome(), elem_id="welcome")
                conversation = html(render.conversation(()), elem_id="conversation")
            composer = _lay_out_composer()
        sources = html(render.sources(()), elem_id="sources")
    parts = Parts(turns=turns, conversation=conversation, sources=sources, composer=composer)
    _connect(parts, loading=loading)


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve the choices of filters and the answers as files, and take opinions on them."""
    filters.add_routes(router, loading)
    exporting.add_routes(router, loading)
    feedback.add_routes(router, loading)


TAB = Tab(id="questions", label="Questions", lay_out=lay_out, add_routes=add_routes)


def _lay_out_composer() -> Composer:
    with gr.Column(elem_id="composer"):
        request = asking.component()
        with gr.Row(elem_id="composer-row"):
            question = gr.Textbox(
                label=wording.QUESTION_LABEL,
                placeholder=wording.QUESTION_PLACEHOLDER,
                show_label=False,
                container=False,
                lines=1,
                max_lines=6,
                autofocus=True,
                elem_id="question",
            )
            send = gr.Button(wording.SEND, variant="primary", elem_id="send")
            stop = gr.Button(wording.STOP, elem_id="stop")
        with gr.Row(elem_id="composer-tools"):
            day = as_of.picker()
            chosen = filters.picker()
            html(render.fragment("export_conversation.html"), elem_id="export-tool")
            restart = gr.Button(wording.NEW_CONVERSATION, elem_id="restart", size="sm")
        html(render.privacy())
    return Composer(
        question=question,
        send=send,
        stop=stop,
        request=request,
        day=day,
        filters=chosen,
        restart=restart,
    )


def _connect(parts: Parts, *, loading: Loading) -> None:
    gate = asyncio.Semaphore(CONCURRENT_QUESTIONS)

    async def answer(
        typed: str, request: str, turns: Turns, day: str, chosen: str
    ) -> AsyncGenerator[Updates, None]:
        answering = _answer(typed, request, turns, day, chosen, loading=loading, gate=gate)
        async with aclosing(answering):  # stopped, it stops the model at once
            async for updates in answering:
                yield updates

    composer = parts.composer
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    triggers: tuple[Callable[..., Any], ...] = (
        composer.question.submit,
        composer.send.click,
        composer.request.submit,
    )
    answering = [trigger(answer, parts.read, parts.written, **quiet) for trigger in triggers]
    restarted = composer.restart.click(None, cancels=answering, **quiet)
    restarted.then(_restart, None, parts.written, queue=False, **quiet)
    stopped = composer.stop.click(None, cancels=answering, **quiet)
    stopped.then(_interrupt, parts.turns, [parts.turns, parts.conversation], queue=False, **quiet)


async def _answer(
    typed: str,
    asked_for: str,
    turns: Turns,
    day: str,
    chosen: str,
    *,
    loading: Loading,
    gate: asyncio.Semaphore,
) -> AsyncGenerator[Updates, None]:
    """Show the question at once, then its answer as it comes, and its sources as they are cited.

    A question asked while another waits for its answer is left in its box, and so is one about
    a day or with filters that cannot be read, for it to be asked again.
    """
    if turns and not turns[-1].finished:
        yield _updates(request=asking.NONE)
        return
    request = asking.read_request(asked_for)
    earlier = turns[:-1] if request.replacing else turns
    sources: object = render.sources(earlier) if request.replacing else gr.skip()
    question = request.question or typed
    asked = guarded(Turn(number=len(earlier) + 1, question=question))
    try:
        if not asked.stopped:
            asked = replace(asked, as_of=as_of.read_day(day), filters=filters.read_filters(chosen))
    except QuestionError as error:
        is_day = error.problem is Problem.BAD_DATE
        refused = replace(asked, problem=wording.BAD_DAY if is_day else french(error))
        yield _updates((*earlier, refused), sources, question=question, request=asking.NONE)
        return
    box = gr.skip() if request.question else ""
    former, cited = None, None
    async with aclosing(reply(asked, earlier=earlier, loading=loading, gate=gate)) as replies:
        async for turn in replies:
            current = (*earlier, turn)
            if turn.answer is not None and turn.answer.citations != cited:
                sources, cited = render.sources(current), turn.answer.citations
            if turn is former:
                yield _updates()  # nothing is new: only whether someone still listens is learnt
            elif turn.just_asked or turn.stopped:
                yield _updates(current, sources, question=box, request=asking.NONE)
            else:
                yield _updates(current, sources)
            former, sources = turn, gr.skip()


def _updates(
    turns: Turns | None = None,
    sources: object = None,
    *,
    question: object = None,
    request: object = None,
) -> Updates:
    """Give the outputs of an event: what is ``None`` stays as it is, and so do day and filters."""
    conversation = None if turns is None else render.conversation(turns)
    values = (turns, conversation, sources, question, request, None, None)
    return tuple(gr.skip() if value is None else value for value in values)


def _interrupt(turns: Turns) -> Updates:
    """End the last turn where it is."""
    if not turns or turns[-1].finished:
        return gr.skip(), gr.skip()
    current = (*turns[:-1], interrupt(turns[-1]))
    return current, render.conversation(current)


def _restart() -> Updates:
    return (
        (),
        render.conversation(()),
        render.sources(()),
        "",
        asking.NONE,
        as_of.TODAY,
        filters.NONE,
    )
