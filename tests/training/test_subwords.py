"""Words cut otherwise are still the same words, and texts are no longer than allowed."""

import random

import pytest
from tokenizers import Tokenizer

from training.data.subwords import Recutter
from training.vocabulary import learn_tokenizer

TEXTS = [
    "L'hôpital garde les journaux du système.",
    "Le système n'est pas contrôlé par l'hôpital.",
] * 4


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return learn_tokenizer(TEXTS, size=200, progress=False)


@pytest.mark.parametrize("text", [*TEXTS[:2], "Système inconnu : « œuvre » ☢ !"])
def test_nothing_recut_is_what_the_tokenizer_gives(tokenizer: Tokenizer, text: str) -> None:
    recut = Recutter(tokenizer, share=0)
    assert recut(text, random.Random(1), longest=64) == tokenizer.encode(text).ids


def test_recut_words_have_more_pieces_and_the_same_letters(tokenizer: Tokenizer) -> None:
    recut = Recutter(tokenizer, share=1)
    identifiers = recut("le système de l'hôpital", random.Random(1), longest=64)
    pieces = [tokenizer.id_to_token(identifier) for identifier in identifiers[1:-1]]
    assert "systeme" not in pieces
    assert "".join(piece.removeprefix("##") for piece in pieces) == "lesystemedel'hopital"


def test_recut_text_is_no_longer_than_allowed(tokenizer: Tokenizer) -> None:
    recut = Recutter(tokenizer, share=1)
    identifiers = recut(" ".join(TEXTS), random.Random(1), longest=12)
    assert len(identifiers) == 12
    assert tokenizer.id_to_token(identifiers[-1]) == "[SEP]"
