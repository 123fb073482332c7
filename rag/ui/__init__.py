"""The web page: a chat in French beside the sources it cites, served on this machine only.

Importing this package prepares the environment before any of its modules can import gradio,
which reads it once; gradio itself is imported when the page is served.
"""

from rag.ui.quiet import keep_gradio_local
from rag.ui.server import serve

__all__ = ["serve"]

keep_gradio_local()
