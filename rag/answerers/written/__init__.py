"""Answers that a language model writes from the passages found, each sentence checked.

The model is told little and trusted with nothing: what it writes is read (``reply``), each sentence
is verified against the passages (``rag.verification``), and where the whole does not hold, or the
model fails, the extractive answer is given.
"""

from rag.answerers.written.answerer import Writer, WritingAnswerer
from rag.answerers.written.rewriting import Rewriter

__all__ = ["Rewriter", "Writer", "WritingAnswerer"]
