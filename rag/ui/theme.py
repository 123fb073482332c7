"""The look that gradio's own components take; the rest is in ``static/*.css``."""

import gradio as gr

SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Arial", "sans-serif")
MONOSPACE_FONTS = ("ui-monospace", "Consolas", "monospace")


def theme() -> gr.themes.Base:
    """Make a theme whose colours are the variables of ``base.css``, and fonts the system's.

    The colours of the body are repeated here, since gradio paints it before any style is read.
    """
    return gr.themes.Base(font=SYSTEM_FONTS, font_mono=MONOSPACE_FONTS).set(
        body_background_fill="#f4f7f8",
        body_background_fill_dark="#0e171c",
        body_text_color="#17262e",
        body_text_color_dark="#e3ecef",
        color_accent="var(--accent)",
        color_accent_soft="var(--accent-soft)",
        color_accent_soft_dark="var(--accent-soft)",
        border_color_accent="var(--accent)",
        border_color_accent_dark="var(--accent)",
        loader_color="var(--accent)",
        loader_color_dark="var(--accent)",
        link_text_color="var(--accent)",
        link_text_color_dark="var(--accent)",
        input_border_color_focus="var(--accent)",
        input_border_color_focus_dark="var(--accent)",
        checkbox_background_color_selected="var(--accent)",
        checkbox_background_color_selected_dark="var(--accent)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="var(--surface)",
        button_secondary_background_fill_dark="var(--surface)",
        button_secondary_background_fill_hover="var(--surface-hover)",
        button_secondary_background_fill_hover_dark="var(--surface-hover)",
        button_secondary_text_color="var(--text)",
        button_secondary_text_color_dark="var(--text)",
        input_background_fill="transparent",
        input_background_fill_dark="transparent",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_padding="0px",
        block_shadow="none",
    )
