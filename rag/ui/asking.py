"""What is asked otherwise than from the box: at a click, or in place of the last question.

A component holds it in JSON, for one visitor's page, until it is asked:
``{"question": "…", "replacing": true}``. Without a question, it is that of the box.
"""

import json
from dataclasses import dataclass

import gradio as gr

from rag.ui import render

NONE = ""
"""What the component holds as long as nothing is asked but from the box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask: what the box holds where ``question`` is empty.

    ``replacing``: the last question of the conversation leaves, with what came of it.
    """

    question: str = ""
    replacing: bool = False


def component() -> gr.HTML:
    """Lay out the line that says that the last question is being changed, hidden at first."""
    return gr.HTML(
        NONE,
        html_template=render.fragment("request.html"),
        js_on_load="radiact.followRequests(element, props, trigger, watch);",
        apply_default_css=False,
        elem_id="request",
    )


def read_request(text: str | None) -> Request:
    """Read a request; what cannot be read asks nothing.

    >>> read_request('{"question": "Qui ?"}'), read_request("{")
    (Request(question='Qui ?', replacing=False), Request(question='', replacing=False))
    """
    try:
        values = json.loads(text or "{}")
        question, replacing = values.get("question", ""), values.get("replacing", False)
    except (ValueError, AttributeError):
        return Request()
    return Request(
        question=question if isinstance(question, str) else "", replacing=bool(replacing)
    )
