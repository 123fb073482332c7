"""The page: a column for the conversation, one for its sources, and the events between them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import gradio as gr

from rag.ui import render, wording
from rag.ui.conversation import Turn, reply
from rag.ui.loading import Loading

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
    restart: gr.Button
    sources: gr.HTML

    @property
    def written(self) -> list[gr.blocks.Block]:
        """Outputs of every event about a question, in the order of ``Updates``."""
        return [self.turns, self.conversation, self.sources, self.question, self.send]


def build_page(loading: Loading) -> gr.Blocks:
    """Lay out the page and connect it to an assistant that may still be loading."""
    page: gr.Blocks
    with gr.Blocks(title=wording.TITLE, fill_width=True, analytics_enabled=False) as page:
        parts = _lay_out()
        _connect(parts, loading=loading)
    page.queue(api_open=False, default_concurrency_limit=None)  # ``reply`` has its own limit
    return page


def _lay_out() -> Parts:
    turns = gr.State(())
    with gr.Column(elem_id="shell"):
        with gr.Row(elem_id="top"):
            _html(render.header(), elem_id="brand")
            _html(render.status("", state="loading"), elem_id="status")
            restart = gr.Button(wording.NEW_CONVERSATION, elem_id="restart", size="sm")
        _html(render.notice(), elem_id="notice")
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat"):
                with gr.Column(elem_id="scroll"):
                    with gr.Column(elem_id="welcome"):
                        _html(render.welcome())
                        with gr.Column(elem_id="examples"):
                            examples = tuple(gr.Button(text) for text in wording.EXAMPLES)
                    conversation = _html(render.conversation(()), elem_id="conversation")
                question, send = _lay_out_composer()
            sources = _html(render.sources(()), elem_id="sources")
    return Parts(
        turns=turns,
        examples=examples,
        conversation=conversation,
        question=question,
        send=send,
        restart=restart,
        sources=sources,
    )


def _lay_out_composer() -> tuple[gr.Textbox, gr.Button]:
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
        _html(render.privacy())
    return question, send


def _html(value: str, *, elem_id: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _connect(parts: Parts, *, loading: Loading) -> None:
    gate = asyncio.Semaphore(CONCURRENT_QUESTIONS)

    async def answer(question: str, turns: Turns) -> AsyncIterator[Updates]:
        async for updates in _answer(question, turns, loading=loading, gate=gate):
            yield updates

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    answering = [
        trigger(answer, [source, parts.turns], parts.written, **quiet)
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
    question: str, turns: Turns, *, loading: Loading, gate: asyncio.Semaphore
) -> AsyncIterator[Updates]:
    """Show the question at once, then its answer as it comes.

    A question asked while another waits for its answer is left in its box.
    """
    if turns and not turns[-1].finished:
        yield (gr.skip(),) * len(_restart())
        return
    asked = Turn(number=len(turns) + 1, question=question)
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
        )


def _restart() -> Updates:
    return (
        (),
        render.conversation(()),
        render.sources(()),
        "",
        gr.Button(interactive=True),
    )
