"""The vocabulary folds what French typography varies, and is the same every time."""

import pytest

from training.vocabulary import learn_tokenizer, most_used, tokens_in_order, words_in

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


def test_steps_on_the_way_to_a_longer_token_are_dropped() -> None:
    learnt = learn_tokenizer(TEXTS, size=200, progress=False)
    kept = most_used(learnt, TEXTS, size=70)
    assert kept.get_vocab_size() == 70
    assert kept.encode("système", add_special_tokens=False).tokens == ["systeme"]
    unused = set(tokens_in_order(learnt)) - set(tokens_in_order(kept))
    assert "syst" in unused or "syste" in unused


def test_every_text_can_still_be_cut() -> None:
    learnt = learn_tokenizer(TEXTS, size=200, progress=False)
    kept = most_used(learnt, TEXTS, size=10)
    assert "[UNK]" not in kept.encode("journaux du système").tokens


def test_borrowed_words_are_whole_and_the_best_come_first() -> None:
    learnt = learn_tokenizer(TEXTS, size=200, progress=False)
    kept = most_used(learnt, TEXTS, size=80, words=["systeme", "spam", "cloud"], borrowed=1)
    assert kept.encode("spam", add_special_tokens=False).tokens == ["spam"]
    assert len(kept.encode("cloud", add_special_tokens=False).tokens) > 1
    assert kept.get_vocab_size() == 80


def test_words_are_those_that_the_tokenizer_sees() -> None:
    tokenizer = learn_tokenizer(TEXTS, size=200, progress=False)
    assert words_in(tokenizer, ["Le RGPD, l\u2019IRM et le RGPD"]) == ["rgpd", "irm"]
