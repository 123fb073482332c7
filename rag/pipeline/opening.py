"""Open the vectors and bring them in line with the register; open who answers."""

from typing import TYPE_CHECKING

from rag.answerers import ExtractiveAnswerer
from rag.config import Settings
from rag.embeddings import Encoder
from rag.errors import Problem, StoreError
from rag.pipeline.indexes import repair
from rag.pipeline.lock import writing
from rag.register import Register
from rag.types import Answerer, Progress
from rag.vector_store import VectorStore

if TYPE_CHECKING:
    from rag.answerers.written import Rewriter, Writer


def open_vector_store(settings: Settings, encoder: Encoder) -> VectorStore:
    """Open the vectors; a folder that cannot be read is made anew, unless someone is writing."""
    try:
        return VectorStore(settings.vector_store_dir, encoder)
    except StoreError as error:
        if error.problem is not Problem.STORE_UNUSABLE:
            raise
        with writing(settings.lock_file):
            return VectorStore.recreate(settings.vector_store_dir, encoder)


def repair_unless_locked(
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


def open_writer(settings: Settings) -> "Writer | None":
    """Open the chat model that the settings name; nothing of it is loaded where they name none.

    Raises:
        ConfigurationError: it cannot be used as it is named.
    """
    if not settings.llm:
        return None
    from rag.language_model import ChatModel

    return ChatModel.open(settings)


def describe_writer(settings: Settings) -> dict[str, object]:
    """Name the chat model and its host: see ``describe_model``; all is empty where there is none.

    Raises:
        ConfigurationError: it cannot be used as it is named.
    """
    if not settings.llm:
        return {"llm": "", "llm_host": "", "llm_is_remote": False}
    from rag.language_model import describe_model

    return describe_model(settings)


def open_rewriter(writer: "Writer | None") -> "Rewriter | None":
    """Open what writes follow-ups out, where there is a chat model."""
    if writer is None:
        return None
    from rag.answerers.written import Rewriter

    return Rewriter(writer)


def open_answerer(settings: Settings, encoder: Encoder, writer: "Writer | None") -> Answerer:
    """Open who answers: with quotes, or where there is a chat model in its words, verified.

    Raises:
        ConfigurationError: the model that judges entailment is not on this machine.
    """
    extractive = ExtractiveAnswerer(encoder)
    if writer is None:
        return extractive
    from rag.answerers.written import WritingAnswerer
    from rag.entailment import CrossEncoderEntailment
    from rag.verification import Verifier

    nli = settings.nli
    judge = CrossEncoderEntailment(nli, offline=settings.offline) if nli else None
    return WritingAnswerer(
        writer=writer,
        fallback=extractive,
        verifier=Verifier(encoder, judge),
        context_tokens=settings.llm_context_tokens,
    )
