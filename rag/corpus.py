"""What the register holds, read into memory and ready to be searched.

Everything that does not depend on the question is computed here once, when the register changes:
the lexical index, the noise level, which amendment concerns which passage.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

import numpy as np
from numpy.typing import NDArray

from rag.calibration import Noise
from rag.described import DescribedUnits
from rag.descriptions import phrases_of
from rag.french import analyze
from rag.lexical_index import LexicalIndex
from rag.out_of_scope import ReasonWords, examples_of
from rag.reference_data import descriptions_of, law_of, out_of_scope_of, thesaurus_of
from rag.references import terms_naming
from rag.register import Register, Snapshot, StoredPassage
from rag.thesaurus import Thesaurus
from rag.titles import Titles
from rag.types import OFFICIAL, Filters, Metadata, Passage
from rag.understanding import Lexicon
from rag.validity import LawRegistry, Link, act_id, links
from rag.vector_store import VectorStore, vector_id

GLOSSARY = "glossaire-"
"""How the id of a glossary begins."""

MOST_COVERED = 150
"""A text that explains more passages of the law than that tells little of each."""

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What the register held at one revision, ready to be searched.

    ``vector_ids[i]`` names the vector of ``stored[i]``, and ``position`` gives the index back;
    ``headings`` is BM25 over the titles and headings alone; ``titles`` tells which one a question
    asks about as a whole; ``described`` leads from plain words to passages of the law;
    ``reason_words`` tell why a question is declined; ``links[i]`` are the amendments that concern
    ``stored[i]``; ``official`` gives the passages of the law itself by the key of the unit that a
    text about it covers (``32024R1689#art_26``); ``lexicon`` holds the words that are known;
    ``is_official[i]`` and ``in_glossary[i]`` tell that ``stored[i]`` is the law's, or a glossary's.
    """

    revision: int
    stored: list[StoredPassage]
    metadata: dict[str, Metadata]
    vector_ids: list[str]
    position: dict[str, int]
    lexical: LexicalIndex
    headings: LexicalIndex
    titles: Titles
    described: DescribedUnits
    noise: Noise
    reason_words: ReasonWords
    law: LawRegistry
    thesaurus: Thesaurus
    lexicon: Lexicon
    links: list[tuple[Link, ...]]
    official: dict[str, list[int]]
    covered: dict[str, NDArray[np.int64]]
    is_official: NDArray[np.bool_]
    in_glossary: NDArray[np.bool_]

    @classmethod
    def read(cls, register: Register, vector_store: VectorStore) -> "Corpus":
        """Read the current passages and reference data, and compute what searching needs."""
        snapshot = register.snapshot()
        stored = snapshot.passages
        metadata = {entry.id: entry.metadata for entry in snapshot.entries}
        law = law_of(snapshot.references)
        thesaurus = thesaurus_of(snapshot.references)
        official = _official(stored, metadata)
        vector_ids = [vector_id(item.passage) for item in stored]
        lexical = LexicalIndex([item.passage.retrieval_text for item in stored])
        return cls(
            revision=snapshot.revision,
            stored=stored,
            metadata=metadata,
            vector_ids=vector_ids,
            position={name: index for index, name in enumerate(vector_ids)},
            lexical=lexical,
            headings=LexicalIndex([_titles(item.passage, metadata) for item in stored]),
            titles=Titles.of(stored, metadata),
            described=_described(snapshot),
            noise=Noise.measure(vector_store),
            reason_words=ReasonWords(
                examples_of(out_of_scope_of(snapshot.references)), texts=lexical
            ),
            law=law,
            thesaurus=thesaurus,
            lexicon=Lexicon.of(
                (item.passage.retrieval_text for item in stored),
                thesaurus=thesaurus,
                general=vector_store.encoder.words,
            ),
            links=[
                links(item.passage, metadata[item.passage.document], registry=law)
                for item in stored
            ],
            official=official,
            covered=_covered(metadata, official),
            is_official=np.array(
                [metadata[item.passage.document].kind in OFFICIAL for item in stored], dtype=bool
            ),
            in_glossary=np.array(
                [item.passage.document.startswith(GLOSSARY) for item in stored], dtype=bool
            ),
        )

    def admitted(self, filters: Filters) -> NDArray[np.bool_]:
        """Tell which passages filters admit; shape ``(n,)``."""
        parts = [(item.passage.document, item.passage.published) for item in self.stored]
        admitted = {
            (document, day): filters.admits(self.metadata[document], published=day)
            for document, day in set(parts)
        }
        return np.array([admitted[part] for part in parts], dtype=bool)

    def count_admitted(self, filters: Filters) -> int:
        """Count the documents that filters admit, were it for one passage."""
        kept = np.flatnonzero(self.admitted(filters))
        return len({self.stored[index].passage.document for index in kept})

    def passage_id(self, index: int | None) -> str | None:
        """Give the id of a passage, where there is one."""
        return None if index is None else self.stored[index].passage.id

    def coverage(self, question: str, index: int) -> float:
        """Give the share of the question's terms that a passage holds, by rarity, 0 to 1.

        It holds the name of the act that it is part of, or explains; in a text in another
        language, what the thesaurus names so in English, or by a word that both use (« logs »).
        """
        facts = self.metadata[self.stored[index].passage.document]
        named = terms_naming(facts, question)
        if facts.language == "fr":
            return self.lexical.coverage(question, index, besides=named)
        translated = {
            term
            for match in self.thesaurus.matches(question)
            if any(self.lexical.holds(form.text, index) for form in match.entry.names)
            for term in analyze(match.form.text)
        }
        return self.lexical.coverage(question, index, besides=translated | named)

    def covered_by(self, index: int) -> NDArray[np.int64]:
        """List the passages of the law that the document of a passage explains."""
        return self.covered.get(self.stored[index].passage.document, _NONE)

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


def _titles(passage: Passage, metadata: dict[str, Metadata]) -> str:
    return "\n".join((metadata[passage.document].title, *passage.headings))


def _described(snapshot: Snapshot) -> DescribedUnits:
    """Match the phrases that describe units with the passages of what is here."""
    documents = {act_id(entry.id) for entry in snapshot.entries}
    keys = [f"{act_id(item.passage.document)}#{item.passage.anchor}" for item in snapshot.passages]
    return DescribedUnits(phrases_of(documents, descriptions_of(snapshot.references)), keys)


def _covered(
    metadata: dict[str, Metadata], official: dict[str, list[int]]
) -> dict[str, NDArray[np.int64]]:
    """List the passages of the law that each document explains, where they are not too many."""
    found = {}
    for document, facts in metadata.items():
        law = sorted({index for key in facts.covers for index in official.get(key, ())})
        if 0 < len(law) <= MOST_COVERED:
            found[document] = np.array(law, dtype=np.int64)
    return found
