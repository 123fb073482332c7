"""Examples of questions that texts on regulation do not answer, by the reason to decline them.

A question that is nearer to one of them than to anything that the texts say is declined
(``rag.answerers.confidence``), and told why where one of its words tells it as well
(``ReasonWords``). Users edit them (``hors-champ.yaml``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.french import analyze
from rag.lexical_index import LexicalIndex
from rag.types import Passage

OUT_OF_SCOPE = "hors-champ"
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)
_Phrase = Annotated[str, Field(min_length=3, max_length=300)]

LEAST_SHARE = 0.6
"""Share of the examples holding a word that have the reason that it tells."""

TIMES_COMMONER = 10
"""How much commoner a word that tells a reason is in its examples than in the texts: « registre »,
which examples of letters to write hold, is the law's own word."""


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


class ReasonWords:
    """The words that tell why a question is declined: common in the examples of one reason only.

    Vectors alone bring « Comment tenir le registre ? » near « Rédige le registre », which asks for
    something else.
    """

    def __init__(self, examples: Sequence[Passage], texts: LexicalIndex) -> None:
        """Count the words of the examples, once.

        Args:
            examples: those of ``examples_of``.
            texts: what may be answered from.
        """
        held = [(one.anchor, term) for one in examples for term in set(analyze(one.text))]
        sizes = Counter(one.anchor for one in examples)
        counts, totals = Counter(held), Counter(term for _, term in held)
        self._telling = {
            (reason, term)
            for (reason, term), count in counts.items()
            if count >= LEAST_SHARE * totals[term]
            and count / sizes[reason] > TIMES_COMMONER * texts.share(term)
        }

    def tell(self, question: str, reason: str) -> bool:
        """Tell whether a word of the question tells this reason."""
        return any((reason, term) in self._telling for term in analyze(question))
