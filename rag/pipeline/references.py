"""Read the reference data that users edit beside the documents, and refuse what is damaged.

What the register last accepted keeps answering until a file that can be read replaces it.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rag.descriptions import Descriptions
from rag.errors import ConfigurationError, LoadError, Problem
from rag.loaders.metadata import read_yaml
from rag.out_of_scope import OutOfScope
from rag.register import Reference
from rag.thesaurus import Thesaurus
from rag.types import ReferenceData
from rag.validity import LawRegistry

_MOST_BYTES = 5_000_000
_PARSERS: dict[ReferenceData, Callable[[Mapping[str, Any]], object]] = {
    ReferenceData.AMENDMENTS: LawRegistry.parse,
    ReferenceData.THESAURUS: Thesaurus.parse,
    ReferenceData.DESCRIPTIONS: Descriptions.parse,
    ReferenceData.OUT_OF_SCOPE: OutOfScope.parse,
}


def is_reference(path: Path) -> bool:
    """Tell whether a file holds reference data, by its name."""
    return path.name in {kind.value for kind in _PARSERS}


def read_reference(path: Path) -> Reference:
    """Read and check a file of reference data.

    Raises:
        LoadError: the file cannot be read, or is not of the form that its header describes.
    """
    kind = ReferenceData(path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise LoadError(Problem.NOT_FOUND, path=path) from error
    except OSError as error:
        raise LoadError(Problem.UNREADABLE, path=path) from error
    if len(data) > _MOST_BYTES:
        raise LoadError(Problem.TOO_LARGE, path=path)
    values = read_yaml(data.decode("utf-8", errors="replace"), path=path)
    try:
        _PARSERS[kind](values)
    except ConfigurationError as error:
        raise LoadError(error.problem, **error.details) from error
    sha256 = hashlib.sha256(data).hexdigest()
    return Reference(kind=kind, source=path, sha256=sha256, values=dict(values))
