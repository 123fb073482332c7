"""Give a sentence quoted alone what it needs to stand alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rag.answerers.selection import leans
from rag.types import DraftSentence


def with_context(sentences: Iterable[DraftSentence]) -> Iterator[DraftSentence]:
    """Name the subject of sentences that lean on one that is not quoted before them.

    « Il en informe le fournisseur » says nothing of « il »: the heading above tells it.
    """
    previous: DraftSentence | None = None
    for sentence in sentences:
        if leans(sentence.text) and not _follows(previous, sentence):
            yield replace(sentence, context=_subject(sentence))
        else:
            yield sentence
        previous = sentence


def _follows(previous: DraftSentence | None, sentence: DraftSentence) -> bool:
    """Tell whether nothing stands between two sentences of one passage."""
    if previous is None or previous.hit.passage.id != sentence.hit.passage.id:
        return False
    passage = sentence.hit.passage
    between = passage.text[previous.end - passage.start : sentence.start - passage.start]
    return previous.end <= sentence.start and not between.strip()


def _subject(sentence: DraftSentence) -> str:
    passage = sentence.hit.passage
    return passage.headings[-1] if passage.headings else sentence.hit.metadata.title
