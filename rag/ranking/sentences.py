"""How near each sentence of a passage is, read in its passage: no sentence is encoded again."""

import numpy as np

from rag.french import Span, sentence_spans
from rag.late_interaction import TokenVectors, span_scores
from rag.types import Passage, SentenceNearness


def near_sentences(
    question: TokenVectors,
    passage: Passage,
    tokens: TokenVectors,
    *,
    explaining: TokenVectors | None = None,
) -> tuple[SentenceNearness, ...]:
    """Tell how near the sentences of a passage are, in reading order.

    Args:
        question: the question's tokens.
        passage: the passage.
        tokens: those of the text that the encoder read for it, headings first.
        explaining: the tokens of a sentence that explains the passage, if there is one.
    """
    spans, offset = sentence_spans(passage.text), passage.start
    asked = _nearness(question, passage, tokens, spans)
    told = _nearness(explaining, passage, tokens, spans) if explaining else [0.0] * len(spans)
    return tuple(
        SentenceNearness(
            start=offset + span.start, end=offset + span.end, question=near, explained=explained
        )
        for span, near, explained in zip(spans, asked, told, strict=True)
    )


def nearest_sentence(
    question: TokenVectors, passage: Passage, tokens: TokenVectors
) -> TokenVectors | None:
    """Give the tokens of the sentence of a passage that is nearest to a question."""
    spans = sentence_spans(passage.text)
    if not spans:
        return None
    best = spans[int(np.argmax(_nearness(question, passage, tokens, spans)))]
    shift = _shift(passage)
    found = tokens.within(shift + best.start, shift + best.end)
    return found if len(found) else None


def _nearness(
    question: TokenVectors, passage: Passage, tokens: TokenVectors, spans: list[Span]
) -> list[float]:
    shift = _shift(passage)
    moved = [Span(shift + span.start, shift + span.end) for span in spans]
    return [float(score) for score in span_scores(question, tokens, moved)]


def _shift(passage: Passage) -> int:
    """Tell where the words of a passage begin in what the encoder read."""
    return len(passage.retrieval_text) - len(passage.text)
