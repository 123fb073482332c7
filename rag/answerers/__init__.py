"""Answerers turn hits into a draft: extractive today, others plug in beside it."""

from rag.answerers.abstention import is_unsettled
from rag.answerers.extractive import ExtractiveAnswerer
from rag.answerers.named import does_not_exist

__all__ = ["ExtractiveAnswerer", "does_not_exist", "is_unsettled"]
