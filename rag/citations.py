"""Verify what an answerer proposes: every quote stands, to the character, in its version's text.

Pure functions: texts come in as arguments, nothing is read from a store.
"""

import hashlib
from collections.abc import Callable, Sequence

from rag.errors import CitationError, Problem
from rag.types import Citation, Draft, DraftSentence, Hit, Sentence

VersionText = Callable[[int], str]
"""Gives the text of a version by its number in the register."""


def verify(draft: Draft, version_text: VersionText) -> tuple[list[Sentence], list[Citation]]:
    """Check each quote against its version's text and number the citations.

    Sentences that follow each other in one passage share a citation that spans them.

    Raises:
        CitationError: a quote does not stand at its offsets, or outside its passage.
    """
    groups = _group(draft.sentences)
    citations = [_cite(group, n, version_text) for n, group in enumerate(groups, start=1)]
    sentences = [
        Sentence(
            text=sentence.text,
            citations=(n,),
            verified=True,
            context=sentence.context,
            emphasis=sentence.emphasis,
        )
        for n, group in enumerate(groups, start=1)
        for sentence in group
    ]
    return sentences, citations


def text_sha256(text: str) -> str:
    """Hash a version's text (UTF-8), in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _group(sentences: Sequence[DraftSentence]) -> list[list[DraftSentence]]:
    groups: list[list[DraftSentence]] = []
    for sentence in sentences:
        if groups and _follows(groups[-1][-1], sentence):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return groups


def _follows(previous: DraftSentence, sentence: DraftSentence) -> bool:
    same = previous.hit.passage.id == sentence.hit.passage.id
    offset = previous.hit.passage.start
    between = previous.hit.passage.text[previous.end - offset : sentence.start - offset]
    return same and previous.end <= sentence.start and not between.strip()


def _cite(group: Sequence[DraftSentence], n: int, version_text: VersionText) -> Citation:
    hit = group[0].hit
    text = version_text(hit.version)
    for sentence in group:
        _check(sentence, hit, text)
    start, end = group[0].start, group[-1].end
    return Citation(
        n=n, hit=hit, quote=text[start:end], start=start, end=end, sha256=text_sha256(text)
    )


def _check(sentence: DraftSentence, hit: Hit, text: str) -> None:
    inside = hit.passage.start <= sentence.start < sentence.end <= hit.passage.end
    if not inside or text[sentence.start : sentence.end] != sentence.text:
        raise CitationError(
            Problem.QUOTE_MISPLACED, passage=hit.passage.id, start=sentence.start, end=sentence.end
        )
