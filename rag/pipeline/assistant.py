"""The assistant: every stage opened once, and the two things one asks of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from rag.answerers import ExtractiveAnswerer, does_not_exist
from rag.citations import verify
from rag.config import Settings
from rag.embeddings import Encoder, SentenceEncoder
from rag.errors import Problem, StoreError
from rag.pipeline.answers import compose, with_filters
from rag.pipeline.feedback import to_feedback
from rag.pipeline.holdings import Holdings
from rag.pipeline.indexes import repair
from rag.pipeline.lock import writing
from rag.pipeline.suggestions import suggest
from rag.privacy import check_question
from rag.register import Register, open_register
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
    Verdict,
)
from rag.understanding import understand
from rag.vector_store import VectorStore

if TYPE_CHECKING:
    from rag.pipeline.acquisition import PullReport

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant(Holdings):
    """The stages, opened on one data folder. Threads may share it."""

    retriever: HybridRetriever
    answerer: Answerer

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        progress: Progress | None = None,
        repairing: bool = True,
    ) -> Self:
        """Open the stores and, unless told not to, bring the vectors in line with the register.

        Args:
            settings: where the stores are, which model encodes.
            encoder: another encoder than the settings' model.
            reranker: another reranker than the settings' model, which is none by default.
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
        vector_store = _open_vector_store(settings, encoder)
        if repairing:
            _repair_unless_locked(settings, register, vector_store, progress)
        return cls(
            settings=settings,
            register=register,
            vector_store=vector_store,
            retriever=HybridRetriever(
                source=register, vector_store=vector_store, reranker=reranker
            ),
            answerer=ExtractiveAnswerer(encoder),
        )

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: date | None = None,
        filters: Filters = NO_FILTER,
    ) -> Answer:
        """Answer a question with sentences that stand, to the character, in the documents.

        Args:
            question: in French, as typed.
            history: the earlier questions of the conversation, oldest first.
            as_of: the day whose law is asked for; the one that the question names, or today,
                by default.
            filters: which documents may answer; all of them by default.

        Raises:
            PatientDataError: the question, or an earlier one, tells who a patient is.
            QuestionError: the question is empty or too long.
        """
        check_question(question, history)
        clock = _Clock()
        query = clock.time(
            "understand", lambda: self.understand(question, history=history, as_of=as_of)
        )
        query = replace(query, filters=filters)
        hits, resemblance = clock.time("retrieve", lambda: self.retriever.look_up(query))
        query = replace(query, resemblance=resemblance)
        draft = clock.time("answer", lambda: self._draft(query, hits))
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

    def understand(
        self, question: str, *, history: Sequence[str] = (), as_of: date | None = None
    ) -> Query:
        """Tell how a question is understood: see ``rag.understanding``.

        Raises:
            QuestionError: the question is empty or too long.
        """
        lexicon = self.retriever.corpus().lexicon
        return understand(question, history=history, as_of=as_of, lexicon=lexicon)

    def _draft(self, query: Query, hits: tuple[Hit, ...]) -> Draft:
        """Draft an answer; a question about a unit that does not exist is told so."""
        is_named = any(hit.reference for hit in hits)
        if not is_named and (missing := self.retriever.missing(query)):
            return Draft(reason=does_not_exist(missing))
        draft = self.answerer.draft(query, hits)
        corpus = self.retriever.corpus()
        if draft.sentences or not query.filters or not corpus.stored:
            return draft
        count = corpus.count_admitted(query.filters)
        told = with_filters(draft.reason, admitted=count, of=len(corpus.metadata))
        return replace(draft, reason=told)

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
        """Say what is indexed, since when, where, and with which encoder."""
        corpus = self.retriever.corpus()
        return {
            "documents": len(corpus.metadata),
            "passages": len(corpus.stored),
            "model": Path(self.settings.embedding_model).name,
            "fingerprint": self.vector_store.encoder.fingerprint,
            "changed_at": self.register.last_change(),
            "data_dir": self.settings.data_dir,
        }


def _open_vector_store(settings: Settings, encoder: Encoder) -> VectorStore:
    """Open the vectors; a folder that cannot be read is made anew, unless someone is writing."""
    try:
        return VectorStore(settings.vector_store_dir, encoder)
    except StoreError as error:
        if error.problem is not Problem.STORE_UNUSABLE:
            raise
        with writing(settings.lock_file):
            return VectorStore.recreate(settings.vector_store_dir, encoder)


def _repair_unless_locked(
    settings: Settings,
    register: Register,
    vector_store: VectorStore,
    progress: Progress | None,
) -> None:
    """Repair the vectors, unless another process is writing: it repairs them itself."""
    try:
        with writing(settings.lock_file):
            repair(register, vector_store, progress)
    except StoreError as error:
        if error.problem is not Problem.LOCKED:
            raise


class _Clock:
    """Time the steps of an answer."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._steps: dict[str, float] = {}

    def time(self, step: str, action: Callable[[], _T]) -> _T:
        start = time.perf_counter()
        result = action()
        self._steps[step] = time.perf_counter() - start
        return result

    def milliseconds(self) -> dict[str, float]:
        steps = {**self._steps, "total": time.perf_counter() - self._start}
        return {step: round(1000 * seconds, 1) for step, seconds in steps.items()}
