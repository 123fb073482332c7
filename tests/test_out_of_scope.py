"""What the words of a question tell of the reason to decline it."""

import pytest

from rag.lexical_index import LexicalIndex
from rag.out_of_scope import OutOfScope, Reason, ReasonWords, examples_of

TEXTS = LexicalIndex(
    ["Le responsable tient le registre des traitements."] * 3
    + ["Le déployeur garde les journaux du système."] * 30
)
EXAMPLES = examples_of(
    [
        OutOfScope.parse(
            {
                "redaction": ["Rédige le registre des traitements", "rédige une lettre"],
                "produit": ["Quel logiciel choisir ?", "Quel est le prix de ce logiciel ?"],
                "absent": ["Que dit la norme de ce logiciel ?", "un logiciel libre, et après ?"],
            }
        )
    ]
)


@pytest.fixture(scope="module")
def words() -> ReasonWords:
    return ReasonWords(EXAMPLES, TEXTS)


def test_word_of_the_examples_alone_tells_their_reason(words: ReasonWords) -> None:
    assert words.tell("Rédige-moi un mémo", Reason.DRAFTING)
    assert not words.tell("Rédige-moi un mémo", Reason.PRODUCT)


def test_word_that_the_texts_use_tells_nothing(words: ReasonWords) -> None:
    assert not words.tell("Comment tenir le registre des traitements ?", Reason.DRAFTING)


def test_word_shared_by_examples_of_several_reasons_tells_none(words: ReasonWords) -> None:
    assert not words.tell("Ce logiciel suffit-il ?", Reason.PRODUCT)
    assert words.tell("Ce logiciel est à quel prix ?", Reason.PRODUCT)
