"""What is checked of a sentence that a language model wrote."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What a sentence is checked for, against the passages that it cites."""

    CITATION = "citation"
    LANGUAGE = "language"
    FIGURE = "figure"
    DATE = "date"
    AMOUNT = "amount"
    REFERENCE = "reference"
    BODY = "body"
    NAME = "name"
    ACTOR = "actor"
    MODALITY = "modality"
    NEGATION = "negation"
    EXCEPTION = "exception"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of checking a sentence.

    Attributes:
        done: what there was to check in it.
        failed: those of them that no passage bears out; the sentence is verified where none failed.
        words: the words of the sentence that no passage bears out, where they can be told.
        corrected: whether the sentence was given other citations than the model's.
    """

    done: tuple[Check, ...] = ()
    failed: tuple[Check, ...] = ()
    words: tuple[str, ...] = ()
    corrected: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether everything that was checked stands in the passages."""
        return not self.failed
