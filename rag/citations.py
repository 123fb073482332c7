"""Verify what an answerer proposes: every quote stands, to the character, in its version's text.

Pure functions: texts come in as arguments, nothing is read from a store.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from rag.errors import CitationError, Problem
from rag.types import Citation, Draft, DraftSentence, Hit, Sentence, Support, WrittenSentence

VersionText = Callable[[int], str]
"""Gives the text of a version by its number in the register."""


def verify(draft: Draft, version_text: VersionText) -> tuple[list[Sentence], list[Citation]]:
    """Check each quote against its version's text and number the citations.

    Sentences that follow each other in one passage share a citation that spans them. Those that a
    language model wrote are cited from their supports; one that is not verified has no citation.

    Raises:
        CitationError: a quote does not stand at its offsets, or outside its passage.
    """
    if draft.written:
        return _verify_written(draft.written, version_text)
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


def _verify_written(
    written: Sequence[WrittenSentence], version_text: VersionText
) -> tuple[list[Sentence], list[Citation]]:
    """Check each support, and cite the spans that they make in the order of their first use."""
    for support in (support for sentence in written for support in sentence.supports):
        _check_support(support, version_text(support.hit.version))
    supported = [sentence.supports if sentence.finding.is_verified else () for sentence in written]
    spans = _join(support for supports in supported for support in supports)
    sentences, numbers = [], dict[int, int]()  # that of a citation, by the rank of its span
    for sentence, supports in zip(written, supported, strict=True):
        used = [_rank_of(support, spans) for support in supports]
        cited = {numbers.setdefault(rank, len(numbers) + 1) for rank in used}
        sentences.append(
            Sentence(
                text=sentence.text,
                citations=tuple(sorted(cited)),
                verified=bool(cited),
                finding=sentence.finding,
                starts_paragraph=sentence.starts_paragraph,
            )
        )
    return sentences, [_cite_span(spans[rank], n, version_text) for rank, n in numbers.items()]


def _join(supports: Iterable[Support]) -> list[Support]:
    """Join the spans of a passage that overlap, or that only white space parts."""
    joined: list[Support] = []
    for support in sorted(supports, key=lambda one: (*_place(one), one.start, one.end)):
        if joined and _touches(joined[-1], support):
            end = max(joined[-1].end, support.end)
            joined[-1] = Support(hit=joined[-1].hit, start=joined[-1].start, end=end)
        else:
            joined.append(support)
    return joined


def _touches(previous: Support, support: Support) -> bool:
    """Whether a span overlaps or follows another, which does not start after it."""
    passage = previous.hit.passage
    between = passage.text[previous.end - passage.start : support.start - passage.start]
    return _place(previous) == _place(support) and not between.strip()


def _rank_of(support: Support, spans: Sequence[Support]) -> int:
    """Find the joined span that a support is part of."""
    return next(
        rank
        for rank, span in enumerate(spans)
        if _place(span) == _place(support) and span.start <= support.start < span.end
    )


def _place(support: Support) -> tuple[int, str]:
    return support.hit.version, support.hit.passage.id


def _cite_span(span: Support, n: int, version_text: VersionText) -> Citation:
    text = version_text(span.hit.version)
    quote = text[span.start : span.end]
    return Citation(
        n=n, hit=span.hit, quote=quote, start=span.start, end=span.end, sha256=text_sha256(text)
    )


def _check_support(support: Support, text: str) -> None:
    """Check that the passage that was read says there what its version's text says."""
    passage = support.hit.passage
    read = passage.text[support.start - passage.start : support.end - passage.start]
    inside = passage.start <= support.start < support.end <= passage.end
    if not inside or text[support.start : support.end] != read:
        raise CitationError(
            Problem.QUOTE_MISPLACED, passage=passage.id, start=support.start, end=support.end
        )
