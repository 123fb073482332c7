"""Switch off, before gradio is imported, everything by which it could speak to the outside."""

import os

LOCAL_ONLY = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # telemetry, and the check for a newer version
    "GRADIO_SHARE": "False",  # public tunnel
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_RUN_HISTORY": "False",  # questions in the browser's storage
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def keep_gradio_local() -> None:
    """Set the variables that gradio and huggingface_hub read when they are imported."""
    os.environ.update(LOCAL_ONLY)
