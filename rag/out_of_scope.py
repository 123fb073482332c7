"""Examples of questions that texts on regulation do not answer, by the reason to decline them.

A question that is nearer to one of them than to anything that the texts say is declined, and told
why (``rag.answerers.confidence``). Users edit them (``hors-champ.yaml``).
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.types import Passage

OUT_OF_SCOPE = "hors-champ"
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
_Phrase = Annotated[str, Field(min_length=3, max_length=300)]


class Reason(StrEnum):
    """Why a question is declined."""

    OFF_TOPIC = "hors-sujet"
    CLINICAL = "clinique"
    DRAFTING = "redaction"
    PRODUCT = "produit"
    ABSENT = "absent"
    INSTRUCTION = "consigne"


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class OutOfScope:
    """Example questions by reason.

    >>> OutOfScope.parse({"clinique": ["quelle dose pour un scanner"]}).passages()[0].id
    'hors-champ#clinique'
    """

    phrases: Mapping[Reason, tuple[_Phrase, ...]]

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read the values of a file: lists of examples under the reasons.

        Raises:
            ConfigurationError: ``BAD_OUT_OF_SCOPE``, naming the place and the value.
        """
        try:
            return TypeAdapter(cls).validate_python({"phrases": dict(values)})
        except ValidationError as error:
            first = error.errors()[0]
            place = " › ".join(map(str, first["loc"][1:]))
            raise ConfigurationError(
                Problem.BAD_OUT_OF_SCOPE, place=place, value=str(first["input"])[:200]
            ) from error

    def passages(self) -> list[Passage]:
        """List the examples as texts to encode, each under its reason."""
        return [
            Passage(
                id=f"{OUT_OF_SCOPE}#{reason}",
                document=OUT_OF_SCOPE,
                anchor=reason.value,
                label="",
                headings=(),
                start=0,
                end=len(phrase),
                text=phrase,
            )
            for reason, phrases in self.phrases.items()
            for phrase in dict.fromkeys(phrases)
        ]


def examples_of(files: Iterable[OutOfScope]) -> list[Passage]:
    """List the examples of every file, each once."""
    found = {(passage.id, passage.text): passage for one in files for passage in one.passages()}
    return list(found.values())
