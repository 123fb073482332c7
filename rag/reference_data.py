"""Read the reference data that the register holds into what they mean."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rag.descriptions import Descriptions
from rag.out_of_scope import OutOfScope
from rag.register import Reference
from rag.thesaurus import Thesaurus
from rag.types import ReferenceData
from rag.validity import LawRegistry


def law_of(references: Iterable[Reference]) -> LawRegistry:
    """Put the amendments of every file together."""
    found = _values(references, ReferenceData.AMENDMENTS)
    return LawRegistry.merge(map(LawRegistry.parse, found))


def thesaurus_of(references: Iterable[Reference]) -> Thesaurus:
    """Put the thesauri of every file together."""
    return Thesaurus.merge(map(Thesaurus.parse, _values(references, ReferenceData.THESAURUS)))


def descriptions_of(references: Iterable[Reference]) -> list[Descriptions]:
    """List the descriptions of units of law, by file."""
    return list(map(Descriptions.parse, _values(references, ReferenceData.DESCRIPTIONS)))


def out_of_scope_of(references: Iterable[Reference]) -> list[OutOfScope]:
    """List the examples of questions to decline, by file."""
    return list(map(OutOfScope.parse, _values(references, ReferenceData.OUT_OF_SCOPE)))


def _values(references: Iterable[Reference], kind: ReferenceData) -> Iterator[Mapping[str, Any]]:
    return (reference.values for reference in references if reference.kind is kind)
