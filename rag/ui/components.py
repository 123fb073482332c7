"""Gradio's components, as this page uses them."""

import gradio as gr


def html(value: str, *, elem_id: str | None = None) -> gr.HTML:
    """Show a fragment, without gradio's style or script."""
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=None)
