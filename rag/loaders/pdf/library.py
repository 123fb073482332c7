"""PDFium, which may be called by one thread at a time (its documentation, « thread safety »)."""

import threading

PDFIUM = threading.RLock()
"""Held around every call of pypdfium2, one page at a time so that others get their turn."""
