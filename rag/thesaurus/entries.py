"""What a thesaurus holds: notions, the ways to write them, and what sets them apart."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass as validated

from rag.french import fold
from rag.thesaurus.words import is_acronym

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
_Text = Annotated[str, Field(min_length=1)]


class Family(StrEnum):
    """What an entry is about."""

    IMAGING = "modalités et métier"
    SYSTEMS = "systèmes d’information"
    AI_ACT = "règlement IA"
    LAW = "droit, données et institutions"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((family for family in cls if fold(family) == fold(str(value))), None)


@validated(frozen=True, slots=True, kw_only=True, config=STRICT)
class Form:
    """A way to write a term. One that is ``ambiguous`` does not name it by itself."""

    text: _Text
    ambiguous: bool = False


@validated(frozen=True, slots=True, kw_only=True, config=STRICT)
class Related:
    """Another notion: an entry (``term``), or one that the thesaurus only describes (``text``)."""

    term: str = ""
    text: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if bool(self.term) == bool(self.text):
            raise ValueError("either term or text")


def _under(key: str) -> BeforeValidator:
    """Let a plain text stand for a mapping that has it under ``key``."""
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


_Form = Annotated[Form, _under("text")]
_Related = Annotated[Related, _under("term")]


@validated(frozen=True, slots=True, kw_only=True, config=STRICT)
class Entry:
    """A notion and every way to write it.

    Attributes:
        term: the head word, official or plain French.
        forms: acronyms and synonyms in French, the usual acronym first.
        english: equivalents in English.
        near: related notions, never merged with this one.
        distinct_from: notions mistaken for this one, each with the difference in a few words.
        definition: one French sentence that stands alone.
        reference: where the law defines it.
    """

    term: _Text
    family: Family
    forms: tuple[_Form, ...] = ()
    english: tuple[_Form, ...] = ()
    near: tuple[_Related, ...] = ()
    distinct_from: tuple[_Related, ...] = ()
    definition: str = ""
    reference: str = ""

    @property
    def names(self) -> tuple[Form, ...]:
        """Every way to write the term, the head word first."""
        return (Form(text=self.term), *self.forms, *self.english)

    @property
    def acronym(self) -> str:
        """The usual acronym, empty where there is none."""
        first = self.forms[0].text if self.forms else ""
        return first if is_acronym(first) else ""
