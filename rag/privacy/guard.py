"""Find what tells who a patient is, mask it, refuse it. Nothing is sent, kept or logged."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.errors import PatientDataError, Problem
from rag.privacy.addresses import addresses
from rag.privacy.births import YEAR_SIGNS, births, months_of_birth
from rag.privacy.contacts import EMAIL_SIGNS, emails, phones
from rag.privacy.folded import FoldedText, folded
from rag.privacy.kinds import LABELS, Identifier, IdentifierKind
from rag.privacy.names import PATIENT_NAME
from rag.privacy.numbers import (
    dicom_uids,
    examination_numbers,
    record_numbers,
    social_security_numbers,
)
from rag.privacy.said import said_numbers

_MOST_MASKS = 5
_MASK = re.compile(rf"\[(?:{'|'.join(LABELS.values())})\]")


def _dicom_names(text: FoldedText) -> Iterator[Identifier]:
    for match in PATIENT_NAME.finditer(text.text):
        yield text.identifier(IdentifierKind.NAME, *match.span())


Finder = Callable[[FoldedText], Iterator[Identifier]]
_FINDERS: tuple[Finder, ...] = (
    social_security_numbers,
    dicom_uids,
    emails,
    births,
    months_of_birth,
    phones,
    examination_numbers,
    record_numbers,
    said_numbers,
    addresses,
    _dicom_names,
)
"""The surest first: where two find the same characters, the first names them."""


def find(text: str) -> tuple[Identifier, ...]:
    """Find the data of a text that tell who a patient is, in order; none overlaps another.

    >>> [found.kind.value for found in find("Mme Dupont née le 12/03/1954, IPP 8004512")]
    ['name', 'birth_date', 'record']
    >>> find("Que dit le règlement (UE) 2024/1689 du 13 juin 2024 ?")
    ()
    """
    if not _may_hold_one(text):
        return ()
    plain = folded(text)
    found: list[Identifier] = []
    for finder in _FINDERS:
        for one in finder(plain):
            if all(one.end <= other.start or other.end <= one.start for other in found):
                found.append(one)
    return tuple(sorted(found))


def mask(text: str) -> str:
    """Put words in place of each datum; a text that is masked passes ``check``.

    >>> mask("Le patient (ddn 12/03/1954) peut-il refuser ?")
    'Le patient (ddn [date de naissance]) peut-il refuser ?'
    """
    for _ in range(_MOST_MASKS):  # a datum that is masked may uncover another beside it
        found = find(text)
        if not found:
            return text
        for one in reversed(found):
            text = f"{text[: one.start]}[{LABELS[one.kind]}]{text[one.end :]}"
    return _without_digits(text) if find(text) else text


def check(text: str, *, problem: Problem = Problem.PATIENT_DATA) -> None:
    """Let a text pass that tells of no patient.

    Args:
        text: what someone typed, or the name of a file.
        problem: what to say of it.

    Raises:
        PatientDataError: the text holds a datum of a patient; the error has it masked.
    """
    if found := find(text):
        kinds = tuple(dict.fromkeys(one.kind.value for one in found))
        raise PatientDataError(problem, kinds=kinds, masked=mask(text))


def check_path(path: Path) -> None:
    """Let a file pass if neither its name nor that of a folder above it tells of a patient.

    Raises:
        PatientDataError: a name holds a datum of a patient; the error has that name masked.
    """
    for part in path.parts:
        check(part, problem=Problem.PATIENT_DATA_IN_NAME)


def mask_path(path: Path) -> Path:
    """Put words in place of each datum in the names of a file and of the folders above it."""
    return Path(*map(mask, path.parts))


def check_question(question: str, history: Sequence[str] = ()) -> None:
    """Let a question pass if neither it nor an earlier one tells of a patient.

    Raises:
        PatientDataError: one of them does; the error has that one masked.
    """
    check(question)
    for earlier in history:
        check(earlier, problem=Problem.PATIENT_DATA_IN_HISTORY)


def _may_hold_one(text: str) -> bool:
    lowered = text.lower()
    return (
        any(map(str.isdigit, text))
        or "^" in text
        or any(sign in lowered for sign in (*EMAIL_SIGNS, *YEAR_SIGNS))
    )


def _without_digits(text: str) -> str:
    """Take out all that could tell of someone, from a text that no mask has settled."""
    return re.sub(r"[\d@^]+", "…", text)
