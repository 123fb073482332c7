"""An answer, or a whole conversation, as a file that one keeps: Word, PDF, Markdown.

``compose`` lays answers out once, as values; each format renders the same values.
"""

from rag.exports.composition import Provenance, compose
from rag.exports.document import Block, Document, Fact, Facts, Heading, Paragraph, Quote, Run
from rag.exports.formats import ExportFormat, export, file_name, format_of, write_export

__all__ = [
    "Block",
    "Document",
    "ExportFormat",
    "Fact",
    "Facts",
    "Heading",
    "Paragraph",
    "Provenance",
    "Quote",
    "Run",
    "compose",
    "export",
    "file_name",
    "format_of",
    "write_export",
]
