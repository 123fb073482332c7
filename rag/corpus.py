"""What the register holds, read into memory and ready to be searched.

Everything that does not depend on the question is computed here once, when the register changes:
the lexical index, the noise level, which amendment concerns which passage.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

import numpy as np
from numpy.typing import NDArray

from rag.calibration import Noise
from rag.lexical_index import LexicalIndex
from rag.register import Reference, Register, StoredPassage
from rag.thesaurus import Thesaurus
from rag.types import OFFICIAL, Metadata, Passage, ReferenceData
from rag.validity import LawRegistry, Link, act_id, links
from rag.vector_store import VectorStore, vector_id

GLOSSARY = "glossaire-"
"""How the id of a glossary begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What the register held at one revision, ready to be searched.

    ``position`` gives the index of a passage in ``stored`` by the id of its vector; ``links[i]``
    are the amendments that concern ``stored[i]``; ``official`` gives the passages of the law itself
    by the key of the unit that a text about it covers (``32024R1689#art_26``); ``in_glossary[i]``
    tells that ``stored[i]`` is a glossary's.
    """

    revision: int
    stored: list[StoredPassage]
    metadata: dict[str, Metadata]
    position: dict[str, int]
    lexical: LexicalIndex
    noise: Noise
    law: LawRegistry
    thesaurus: Thesaurus
    links: list[tuple[Link, ...]]
    official: dict[str, list[int]]
    in_glossary: NDArray[np.bool_]

    @classmethod
    def read(cls, register: Register, vector_store: VectorStore) -> "Corpus":
        """Read the current passages and reference data, and compute what searching needs."""
        snapshot = register.snapshot()
        stored = snapshot.passages
        metadata = {entry.id: entry.metadata for entry in snapshot.entries}
        law = _law(snapshot.references)
        return cls(
            revision=snapshot.revision,
            stored=stored,
            metadata=metadata,
            position={vector_id(item.passage): index for index, item in enumerate(stored)},
            lexical=LexicalIndex([item.passage.retrieval_text for item in stored]),
            noise=Noise.measure(vector_store),
            law=law,
            thesaurus=_thesaurus(snapshot.references),
            links=[
                links(item.passage, metadata[item.passage.document], registry=law)
                for item in stored
            ],
            official=_official(stored, metadata),
            in_glossary=np.array([item.passage.document.startswith(GLOSSARY) for item in stored]),
        )

    def passage_id(self, index: int | None) -> str | None:
        """Give the id of a passage, where there is one."""
        return None if index is None else self.stored[index].passage.id

    def lead_in(self, index: int) -> Passage | None:
        """Find the passage that introduces a point of a list (« …les conditions suivantes: »)."""
        passage = self.stored[index].passage
        parent, _, point = passage.anchor.rpartition(".")
        if not (parent and point):
            return None
        for place in range(index - 1, -1, -1):
            item = self.stored[place]
            if item.passage.document != passage.document or not item.passage.anchor.startswith(
                parent
            ):
                return None
            if item.passage.anchor == parent:
                return item.passage if item.passage.text.endswith(":") else None
        return None

    def items(self, index: int) -> tuple[Passage, ...]:
        """List the points that a passage introduces."""
        passage = self.stored[index].passage
        if not passage.text.endswith(":"):
            return ()
        following = takewhile(
            lambda item: item.passage.anchor.startswith(f"{passage.anchor}."),
            islice(self.stored, index + 1, None),
        )
        return tuple(item.passage for item in following)

    def unit(self, index: int) -> str:
        """Name what a passage is part of: its article of an act, else its document."""
        passage = self.stored[index].passage
        if self.metadata[passage.document].kind in OFFICIAL:
            return f"{act_id(passage.document)}#{passage.anchor.partition('.')[0]}"
        return passage.document


def _official(stored: list[StoredPassage], metadata: dict[str, Metadata]) -> dict[str, list[int]]:
    """List the French passages of the law under each unit that some document covers."""
    covered = {key for facts in metadata.values() for key in facts.covers if "#" in key}
    found: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(stored):
        facts = metadata[item.passage.document]
        if facts.kind in OFFICIAL and facts.language == "fr":
            for key in _keys_above(f"{act_id(facts.id)}#{item.passage.anchor}"):
                if key in covered:
                    found[key].append(index)
    return dict(found)


def _keys_above(unit: str) -> Iterator[str]:
    """Yield a unit's key, then those of the units that hold it."""
    while "#" in unit:
        yield unit
        unit = unit.rpartition(".")[0]


def _law(references: Iterable[Reference]) -> LawRegistry:
    return LawRegistry.merge(
        LawRegistry.parse(reference.values)
        for reference in references
        if reference.kind is ReferenceData.AMENDMENTS
    )


def _thesaurus(references: Iterable[Reference]) -> Thesaurus:
    return Thesaurus.merge(
        Thesaurus.parse(reference.values)
        for reference in references
        if reference.kind is ReferenceData.THESAURUS
    )
