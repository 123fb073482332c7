"""Measure retrieval and answers on labelled questions."""

from rag.evaluation.asking import evaluate_questions
from rag.evaluation.beir import evaluate_beir
from rag.evaluation.comparison import compare, read_run
from rag.evaluation.folder import prepare_folder, write_report, write_run
from rag.evaluation.report import comparison_to_markdown, failures_to_markdown, to_markdown

__all__ = [
    "compare",
    "comparison_to_markdown",
    "evaluate_beir",
    "evaluate_questions",
    "failures_to_markdown",
    "prepare_folder",
    "read_run",
    "to_markdown",
    "write_report",
    "write_run",
]
