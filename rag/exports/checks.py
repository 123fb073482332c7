"""Lay out how an answer was made, and what a language model wrote that no passage bears out."""

from collections.abc import Iterator

from rag.exports.document import Block, Fact, Heading, Paragraph, Run, Voice
from rag.messages import LEFT_OUT_TITLE, mode_line, share_line, typographic, why_not_verified
from rag.types import Answer, Finding


def mode_facts(answer: Answer) -> Iterator[Fact]:
    """Say how an answer was made and, if a model wrote it, how much of it is verified."""
    yield Fact("Mode", mode_line(answer.mode))
    if answer.is_written:
        share = share_line(answer.count_verified, of=len(answer.sentences))
        yield Fact("Vérification", share)


def left_out(answer: Answer, *, place: int) -> Iterator[Block]:
    """Lay out the sentences left out of an answer, each with why; ``place`` as in ``sources``."""
    if not answer.left_out:
        return
    yield Heading(f"{LEFT_OUT_TITLE} (réponse {place})" if place else LEFT_OUT_TITLE, 2)
    for sentence in answer.left_out:
        why = why_not_verified(sentence.finding or Finding())
        text = typographic(sentence.text.strip())
        yield Paragraph((Run(text), Run(f" (non vérifié\N{NO-BREAK SPACE}: {why})", Voice.ASIDE)))
