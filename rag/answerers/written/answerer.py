"""Have an answer written, and give the extractive one wherever that fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Protocol

from rag.answerers.contradictions import find_contradictions
from rag.answerers.named import answering_hits, asks_for_text
from rag.answerers.written.prompt import Messages, ask, passage
from rag.answerers.written.reply import Reply, Said, read_reply
from rag.answerers.written.sources import choose_sources
from rag.errors import LanguageModelError, Problem
from rag.types import (
    WRITTEN,
    Answerer,
    Contradiction,
    Draft,
    DraftSentence,
    Hit,
    Query,
    TellDraft,
    WrittenSentence,
)
from rag.verification import Proof, Verifier, states_only

LEAST_SHARE_VERIFIED = 0.5
"""Share of the sentences that must be verified, besides the first, for the answer to be given."""

ANSWER_TOKENS = 800
"""Kept free for what the model writes."""

LACKS = "Réponse partielle, selon le modèle de langage : les passages ne disent pas ceci : {what}."


class Writer(Protocol):
    """What is asked of a chat model."""

    def write(
        self,
        messages: Messages,
        *,
        tell: Callable[[str], None] | None = None,
        stop: Event | None = None,
    ) -> str:
        """Write an answer, told as it grows; raises ``LanguageModelError`` where it cannot."""
        ...

    def count_tokens(self, text: str) -> int:
        """Estimate the tokens of a text, rather too many than too few."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingAnswerer:
    """Answers in the words of a language model, of which each sentence is verified.

    Attributes:
        writer: the chat model.
        fallback: answers where the model does not; what it declines is not asked of the model.
        verifier: checks what is written.
        context_tokens: how long instructions, passages, question and answer may be together.
    """

    writer: Writer
    fallback: Answerer
    verifier: Verifier
    context_tokens: int

    def draft(
        self,
        query: Query,
        hits: tuple[Hit, ...],
        *,
        tell: TellDraft | None = None,
        stop: Event | None = None,
    ) -> Draft:
        """Write an answer and verify it; quote where nothing is to be written or that fails."""
        quoted = self.fallback.draft(query, hits)
        quotable = answering_hits(query, [hit for hit in hits if hit.is_quotable])
        if not quoted.sentences or asks_for_text(query, quotable):
            return quoted
        if query.failure is not None:
            return replace(quoted, failure=query.failure)
        room = self.context_tokens - ANSWER_TOKENS - self._count(ask(query, ()))
        sources = choose_sources(
            quotable, lambda source: self.writer.count_tokens(passage(source)), most_tokens=room
        )
        if not sources:
            return replace(quoted, failure=LanguageModelError(Problem.LLM_NO_ROOM))
        proof = self.verifier.read([source.hits for source in sources])
        writing = _Writing(query, proof, quoted, tell)
        if tell is not None:
            tell(Draft(mode=WRITTEN))
        try:
            text = self.writer.write(ask(query, sources), tell=writing.follow, stop=stop)
        except LanguageModelError as error:
            return replace(quoted, failure=error)
        return writing.finish(text)

    def _count(self, messages: Messages) -> int:
        return sum(self.writer.count_tokens(text) for _, text in messages)


class _Writing:
    """An answer as it is written: each sentence is verified once, when it is complete."""

    def __init__(self, query: Query, proof: Proof, quoted: Draft, tell: TellDraft | None) -> None:
        self._question = query.text
        self._proof = proof
        self._quoted = quoted
        self._tell = tell
        self._verified: dict[Said, WrittenSentence] = {}
        self._told = 0

    def follow(self, text: str) -> None:
        """Tell of the sentences that are complete, where there are more than before."""
        if self._tell is None:
            return
        said = read_reply(text, is_whole=False).sentences
        if len(said) > self._told:
            self._told = len(said)
            self._tell(self._draft(Reply(sentences=said)))

    def finish(self, text: str) -> Draft:
        """Give the whole answer, or the quotes where too little of it is verified."""
        draft = self._draft(read_reply(text))
        problem = _problem(draft.written)
        if problem is not None:
            return replace(self._quoted, failure=LanguageModelError(problem))
        return draft

    def _draft(self, reply: Reply) -> Draft:
        written = tuple(self._checked(said) for said in reply.sentences)
        reason = self._quoted.reason
        if reply.lacks and states_only(reply.lacks, self._question):
            reason = LACKS.format(what=reply.lacks.rstrip(" ."))
        return Draft(
            written=written,
            reason=reason,
            confidence=self._quoted.confidence,
            contradictions=_contradictions(written),
            mode=WRITTEN,
        )

    def _checked(self, said: Said) -> WrittenSentence:
        if said not in self._verified:
            self._verified[said] = replace(
                self._proof.check(said.text, said.cited), starts_paragraph=said.starts_paragraph
            )
        return self._verified[said]


def _problem(written: Sequence[WrittenSentence]) -> Problem | None:
    """Tell why an answer may not be given: its core, or too much of it, is not verified."""
    if not written:
        return Problem.LLM_NO_ANSWER
    verified = sum(bool(sentence.supports) for sentence in written)
    if not written[0].supports or verified < LEAST_SHARE_VERIFIED * len(written):
        return Problem.LLM_UNSUPPORTED
    return None


def _contradictions(written: Sequence[WrittenSentence]) -> tuple[Contradiction, ...]:
    """Find what the passages behind the sentences do not agree on."""
    places = [place for place, sentence in enumerate(written) if sentence.supports]
    found = find_contradictions([_quote(written[place]) for place in places])
    return tuple(_at(contradiction, places) for contradiction in found)


def _at(contradiction: Contradiction, places: Sequence[int]) -> Contradiction:
    """Give the claims of a contradiction their places among all the sentences."""
    one, other = contradiction.claims
    return replace(
        contradiction,
        claims=(
            replace(one, sentence=places[one.sentence]),
            replace(other, sentence=places[other.sentence]),
        ),
    )


def _quote(sentence: WrittenSentence) -> DraftSentence:
    support = sentence.supports[0]
    offset = support.hit.passage.start
    return DraftSentence(
        text=support.hit.passage.text[support.start - offset : support.end - offset],
        hit=support.hit,
        start=support.start,
        end=support.end,
    )
