"""The fragments that a tab's script asks for, apart from gradio's events.

An event of gradio that ends as a question is sent can lose the messages of the other; what comes
and goes beside the conversation is therefore asked for by address.
"""

import logging
from collections.abc import Callable

from rag.errors import RadiactError
from rag.messages import french
from rag.ui import render, wording
from rag.ui.loading import Asker, Loading

logger = logging.getLogger(__name__)


def when_ready(loading: Loading, fragment: Callable[[Asker], str]) -> str:
    """Render what needs the assistant, or why there is nothing to render (yet)."""
    if not loading.done:
        text = wording.preparing_line(loading.progress)
        return render.fragment("panel_state.html", text=text, state="loading")
    if loading.failure:
        return _failure(loading.failure)
    try:
        return fragment(loading.assistant)
    except RadiactError as error:
        return _failure(french(error))
    except Exception:
        logger.exception("A panel could not be rendered")
        return _failure(wording.PANEL_UNEXPECTED)


def _failure(text: str) -> str:
    return render.fragment("panel_state.html", text=text, state="failed")
