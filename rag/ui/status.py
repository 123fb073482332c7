"""The line that says whether the program is ready; the page asks for it until it is."""

from rag.errors import RadiactError
from rag.messages import french
from rag.ui import render, wording
from rag.ui.loading import Loading


def status_line(loading: Loading) -> str:
    """Render how far the preparation is, why it failed, or what the assistant knows."""
    if not loading.done:
        return render.status(loading.progress, state="loading")
    if loading.failure:
        return render.status(loading.failure, state="failed")
    try:
        known = loading.assistant.describe()
        return render.status(
            wording.corpus_line(known),
            state="ready",
            destination=wording.destination_line(known),
        )
    except RadiactError as error:
        return render.status(french(error), state="failed")
