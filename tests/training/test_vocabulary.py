"""The vocabulary folds what French typography varies, and is the same every time."""

import pytest

from training.vocabulary import learn_tokenizer, tokens_in_order

TEXTS = [
    "L'hôpital garde les journaux du système.",
    "Le système n'est pas contrôlé par l'hôpital.",
    "Qu'est-ce que le contrôle humain du système ?",
] * 4


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("l\u2019hôpital", "l'hôpital"),
        ("le\u00a0système\u202f?", "le système ?"),
        ("CONTRÔLE", "controle"),
        ("cœur", "coeur"),
    ],
)
def test_typography_is_folded(written: str, same_as: str) -> None:
    tokenizer = learn_tokenizer(TEXTS, size=200, progress=False)
    assert tokenizer.encode(written).ids == tokenizer.encode(same_as).ids


def test_elided_word_is_one_token() -> None:
    tokenizer = learn_tokenizer(TEXTS, size=200, progress=False)
    assert tokenizer.encode("l'hôpital", add_special_tokens=False).tokens[0] == "l'"


def test_special_tokens_surround_a_text() -> None:
    tokens = learn_tokenizer(TEXTS, size=200, progress=False).encode("le système").tokens
    assert (tokens[0], tokens[-1]) == ("[CLS]", "[SEP]")


def test_learning_twice_gives_the_same_tokens() -> None:
    first = learn_tokenizer(TEXTS, size=90, progress=False)
    second = learn_tokenizer(TEXTS, size=90, progress=False)
    assert tokens_in_order(first) == tokens_in_order(second)
