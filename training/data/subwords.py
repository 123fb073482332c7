"""Cut some words into other pieces than WordPiece would, so that pieces learn what they mean.

A word of the vocabulary never shows its pieces, so that a word that is not in it, or a slip of the
finger, would be made of pieces that learnt nothing. Kudo (2018), "Subword
regularization", with the split drawn at random.
"""

import random
from functools import cache

from tokenizers import Tokenizer

from training.vocabulary import CONTINUATION

SHORTEST_CUT = 5
"""Letters: shorter words are in the vocabulary, and their halves say nothing."""


class Recutter:
    """Turns a text into token identifiers, with some of its longer words cut in two at random."""

    def __init__(self, tokenizer: Tokenizer, *, share: float = 0.15) -> None:
        self._tokenizer = tokenizer
        self._vocabulary = tokenizer.get_vocab()
        self._share = share
        self._greedy = cache(self._longest_first)

    def __call__(self, text: str, generator: random.Random, *, longest: int) -> list[int]:
        """Return the identifiers of a text, special tokens included, at most ``longest``."""
        normal = self._tokenizer.normalizer.normalize_str(text)
        identifiers = [self._vocabulary["[CLS]"]]
        for word, _ in self._tokenizer.pre_tokenizer.pre_tokenize_str(normal):
            identifiers.extend(self._pieces(word, generator))
        return [*identifiers[: longest - 1], self._vocabulary["[SEP]"]]

    def _pieces(self, word: str, generator: random.Random) -> tuple[int, ...]:
        if len(word) < SHORTEST_CUT or generator.random() >= self._share:
            return self._greedy(word, "")
        place = generator.randrange(2, len(word) - 1)
        return self._greedy(word[:place], "") + self._greedy(word[place:], CONTINUATION)

    def _longest_first(self, word: str, prefix: str) -> tuple[int, ...]:
        """Cut a word as WordPiece does: the longest piece of the vocabulary first."""
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                identifier = self._vocabulary.get(prefix + word[start:end])
                if identifier is not None:
                    break
            else:
                return (self._vocabulary["[UNK]"],)
            found.append(identifier)
            start, prefix = end, CONTINUATION
        return tuple(found)
