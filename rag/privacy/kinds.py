"""What tells who a patient is, and the words that stand for it in French."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What a datum of a patient is."""

    NIR = "nir"
    INS = "ins"
    RECORD = "record"
    EXAMINATION = "examination"
    UID = "uid"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


LABELS = {
    IdentifierKind.NIR: "numéro de sécurité sociale",
    IdentifierKind.INS: "matricule INS",
    IdentifierKind.RECORD: "numéro de patient",
    IdentifierKind.EXAMINATION: "numéro d’examen",
    IdentifierKind.UID: "identifiant DICOM",
    IdentifierKind.NAME: "nom",
    IdentifierKind.BIRTH_DATE: "date de naissance",
    IdentifierKind.PHONE: "numéro de téléphone",
    IdentifierKind.EMAIL: "adresse électronique",
    IdentifierKind.ADDRESS: "adresse postale",
}
"""What each kind is called; in square brackets, what stands for a datum that is masked."""


def in_words(kinds: Sequence[str]) -> str:
    """Name kinds of data in French, of which no datum is told.

    >>> in_words(["nir", "name", "birth_date"])
    'un numéro de sécurité sociale, un nom et une date de naissance'
    """
    labels = [LABELS[IdentifierKind(kind)] for kind in kinds]
    feminine = ("date", "adresse")
    *first, last = [f"{'une' if label.startswith(feminine) else 'un'} {label}" for label in labels]
    return f"{', '.join(first)} et {last}" if first else last


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A datum found in a text, at ``text[start:end]``; the datum itself is not held."""

    start: int
    end: int
    kind: IdentifierKind
