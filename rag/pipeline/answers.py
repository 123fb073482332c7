"""Put together what the reader gets from a verified draft."""

import re
from collections.abc import Sequence

from rag.paragraphs import left_out_line, paragraphs, told
from rag.types import Answer, Citation, Contradiction, Draft, Hit, Query, Sentence

NO_DOCUMENT_LEFT = (
    "Les filtres choisis ne laissent aucun document : élargissez-les ou effacez-les, "
    "puis posez de nouveau la question."
)
FILTERS_ARE_ON = (
    "La recherche était limitée par vos filtres ({admitted} documents sur {of}) : "
    "effacez-les pour chercher dans tous les documents."
)

_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def compose(
    query: Query,
    hits: tuple[Hit, ...],
    draft: Draft,
    proof: tuple[Sequence[Sentence], Sequence[Citation]],
    *,
    suggestions: tuple[str, ...],
    timings_ms: dict[str, float],
) -> Answer:
    """Compose an answer, or an abstention when the draft holds no sentence that stands."""
    sentences, citations = proof
    reason = draft.reason
    return Answer(
        question=query.question,
        markdown=to_markdown(sentences, reason),
        as_of=query.as_of,
        mode=draft.mode,
        abstained=not told(sentences),
        reason=reason,
        sentences=tuple(sentences),
        citations=tuple(citations),
        hits=hits,
        timings_ms=timings_ms,
        confidence=draft.confidence,
        understood=query.understood,
        filters=query.filters,
        contradictions=_between_told(draft.contradictions, sentences),
        suggestions=suggestions,
        failure=draft.failure,
    )


def with_filters(reason: str | None, *, admitted: int, of: int) -> str:
    """Add to the reason of an abstention what filters have to do with it.

    Args:
        reason: why nothing found answers.
        admitted: how many documents the filters leave.
        of: how many are indexed.
    """
    if not admitted:
        return NO_DOCUMENT_LEFT
    limits = FILTERS_ARE_ON.format(admitted=admitted, of=of)
    if admitted == 1:
        limits = limits.replace("documents sur", "document sur")
    return f"{reason} {limits}" if reason else limits


def to_markdown(sentences: Sequence[Sentence], reason: str | None = None) -> str:
    """Write sentences as Markdown paragraphs, each sentence closed by its marks ``[1]``.

    The reason for an abstention stands alone; that of a partial answer comes last, but for how many
    sentences of a language model are left out.
    """
    kept = told(sentences)
    written = [
        " ".join(f"{_written(sentence)} {_marks(sentence)}".rstrip() for sentence in paragraph)
        for paragraph in paragraphs(kept)
    ]
    left_out = len(sentences) - len(kept)
    count = left_out_line(left_out) if kept and left_out else ""
    return "\n\n".join(filter(None, [*written, reason, count]))


def _between_told(
    contradictions: Sequence[Contradiction], sentences: Sequence[Sentence]
) -> tuple[Contradiction, ...]:
    """Keep the contradictions between sentences that are told."""
    return tuple(
        one
        for one in contradictions
        if not any(sentences[claim.sentence].is_left_out for claim in one.claims)
    )


def _written(sentence: Sentence) -> str:
    """Write a sentence: its subject in brackets before it, the words asked for in bold."""
    text, parts, end = sentence.text, list[str](), 0
    for start, stop in sentence.emphasis:
        parts += [_escape(text[end:start]), f"**{_escape(text[start:stop])}**"]
        end = stop
    parts.append(_escape(text[end:]))
    context = f"{_escape(f'[{sentence.context}]')} " if sentence.context else ""
    return context + "".join(parts)


def _marks(sentence: Sentence) -> str:
    return " ".join(f"[{number}]" for number in sentence.citations)


def _escape(text: str) -> str:
    """Keep a document's characters from acting as Markdown."""
    return _MARKUP.sub(r"\\\1", text)
