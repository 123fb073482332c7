"""What the program knows of the French language: sentences, and the words that a search reads."""

from rag.french.analysis import analyze, fold, is_content_word, words
from rag.french.sentences import Span, is_list_item, sentence_spans

__all__ = ["Span", "analyze", "fold", "is_content_word", "is_list_item", "sentence_spans", "words"]
