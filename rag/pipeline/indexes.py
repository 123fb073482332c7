"""Keep the vectors in line with the register, which is the source of truth."""

from dataclasses import dataclass

from rag.register import Register
from rag.types import Passage, Progress
from rag.vector_store import VectorStore, vector_id


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How the vectors compare with the register's passages, in numbers of passages."""

    passages: int
    missing: int
    orphans: int

    @property
    def sound(self) -> bool:
        """Every passage has its vector, and nothing else has one."""
        return not (self.missing or self.orphans)


def check(register: Register, vector_store: VectorStore) -> IndexReport:
    """Count passages without a vector, and vectors without a passage."""
    wanted, held = _wanted(register), vector_store.ids()
    return IndexReport(
        passages=len(wanted),
        missing=len(wanted.keys() - held),
        orphans=len(held - wanted.keys()),
    )


def repair(
    register: Register, vector_store: VectorStore, progress: Progress | None = None
) -> IndexReport:
    """Encode what has no vector and drop what should have none; say what was found."""
    wanted, held = _wanted(register), vector_store.ids()
    missing, orphans = wanted.keys() - held, held - wanted.keys()
    vector_store.add([wanted[identifier] for identifier in sorted(missing)], progress)
    vector_store.delete(orphans)
    return IndexReport(passages=len(wanted), missing=len(missing), orphans=len(orphans))


def rebuild(
    register: Register, vector_store: VectorStore, progress: Progress | None = None
) -> IndexReport:
    """Drop every vector and encode every passage again."""
    vector_store.clear()
    repair(register, vector_store, progress)
    return check(register, vector_store)


def _wanted(register: Register) -> dict[str, Passage]:
    return {vector_id(stored.passage): stored.passage for stored in register.passages()}
