"""The day whose law is asked for: today, unless the reader chooses another."""

from datetime import date

import gradio as gr

from rag.errors import Problem, QuestionError
from rag.ui import render

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)

TODAY = ""
"""What the picker holds as long as nothing else is chosen: today, whenever that is."""


def picker() -> gr.HTML:
    """Lay out the browser's own date field, whose value is a day in ISO form, or ``TODAY``."""
    return gr.HTML(
        TODAY,
        html_template=render.day_picker(EARLIEST, LATEST),
        js_on_load="radiact.followDay(element, props, watch);",
        apply_default_css=False,
        elem_id="as-of",
    )


def read_day(text: str | None) -> date | None:
    """Read the day chosen; ``None`` for today.

    >>> read_day("2025-06-01"), read_day(TODAY)
    (datetime.date(2025, 6, 1), None)

    Raises:
        QuestionError: it is not a day, or not one between ``EARLIEST`` and ``LATEST``.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise QuestionError(Problem.BAD_DATE, value=text) from error
    if not EARLIEST <= day <= LATEST:
        raise QuestionError(Problem.BAD_DATE, value=text)
    return None if day == date.today() else day
