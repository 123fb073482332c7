"""How likely it is that sources say what a sentence says: a logistic regression on few features.

The facts of a sentence, its actors and its force are checked one by one elsewhere; this is for the
rest of its words. The coefficients stand in ``meaning.json``, where ``python -m
benchmarks.verification --write`` writes them after fitting them on labelled pairs.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import numpy as np

from rag.embeddings import Reading
from rag.entailment import Entailment
from rag.french import analyze
from rag.late_interaction import token_similarities
from rag.types import Check
from rag.verification.evidence import Evidence, nearest_sentences
from rag.verification.oppositions import NEARLY_ALL, find_oppositions

WEAKEST_SHARE = 0.2

SUREST = 0.002
"""Probability of entailment below which, and above one less which, all are as sure."""


class Feature(StrEnum):
    """What tells how near a sentence is to its sources."""

    TOKENS = "tokens"
    """Mean similarity, by weight, of each of its tokens to the nearest token of the sources."""
    WEAKEST = "weakest"
    """The same over the fifth of them that is the farthest."""
    QUOTE = "quote"
    """Nearness, token by token, of the sentence of the sources that is the nearest."""
    WORDS = "words"
    """Share of its stems that the sources hold."""
    COSINE = "cosine"
    """Best cosine similarity to one of their passages."""
    ENTAILED = "entailed"
    """Log-odds, by a small cross-encoder, that their nearest sentences imply it."""
    DENIED = "denied"
    AFFIRMED = "affirmed"
    FREED = "freed"
    ALLOWED = "allowed"
    BOUND = "bound"
    UNFORCED = "unforced"
    ACTORS = "actors"
    ANTONYMS = "antonyms"
    UNIVERSAL = "universal"
    """What goes against them: see ``rag.verification.oppositions``."""


BLAMED = {
    Feature.DENIED: Check.NEGATION,
    Feature.AFFIRMED: Check.NEGATION,
    Feature.FREED: Check.MODALITY,
    Feature.ALLOWED: Check.MODALITY,
    Feature.BOUND: Check.MODALITY,
    Feature.UNFORCED: Check.MODALITY,
    Feature.ACTORS: Check.ACTOR,
    Feature.ANTONYMS: Check.EXCEPTION,
    Feature.UNIVERSAL: Check.EXCEPTION,
}
"""What a sentence that is not near enough is said to fail, where it goes against its sources."""

LEAST_BLAMED = 0.6
"""Share of a sentence that goes against its sources from which that is told."""

WITHOUT_TOKENS = (Feature.WORDS, Feature.COSINE)
"""What is known where the encoder has no token vectors; another model is fitted on these alone."""

LEAST_FOUND = 0.7
"""Probability from which a source that a sentence does not cite is said to say it.

Among ten passages, one is always a little near: chosen as the best of them, it must be much nearer
than one that the model itself names. Chosen by reading 66 sentences that a small model wrote and
that passed before (Qwen2.5-Coder 1.5B, nineteen questions): of some 18 that are false or say
nothing, all but four found a source at 0.71 at most; of the true ones, seven in eight at more.
"""

LEAST_FOUND_QUOTE = 0.65
"""Nearness from which one sentence of such a source says it: a heading that asks the question has
all its words (« Un radiologue seul doit-il faire une AIPD ? »), over a text that denies it."""

Features = Mapping[Feature, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A logistic regression.

    Attributes:
        intercept: log-odds where every feature is 0.
        coefficient: by feature.
        least: probability from which a sentence is near enough.
    """

    intercept: float
    coefficient: Features
    least: float

    def probability(self, features: Features) -> float:
        """Give the probability that the sources say the same."""
        odds = self.intercept + sum(
            weight * features[name] for name, weight in self.coefficient.items()
        )
        return 1 / (1 + math.exp(-odds))


def features_of(
    text: str,
    read: Reading,
    sources: Sequence[Evidence],
    cosines: Sequence[float],
    judge: Entailment,
) -> Features:
    """Compare a sentence with the sources taken together.

    Args:
        text: the sentence.
        read: as the encoder reads it, alone.
        sources: one or more.
        cosines: their similarities to it, 0 where they were not compared.
        judge: tells whether their nearest sentences imply it; not asked where there are no tokens.
    """
    stems, known = set(analyze(text)), set(analyze("\n".join(one.text for one in sources)))
    found = {
        Feature.WORDS: len(stems & known) / len(stems) if stems else 0.0,
        Feature.COSINE: max(cosines, default=0.0),
    }
    tokens = [tokens for source in sources for tokens in source.telling if len(tokens)]
    if not (read.tokens and tokens):
        return found
    asked = read.tokens[0]
    inside = asked.starts >= 0
    best = token_similarities(asked, tokens).max(axis=0)[inside]
    weights = asked.weights[inside].astype(np.float64)
    order = np.argsort(best)
    heavy = np.cumsum(weights[order]) <= WEAKEST_SHARE * weights.sum()
    weakest = order[: max(1, int(heavy.sum()))]
    found[Feature.TOKENS] = float(np.average(best, weights=weights))
    found[Feature.WEAKEST] = float(np.average(best[weakest], weights=weights[weakest]))
    found[Feature.QUOTE] = float(max(source.nearness(asked).max(initial=0.0) for source in sources))
    implied = judge.probabilities([nearest_sentences(asked, sources)], text)
    found[Feature.ENTAILED] = _log_odds(float(implied[0]))
    against = find_oppositions(text, asked, sources)
    return found | {Feature(name): value for name, value in asdict(against).items()}


def _log_odds(probability: float) -> float:
    kept = min(max(probability, SUREST), 1 - SUREST)
    return math.log(kept / (1 - kept))


def may_be_found(features: Features, model: Model) -> bool:
    """Tell whether a source that a sentence does not cite is near enough to be said to say it."""
    if features.get(Feature.QUOTE, 1.0) < LEAST_FOUND_QUOTE:
        return False
    return model.probability(features) >= LEAST_FOUND


def blamed(features: Features) -> tuple[Check, ...]:
    """Tell what goes against the sources in a sentence; nothing where it is only far from them."""
    found = (check for name, check in BLAMED.items() if features.get(name, 0.0) >= LEAST_BLAMED)
    return tuple(dict.fromkeys(found))


def failed(features: Features, model: Model) -> tuple[Check, ...]:
    """List what a sentence fails besides its facts: nothing where it is near enough.

    One that says of other actors all that a sentence of its sources says fails however near it is.
    """
    if features.get(Feature.ACTORS, 0.0) >= 1 and features.get(Feature.QUOTE, 0.0) >= NEARLY_ALL:
        return (Check.ACTOR,)
    if model.probability(features) >= model.least:
        return ()
    return blamed(features) or (Check.MEANING,)


@cache
def shipped_model(*, with_tokens: bool) -> Model:
    """Read the model of ``meaning.json``, for an encoder with or without token vectors."""
    written = json.loads(files("rag.verification").joinpath("meaning.json").read_text("utf-8"))
    values = written["with_tokens" if with_tokens else "without_tokens"]
    return Model(
        intercept=values["intercept"],
        coefficient={Feature(name): weight for name, weight in values["coefficient"].items()},
        least=values["least"],
    )
