"""Fit the decision to answer or to abstain, and say what it refuses and lets through.

    python -m benchmarks.abstention           measure
    python -m benchmarks.abstention --write   and write rag/answerers/confidence.json

Asks the labelled questions of ``benchmarks.labelled``. A question that the notices meet by saying
that a point is not settled counts as answerable. Every figure is of questions that the coefficients
were not fitted on (ten folds).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.labelled import LabelledSet, labelled_sets, temporary_settings
from benchmarks.quality import SHARED
from rag.answerers.abstention import is_unsettled
from rag.answerers.confidence import WITHOUT_TOKENS, Feature, features_of

MODEL = Path(__file__).parents[1] / "rag" / "answerers" / "confidence.json"
FOLDS = 10
THRESHOLDS = [step / 20 for step in range(2, 17)]
LEAST = 0.45
"""Probability below which there is no answer, both classes weighing the same.

A little below even odds: a passage beside the point is seen as such, an answer refused is lost.
"""

WHOLE = 0.75
"""Probability from which an answer is not said to be partial."""

ALL = tuple(Feature)
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled question and what its search found; not known features are ``nan``."""

    group: str
    id: str
    answerable: bool
    features: tuple[float, ...]


def ask(labelled: LabelledSet) -> Iterator[Asked]:
    """Search for each question, as the program does before it answers."""
    assistant = labelled.assistant
    for golden in labelled.questions:
        query = assistant.understand(golden.question, history=golden.history, as_of=golden.as_of)
        hits, resemblance = assistant.retriever.look_up(query)
        quotable = [hit for hit in hits if hit.is_quotable]
        if not quotable or any(hit.reference for hit in quotable):
            continue
        says_unsettled = any(is_unsettled(hit.passage.text) for hit in quotable[:1])
        found = features_of(replace(query, resemblance=resemblance), quotable)
        yield Asked(
            group=labelled.name,
            id=golden.id,
            answerable=golden.answerable or says_unsettled,
            features=tuple(found.get(name, np.nan) for name in Feature),
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """A logistic regression on standardised features; missing ones have their mean."""

    names: tuple[Feature, ...]
    mean: Matrix
    scale: Matrix
    coefficient: Matrix
    intercept: float

    @classmethod
    def of(cls, asked: Sequence[Asked], names: tuple[Feature, ...] = ALL) -> "Fit":
        """Fit it, answerable questions and others weighing the same in all."""
        values, labels = _matrix(asked, names), _labels(asked)
        mean, scale = np.nanmean(values, axis=0), np.nanstd(values, axis=0)
        weights = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
        model = LogisticRegression(max_iter=2000)
        model.fit(_standard(values, mean, scale), labels, sample_weight=weights)
        return cls(names, mean, scale, model.coef_[0], float(model.intercept_[0]))

    def to_json(self) -> dict[str, Any]:
        """Give the coefficients."""
        return {
            "intercept": round(self.intercept, 4),
            "features": {
                name.value: {
                    "mean": round(float(self.mean[index]), 4),
                    "scale": round(float(self.scale[index]), 4),
                    "coefficient": round(float(self.coefficient[index]), 4),
                }
                for index, name in enumerate(self.names)
            },
        }

    def probabilities(self, asked: Sequence[Asked]) -> Matrix:
        """Give the probability that each question is answered by what was found."""
        odds = _standard(_matrix(asked, self.names), self.mean, self.scale) @ self.coefficient
        odds += self.intercept
        return np.asarray(1 / (1 + np.exp(-odds)))


def held_out(asked: Sequence[Asked], names: tuple[Feature, ...] = ALL, *, seed: int = 0) -> Matrix:
    """Give each question's probability by a fit on others; twins fall in the same fold."""
    ids = sorted({one.id for one in asked})
    drawn = dict(zip(ids, np.random.default_rng(seed).integers(FOLDS, size=len(ids)), strict=True))
    folds = np.array([drawn[one.id] for one in asked])
    found = np.zeros(len(asked))
    for fold in range(FOLDS):
        others = [one for one, place in zip(asked, folds, strict=True) if place != fold]
        fit = Fit.of(others, names)
        inside = np.flatnonzero(folds == fold)
        if len(inside):
            found[inside] = fit.probabilities([asked[int(index)] for index in inside])
    return found


def table(asked: Sequence[Asked], probabilities: Matrix) -> Iterator[str]:
    """Yield a Markdown table: what each threshold refuses and lets through, by set."""
    groups = list(dict.fromkeys(one.group for one in asked))
    yield "| seuil | " + " | ".join(f"{name} : refus, passages" for name in groups) + " |"
    yield "|---|" + "---|" * len(groups)
    labels = _labels(asked)
    for threshold in THRESHOLDS:
        mark = "**" if threshold == LEAST else ""
        cells = []
        for name in groups:
            inside = np.array([one.group == name for one in asked])
            refused = _share(probabilities[inside & labels] < threshold)
            passed = _share(probabilities[inside & ~labels] >= threshold)
            cells.append(f"{mark}{refused}, {passed}{mark}")
        yield f"| {mark}{threshold:.2f}{mark} | {' | '.join(cells)} |"


def calibration(asked: Sequence[Asked], probabilities: Matrix) -> list[dict[str, float]]:
    """Give the share of answerable questions by tenth of probability, both classes weighed."""
    labels = _labels(asked)
    weights = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    bins = np.minimum((probabilities * 10).astype(int), 9)
    return [
        {
            "probability": round(float(np.average(probabilities[inside], weights=w)), 3),
            "answerable": round(float(np.average(labels[inside], weights=w)), 3),
            "questions": int(inside.sum()),
        }
        for number in range(10)
        if (inside := bins == number).any()
        for w in (weights[inside],)
    ]


def run(corpus: Path, benchmarks: Path) -> list[Asked]:
    """Ask every set."""
    with temporary_settings() as (settings, progress):
        sets = labelled_sets(settings, corpus, benchmarks, progress)
        return [one for labelled in sets for one in ask(labelled)]


def write(fits: Mapping[str, Fit], curve: list[dict[str, float]]) -> None:
    """Write what the program reads."""
    values: dict[str, Any] = {
        "about": "Coefficients fitted by python -m benchmarks.abstention --write",
        "least": LEAST,
        "whole": WHOLE,
        **{name: fit.to_json() for name, fit in fits.items()},
        "calibration": curve,
    }
    MODEL.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main(
    corpus: Annotated[Path, typer.Option(help="Documents réels.")] = SHARED / "corpus",
    benchmarks: Annotated[Path, typer.Option(help="Questions étiquetées.")] = SHARED / "benchmarks",
    to_write: Annotated[bool, typer.Option("--write", help="Écrire les coefficients.")] = False,
) -> None:
    """Ajuster et mesurer la décision de répondre ou de s’abstenir."""
    asked = run(corpus, benchmarks)
    labels = _labels(asked)
    probabilities = held_out(asked)
    fit, plain = Fit.of(asked), Fit.of(asked, WITHOUT_TOKENS)
    curve = calibration(asked, probabilities)
    typer.echo(f"\n{labels.sum()} questions avec réponse, {(~labels).sum()} sans.\n")
    typer.echo("| indice | aire seul | coefficient |\n|---|---|---|")
    for index, name in enumerate(Feature):
        column = np.array([one.features[index] for one in asked])
        known = ~np.isnan(column)
        area = roc_auc_score(labels[known], column[known]) if known.any() else 0.5
        typer.echo(f"| {name} | {area:.3f} | {fit.coefficient[index]:+.2f} |")
    typer.echo(f"| ensemble | {roc_auc_score(labels, probabilities):.3f} | |")
    apart = held_out(asked, WITHOUT_TOKENS)
    typer.echo(f"| sans les vecteurs de mots | {roc_auc_score(labels, apart):.3f} | |\n")
    typer.echo("\n".join(table(asked, probabilities)))
    typer.echo("\n| probabilité | avec réponse | questions |\n|---|---|---|")
    for one in curve:
        typer.echo(f"| {one['probability']} | {one['answerable']} | {one['questions']} |")
    if to_write:
        write({"with_tokens": fit, "without_tokens": plain}, curve)


def _standard(values: Matrix, mean: Matrix, scale: Matrix) -> Matrix:
    return np.asarray(np.nan_to_num((values - mean) / np.where(scale > 0, scale, 1)))


def _matrix(asked: Sequence[Asked], names: Sequence[Feature]) -> Matrix:
    columns = [ALL.index(name) for name in names]
    return np.array([one.features for one in asked], dtype=np.float64)[:, columns]


def _labels(asked: Sequence[Asked]) -> NDArray[np.bool_]:
    return np.array([one.answerable for one in asked], dtype=bool)


def _share(values: NDArray[np.bool_]) -> str:
    return f"{values.mean():.3f}" if len(values) else "–"


if __name__ == "__main__":
    typer.run(main)
