"""Answerers turn hits into a draft: extractive today, others plug in beside it."""

from rag.answerers.abstention import is_unsettled
from rag.answerers.extractive import ExtractiveAnswerer

__all__ = ["ExtractiveAnswerer", "is_unsettled"]
