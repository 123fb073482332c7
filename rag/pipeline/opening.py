"""Open the vectors, and bring them in line with the register."""

from rag.config import Settings
from rag.embeddings import Encoder
from rag.errors import Problem, StoreError
from rag.pipeline.indexes import repair
from rag.pipeline.lock import writing
from rag.register import Register
from rag.types import Progress
from rag.vector_store import VectorStore


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
