"""The assistant: every stage opened once, and the two things one asks of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Self

from rag.answerers import does_not_exist
from rag.citations import verify
from rag.config import Settings
from rag.embeddings import Encoder, SentenceEncoder
from rag.errors import LanguageModelError
from rag.pipeline.answers import compose, with_filters
from rag.pipeline.clock import Clock
from rag.pipeline.feedback import to_feedback
from rag.pipeline.holdings import Holdings
from rag.pipeline.opening import (
    describe_writer,
    open_answerer,
    open_rewriter,
    open_vector_store,
    open_writer,
    repair_unless_locked,
)
from rag.pipeline.suggestions import suggest
from rag.privacy import check_question
from rag.register import open_register
from rag.reranker import CrossEncoderReranker, Reranker
from rag.retriever import HybridRetriever
from rag.thesaurus import Thesaurus
from rag.types import (
    NO_FILTER,
    Answer,
    Answerer,
    Citation,
    Draft,
    Filters,
    Hit,
    Metadata,
    Progress,
    Query,
    TellAnswer,
    TellDraft,
    Verdict,
)
from rag.understanding import understand

if TYPE_CHECKING:
    from rag.answerers.written import Rewriter, Writer
    from rag.pipeline.acquisition import PullReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant(Holdings):
    """The stages, opened on one data folder. Threads may share it."""

    retriever: HybridRetriever
    answerer: Answerer
    rewriter: "Rewriter | None" = None

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        writer: "Writer | None" = None,
        progress: Progress | None = None,
        repairing: bool = True,
    ) -> Self:
        """Open the stores and, unless told not to, bring the vectors in line with the register.

        Args:
            settings: where the stores are, which model encodes.
            encoder: another encoder than the settings' model.
            reranker: another reranker than the settings' model, which is none by default.
            writer: another chat model than the settings', which is none by default.
            progress: told of each batch of passages encoded again.
            repairing: encode what has no vector and drop what should have none.

        Raises:
            ConfigurationError: the encoder or the reranker is not on this machine.
            StoreError: the register cannot be read.
        """
        register = open_register(settings)
        encoder = encoder or SentenceEncoder(settings.embedding_model, offline=settings.offline)
        if settings.reranker and reranker is None:
            reranker = CrossEncoderReranker(settings.reranker, offline=settings.offline)
        writer = writer or open_writer(settings)
        vector_store = open_vector_store(settings, encoder)
        if repairing:
            repair_unless_locked(settings, register, vector_store, progress)
        return cls(
            settings=settings,
            register=register,
            vector_store=vector_store,
            retriever=HybridRetriever(
                source=register, vector_store=vector_store, reranker=reranker
            ),
            answerer=open_answerer(settings, encoder, writer),
            rewriter=open_rewriter(writer),
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: date | None = None,
        filters: Filters = NO_FILTER,
        tell: TellAnswer | None = None,
        stop: Event | None = None,
    ) -> Answer:
        """Answer a question with sentences that stand in the documents, to the character if quoted.

        Args:
            question: in French, as typed.
            history: the earlier questions of the conversation, oldest first.
            as_of: the day whose law is asked for; the one that the question names, or today,
                by default.
            filters: which documents may answer; all of them by default.
            tell: is told of the answer as it is written and verified, where that takes time.
            stop: ends the writing once it is set.

        Raises:
            PatientDataError: the question, or an earlier one, tells who a patient is.
            QuestionError: the question is empty or too long.
        """
        check_question(question, history)
        clock = Clock()
        query = clock.time(
            "understand",
            lambda: self._read(question, history=history, as_of=as_of, stop=stop),
        )
        query = replace(query, filters=filters)
        hits, resemblance = clock.time("retrieve", lambda: self.retriever.look_up(query))
        query = replace(query, resemblance=resemblance)
        tell_draft = self._verifying(query, hits, tell) if tell else None
        draft = clock.time("answer", lambda: self._draft(query, hits, tell=tell_draft, stop=stop))
        proof = clock.time("verify", lambda: verify(draft, self.register.version_text))
        suggestions = clock.time("suggest", lambda: self._suggest(query, hits, proof[1]))
        return compose(
            query,
            hits,
            draft,
            proof,
            suggestions=suggestions,
            timings_ms=clock.milliseconds(),
        )

    def _read(
        self, question: str, *, history: Sequence[str], as_of: date | None, stop: Event | None
    ) -> Query:
        """Understand a question; one that leans on others is written out by the chat model."""
        query = self.understand(question, history=history, as_of=as_of)
        if self.rewriter is None or query.text == self.understand(question, as_of=as_of).text:
            return query
        try:
            alone = self.rewriter.rewrite(question, history, stop=stop)
        except LanguageModelError as error:
            return replace(query, failure=error)
        if alone is None:
            return query
        rewritten = self.understand(alone, as_of=as_of or query.as_of)
        return replace(rewritten, question=question, history=tuple(history), understood=alone)

    def understand(
        self, question: str, *, history: Sequence[str] = (), as_of: date | None = None
    ) -> Query:
        """Tell how a question is understood: see ``rag.understanding``.

        Raises:
            QuestionError: the question is empty or too long.
        """
        lexicon = self.retriever.corpus().lexicon
        return understand(question, history=history, as_of=as_of, lexicon=lexicon)

    def _draft(
        self, query: Query, hits: tuple[Hit, ...], *, tell: TellDraft | None, stop: Event | None
    ) -> Draft:
        """Draft an answer; a question about a unit that does not exist is told so."""
        is_named = any(hit.reference for hit in hits)
        if not is_named and (missing := self.retriever.missing(query)):
            return Draft(reason=does_not_exist(missing))
        draft = self.answerer.draft(query, hits, tell=tell, stop=stop)
        corpus = self.retriever.corpus()
        if draft.sentences or draft.written or not query.filters or not corpus.stored:
            return draft
        count = corpus.count_admitted(query.filters)
        told = with_filters(draft.reason, admitted=count, of=len(corpus.metadata))
        return replace(draft, reason=told)

    def _verifying(self, query: Query, hits: tuple[Hit, ...], tell: TellAnswer) -> TellDraft:
        """Make what verifies a draft that is still being written, and tells it as an answer."""

        def tell_draft(draft: Draft) -> None:
            proof = verify(draft, self.register.version_text)
            tell(compose(query, hits, draft, proof, suggestions=(), timings_ms={}))

        return tell_draft

    def _suggest(
        self, query: Query, hits: tuple[Hit, ...], citations: Sequence[Citation]
    ) -> tuple[str, ...]:
        return suggest(query, hits, citations, self.retriever.corpus())

    def judge(self, answer: Answer, *, key: str, verdict: Verdict, comment: str = "") -> None:
        """Keep what a reader thinks of an answer: see ``to_feedback``.

        Raises:
            PatientDataError: the comment holds a patient's data.
            StoreError: it could not be written.
        """
        feedback = to_feedback(answer, key=key, verdict=verdict, comment=comment)
        self.register.feedback.record(feedback)

    def pull(self, ids: Sequence[str] = (), *, progress: Progress | None = None) -> "PullReport":
        """Fetch official texts and index them: see ``pull_sources``."""
        from rag.pipeline.acquisition import pull_sources  # which needs an assistant

        return pull_sources(self, ids, progress=progress)

    def glossary(self) -> Thesaurus:
        """Give the terms that the reference data define."""
        return self.retriever.corpus().thesaurus

    def documents(self) -> Sequence[Metadata]:
        """List what is known of the documents that answer."""
        return tuple(self.retriever.corpus().metadata.values())

    def describe(self) -> dict[str, object]:
        """Say what is indexed, since when, where, with which encoder, and which model writes.

        Raises:
            ConfigurationError: the language model's name or address is unusable.
        """
        corpus = self.retriever.corpus()
        return {
            "documents": len(corpus.metadata),
            "passages": len(corpus.stored),
            "model": Path(self.settings.embedding_model).name,
            "fingerprint": self.vector_store.encoder.fingerprint,
            "changed_at": self.register.last_change(),
            "data_dir": self.settings.data_dir,
            **describe_writer(self.settings),
        }
