"""Plain words that lead to units of law: what people would say to find them.

The law says « décision d’une juridiction d’un pays tiers » where one asks about « un juge du
Texas ». Each unit may be described in such words, which are searched beside its own text (document
expansion: Nogueira et al. 2019) and never quoted. Users edit them (``descriptions.yaml``).
"""

from collections.abc import Container, Iterable, Mapping
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.types import Passage

_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
_Key = Annotated[str, Field(pattern=r"^[\w.#-]+$")]
_Phrase = Annotated[str, Field(min_length=3, max_length=300)]


@validated(frozen=True, slots=True, kw_only=True, config=_STRICT)
class Descriptions:
    """The descriptions of one file.

    Attributes:
        document: the act whose units are described (``32024R1689``); its translations and
            consolidated texts count too. Empty where each key names its own document.
        units: phrases by the anchor of the finest unit that they lead to (``art_26.6``), or by its
            key (``notice-hds#certification``, ``notice-hds`` for the whole).
    """

    document: str = ""
    units: Mapping[_Key, tuple[_Phrase, ...]]

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read the values of a file.

        Raises:
            ConfigurationError: ``BAD_DESCRIPTIONS``, naming the place and the value.
        """
        try:
            return TypeAdapter(cls).validate_python(dict(values))
        except ValidationError as error:
            first = error.errors()[0]
            place = " › ".join(map(str, first["loc"]))
            raise ConfigurationError(
                Problem.BAD_DESCRIPTIONS, place=place, value=str(first["input"])[:200]
            ) from error

    def phrases(self) -> list[Passage]:
        """List the phrases as texts to encode, each under the id of its unit."""
        return [
            _phrase(f"{self.document}#{unit}" if self.document else unit, phrase)
            for unit, phrases in self.units.items()
            for phrase in dict.fromkeys(phrases)
        ]


def phrases_of(documents: Container[str], descriptions: Iterable[Descriptions]) -> list[Passage]:
    """List the phrases that describe units of the documents, or acts, that are indexed."""
    return [
        phrase for one in descriptions for phrase in one.phrases() if phrase.document in documents
    ]


def _phrase(key: str, text: str) -> Passage:
    document, _, anchor = key.partition("#")
    return Passage(
        id=key,
        document=document,
        anchor=anchor,
        label="",
        headings=(),
        start=0,
        end=len(text),
        text=text,
    )
