"""How likely it is that what was found answers the question: a logistic regression.

Its features are few and have a meaning each; its coefficients stand in ``confidence.json``, where
``python -m benchmarks.abstention`` writes them after fitting them on the labelled questions, with
the calibration that it found.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rag.types import Hit, Query

BEST_HITS = 3


class Feature(StrEnum):
    """What is known of a question once it was searched."""

    CONTRAST = "contrast"
    """How far the best similarity of the first hits stands above that of off-topic questions."""
    COVERAGE = "coverage"
    """Best share of the question's terms, by rarity, that one of the first hits holds."""
    TOKENS = "tokens"
    """Best nearness, token by token, of the first hits as wholes."""
    WORDS = "words"
    """Best BM25 score of the first hits; it lowers the odds, for a long question meets some of its
    words by chance, which the shares do not tell."""
    DESCRIBED = "described"
    """As ``contrast``, for the nearest phrase that describes one of the first hits."""
    DESCRIBED_TOKENS = "described_tokens"
    """The same token by token."""
    OUTSIDE = "outside"
    """As ``contrast``, for the nearest example of questions to decline."""
    OUTSIDE_TOKENS = "outside_tokens"
    """The same token by token."""


WITHOUT_TOKENS = (
    Feature.CONTRAST,
    Feature.COVERAGE,
    Feature.WORDS,
    Feature.DESCRIBED,
    Feature.OUTSIDE,
)
"""What is known where the encoder has no token vectors; another model is fitted on these alone."""

Features = Mapping[Feature, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A logistic regression on standardised features.

    Attributes:
        intercept: log-odds where every feature has its mean.
        mean, scale, coefficient: by feature.
        least: probability below which there is no answer.
        whole: probability below which an answer is said to be partial.
    """

    intercept: float
    mean: Features
    scale: Features
    coefficient: Features
    least: float
    whole: float

    def probability(self, features: Features) -> float:
        """Give the probability that the hits answer; a feature that is not known has its mean.

        One that the model does not weigh counts for nothing.
        """
        odds = self.intercept + sum(
            self.coefficient[name] * (value - self.mean[name]) / self.scale[name]
            for name, value in features.items()
            if name in self.coefficient
        )
        return 1 / (1 + math.exp(-odds))


def model_for(features: Features) -> Model:
    """Choose the model that was fitted on what is known."""
    return shipped_model(with_tokens=Feature.TOKENS in features)


@cache
def shipped_model(*, with_tokens: bool = True) -> Model:
    """Read the coefficients that the program ships: with the tokens of passages, or without."""
    text = files("rag.answerers").joinpath("confidence.json").read_text(encoding="utf-8")
    shipped = json.loads(text)
    values = shipped["with_tokens" if with_tokens else "without_tokens"]
    by_feature = {
        name: {Feature(key): one[name] for key, one in values["features"].items()}
        for name in ("mean", "scale", "coefficient")
    }
    return Model(
        intercept=values["intercept"],
        least=shipped["least"],
        whole=shipped["whole"],
        **by_feature,
    )


def features_of(query: Query, hits: Sequence[Hit]) -> dict[Feature, float]:
    """Tell what is known of a question; what cannot be known is left out."""
    best = hits[:BEST_HITS]
    found = {
        Feature.CONTRAST: max(hit.contrast for hit in best),
        Feature.COVERAGE: max(hit.coverage for hit in best),
    }
    if described := [hit.described for hit in best if hit.described is not None]:
        found[Feature.DESCRIBED] = max(described)
    for feature in (Feature.TOKENS, Feature.WORDS, Feature.DESCRIBED_TOKENS):
        if raw := _raw(best, feature.value):
            found[feature] = max(raw)
    if query.resemblance:
        found[Feature.OUTSIDE] = query.resemblance.contrast
        if query.resemblance.tokens:
            found[Feature.OUTSIDE_TOKENS] = query.resemblance.tokens
    return found


def _raw(hits: Iterable[Hit], signal: str) -> list[float]:
    return [part.raw for hit in hits for part in hit.parts if part.signal == signal]
