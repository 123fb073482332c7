"""Measure retrieval and answers on labelled questions."""

from rag.evaluation.beir import evaluate_beir
from rag.evaluation.golden import evaluate_questions
from rag.evaluation.report import to_markdown

__all__ = ["evaluate_beir", "evaluate_questions", "to_markdown"]
