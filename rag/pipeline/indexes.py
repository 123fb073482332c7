"""Keep the vectors in line with the register, which is the source of truth."""

from collections.abc import Iterator
from dataclasses import dataclass

from rag.descriptions import phrases_of
from rag.out_of_scope import examples_of
from rag.reference_data import descriptions_of, out_of_scope_of
from rag.register import Register
from rag.types import Passage, Progress
from rag.validity import act_id
from rag.vector_store import Collection, VectorStore, vector_id


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexReport:
    """How the vectors compare with the register, in numbers of texts.

    ``missing`` and ``orphans`` count, beside the passages, the phrases that lead to units of law
    and the examples of questions to decline.
    """

    passages: int
    missing: int
    orphans: int

    @property
    def sound(self) -> bool:
        """Every text has its vector, and nothing else has one."""
        return not (self.missing or self.orphans)


def check(register: Register, vector_store: VectorStore) -> IndexReport:
    """Count texts without a vector, and vectors without a text."""
    states = list(_states(register, vector_store))
    return IndexReport(
        passages=len(states[0].wanted),
        missing=sum(len(state.missing) for state in states),
        orphans=sum(len(state.orphans) for state in states),
    )


def repair(
    register: Register, vector_store: VectorStore, progress: Progress | None = None
) -> IndexReport:
    """Encode what has no vector and drop what should have none; say what was found."""
    found = check(register, vector_store)
    if not found.sound:
        for state in _states(register, vector_store):
            missing = [state.wanted[identifier] for identifier in sorted(state.missing)]
            state.collection.add(missing, progress)
            state.collection.delete(state.orphans)
    return found


def rebuild(
    register: Register, vector_store: VectorStore, progress: Progress | None = None
) -> IndexReport:
    """Drop every vector and encode every text again."""
    for state in _states(register, vector_store):
        state.collection.clear()
    repair(register, vector_store, progress)
    return check(register, vector_store)


@dataclass(frozen=True, slots=True)
class _State:
    """What a collection should hold, by the id of its vector, and what it does hold."""

    collection: Collection
    wanted: dict[str, Passage]
    held: set[str]

    @property
    def missing(self) -> set[str]:
        return self.wanted.keys() - self.held

    @property
    def orphans(self) -> set[str]:
        return self.held - self.wanted.keys()


def _states(register: Register, vector_store: VectorStore) -> Iterator[_State]:
    """Yield the state of the passages, then those of the other collections."""
    snapshot = register.snapshot()
    acts = {act_id(entry.id) for entry in snapshot.entries}
    texts = (
        (vector_store.passages, [stored.passage for stored in snapshot.passages]),
        (vector_store.descriptions, phrases_of(acts, descriptions_of(snapshot.references))),
        (vector_store.out_of_scope, examples_of(out_of_scope_of(snapshot.references))),
    )
    for collection, passages in texts:
        wanted = {vector_id(passage): passage for passage in passages}
        yield _State(collection, wanted, collection.ids())
