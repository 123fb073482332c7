"""The page: who speaks and in which state above, then one panel for each tab."""

import gradio as gr

from rag.ui import about, chat, documents, glossary, official_texts, render, wording
from rag.ui.components import html
from rag.ui.loading import Loading
from rag.ui.tabs import Tab

TABS: tuple[Tab, ...] = (
    *(chat.TAB, documents.TAB, official_texts.TAB, glossary.TAB),
    *(about.TAB,),
)


def build_page(loading: Loading) -> gr.Blocks:
    """Lay out the page and connect it to an assistant that may still be loading."""
    page: gr.Blocks = gr.Blocks(title=wording.TITLE, fill_width=True, analytics_enabled=False)
    with page, gr.Column(elem_id="shell"):
        _lay_out_top()
        for tab in TABS:
            with gr.Column(elem_id=f"panel-{tab.id}"):
                tab.lay_out(loading)
    page.queue(api_open=False, default_concurrency_limit=None)  # each event has its own limit
    return page


def _lay_out_top() -> None:
    with gr.Row(elem_id="top"):
        html(render.header(), elem_id="brand")
        html(render.status("", state="loading"), elem_id="status")
    html(render.tabs(TABS), elem_id="tabs")
    html(render.notice(), elem_id="notice")
    html(render.dialogs(), elem_id="dialogs")
