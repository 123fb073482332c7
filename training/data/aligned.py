"""The aligned sentences that distillation learns from: cleaned, balanced, some long."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from training.data.cleaning import SHORTEST_LAW_SENTENCE, clean_pairs, is_translation
from training.data.corpora import LawText, Pair, ParallelCorpora

PASSAGE_CHARACTERS = (400, 1200)
"""Shortest and longest passage put together from consecutive sentences of one act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How many pairs of each kind are drawn; fewer where there are not as many.

    Those of the thesaurus are all taken, and repeated: many of its words are nowhere else.

    Everyday language keeps the ordinary words that questions are made of; law brings the words
    and the long sentences of the texts; passages show texts as long as those of an index.
    """

    everyday: int = 160_000
    law_sentences: int = 90_000
    headings: int = 50_000
    passages: int = 9_000
    glossary: int = 15_000
    terms_repeated: int = 10


def distillation_pairs(
    corpora: ParallelCorpora, terms: Sequence[Pair], *, shares: Shares, seed: int
) -> list[Pair]:
    """Return the pairs to learn from; the same corpora and seed give the same ones.

    Args:
        corpora: the parallel corpora of the data folder.
        terms: French terms and their English equivalents, from a thesaurus.
        shares: how many pairs of each kind.
        seed: which ones are drawn.
    """
    generator = random.Random(seed)
    sentences = (text.pair for text in corpora.law if text.kind == "text")
    headings = (text.pair for text in corpora.law if text.kind == "note")
    return [
        *_draw(clean_pairs(corpora.everyday), shares.everyday, generator),
        *_draw(
            clean_pairs(sentences, shortest=SHORTEST_LAW_SENTENCE),
            shares.law_sentences,
            generator,
        ),
        *_draw(clean_pairs(headings), shares.headings, generator),
        *_draw(passages(corpora.law, generator), shares.passages, generator),
        *_draw(clean_pairs(corpora.glossary), shares.glossary, generator),
        *(pair for pair in corpora.gdpr if is_translation(pair)),
        *(pair for _ in range(shares.terms_repeated) for pair in terms),
    ]


def passages(law: Sequence[LawText], generator: random.Random) -> Iterable[Pair]:
    """Yield passages: consecutive sentences of one act, joined in both languages.

    Marginal notes are left out, and what is no translation; a passage has the shortest length at
    least, and the longest one unless its last sentence alone is longer.
    """
    sentences = (text for text in law if text.kind == "text" and is_translation(text.pair))
    for _, of_act in groupby(sentences, key=lambda text: text.act):
        together: list[Pair] = []
        limit = generator.randint(*PASSAGE_CHARACTERS)
        for text in of_act:
            if together and _length(together) + len(text.pair.french) > limit:
                yield from _joined(together)
                together, limit = [], generator.randint(*PASSAGE_CHARACTERS)
            together.append(text.pair)
        yield from _joined(together)


def _length(pairs: Sequence[Pair]) -> int:
    return sum(len(pair.french) for pair in pairs)


def _joined(pairs: Sequence[Pair]) -> Iterable[Pair]:
    if _length(pairs) >= PASSAGE_CHARACTERS[0]:
        french = " ".join(pair.french for pair in pairs)
        yield Pair(french, " ".join(pair.english for pair in pairs))


def _draw(pairs: Iterable[Pair], count: int, generator: random.Random) -> list[Pair]:
    found = list(pairs)
    return generator.sample(found, count) if count < len(found) else found
