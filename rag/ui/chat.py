"""The tab « Questions »: a column for the conversation, one for its sources."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import gradio as gr
from fastapi import APIRouter

from rag.errors import Problem, QuestionError
from rag.messages import french
from rag.ui import as_of, exporting, filters, render, wording
from rag.ui.components import html
from rag.ui.conversation import Turn, reply
from rag.ui.loading import Loading
from rag.ui.tabs import Tab

CONCURRENT_QUESTIONS = 4

Turns: TypeAlias = tuple[Turn, ...]
Updates: TypeAlias = tuple[Any, ...]
"""A new value, or a ``gr.update``, for each output of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The components that events read and write; ``turns`` belongs to one visitor's page."""

    turns: gr.State
    examples: tuple[gr.Button, ...]
    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    day: gr.HTML
    filters: gr.HTML
    restart: gr.Button
    sources: gr.HTML

    @property
    def written(self) -> list[gr.blocks.Block]:
        """Outputs of every event about a question, in the order of ``Updates``."""
        return [
            *(self.turns, self.conversation, self.sources),
            *(self.question, self.send, self.day, self.filters),
        ]


def lay_out(loading: Loading) -> None:
    """Lay out the conversation and its sources, and connect them to the assistant."""
    turns = gr.State(())
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat"):
            with gr.Column(elem_id="scroll"):
                examples = _lay_out_welcome()
                conversation = html(render.conversation(()), elem_id="conversation")
            question, send, day, chosen, restart = _lay_out_composer()
        sources = html(render.sources(()), elem_id="sources")
    parts = Parts(
        turns=turns,
        examples=examples,
        conversation=conversation,
        question=question,
        send=send,
        day=day,
        filters=chosen,
        restart=restart,
        sources=sources,
    )
    _connect(parts, loading=loading)


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve what the filters offer, and the answers as files."""
    filters.add_routes(router, loading)
    exporting.add_routes(router, loading)


TAB = Tab(id="questions", label="Questions", lay_out=lay_out, add_routes=add_routes)


def _lay_out_welcome() -> tuple[gr.Button, ...]:
    with gr.Column(elem_id="welcome"):
        html(render.welcome())
        with gr.Column(elem_id="examples"):
            return tuple(gr.Button(text) for text in wording.EXAMPLES)


def _lay_out_composer() -> tuple[gr.Textbox, gr.Button, gr.HTML, gr.HTML, gr.Button]:
    with gr.Column(elem_id="composer"):
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
        with gr.Row(elem_id="composer-tools"):
            day = as_of.picker()
            chosen = filters.picker()
            html(render.fragment("export_conversation.html"), elem_id="export-tool")
            restart = gr.Button(wording.NEW_CONVERSATION, elem_id="restart", size="sm")
        html(render.privacy())
    return question, send, day, chosen, restart


def _connect(parts: Parts, *, loading: Loading) -> None:
    gate = asyncio.Semaphore(CONCURRENT_QUESTIONS)

    async def answer(question: str, turns: Turns, day: str, chosen: str) -> AsyncIterator[Updates]:
        async for updates in _answer(question, turns, day, chosen, loading=loading, gate=gate):
            yield updates

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answering = [
        trigger(answer, [source, parts.turns, parts.day, parts.filters], parts.written, **quiet)
        for source, trigger in _triggers(parts)
    ]
    stopped = parts.restart.click(None, cancels=answering, **quiet)
    stopped.then(_restart, None, parts.written, queue=False, **quiet)


def _triggers(parts: Parts) -> list[tuple[gr.blocks.Block, Callable[..., Any]]]:
    """List what asks a question: the component that holds it, and its event."""
    return [
        (parts.question, parts.question.submit),
        (parts.question, parts.send.click),
        *((example, example.click) for example in parts.examples),
    ]


async def _answer(
    question: str,
    turns: Turns,
    day: str,
    chosen: str,
    *,
    loading: Loading,
    gate: asyncio.Semaphore,
) -> AsyncIterator[Updates]:
    """Show the question at once, then its answer as it comes.

    A question asked while another waits for its answer is left in its box, and so is one about
    a day or with filters that cannot be read, for it to be asked again.
    """
    if turns and not turns[-1].finished:
        yield (gr.skip(),) * len(_restart())
        return
    asked = Turn(number=len(turns) + 1, question=question)
    try:
        asked = replace(asked, as_of=as_of.read_day(day), filters=filters.read_filters(chosen))
    except QuestionError as error:
        is_day = error.problem is Problem.BAD_DATE
        current = (*turns, replace(asked, problem=wording.BAD_DAY if is_day else french(error)))
        yield current, render.conversation(current), gr.skip(), question, *(gr.skip(),) * 3
        return
    has_sources = False
    async for turn in reply(asked, earlier=turns, loading=loading, gate=gate):
        current = (*turns, turn)
        sources: object = gr.skip()
        if turn.answer is not None and not has_sources:
            sources, has_sources = render.sources(current), True
        yield (
            current,
            render.conversation(current),
            sources,
            "" if turn.just_asked else gr.skip(),
            gr.Button(interactive=turn.finished),
            gr.skip(),
            gr.skip(),
        )


def _restart() -> Updates:
    return (
        (),
        render.conversation(()),
        render.sources(()),
        "",
        gr.Button(interactive=True),
        as_of.TODAY,
        filters.NONE,
    )
