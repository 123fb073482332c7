"""Judge, stage 3: read who does what, and whether it must be done, in texts of any subject.

What it learns from now are crossed pairs, two premises alike and two sentences, each borne out by
one of them alone; some contrasts of the former stage, so that they are not forgotten; and sentences
in which an actor was exchanged for another, or two for each other. Some pairs are given other
actors, or a sentence beside their premises that has nothing to do with them: a pair that is read
again is not quite the same. Some premises are given the name of an article, as real ones are.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TypeAlias

import torch
import typer
from rich.console import Console
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from training import judge as contrasts_stage
from training.data.exchanges import exchange, swap
from training.data.judged import (
    UNSAID,
    Case,
    Contrast,
    Crossed,
    read_contrasts,
    read_crossed,
    sentences_of,
)
from training.data.renaming import rename
from training.data.unit_names import name_unit
from training.judge import export_judge, load_stage
from training.learning.loop import train
from training.models.judge import TrainableJudge, support_of
from training.models.teacher import sha256_of
from training.options import Data, Seed, Work

STAGE = "judge_tuning"

Group: TypeAlias = tuple[Contrast, ...]
"""Contrasts that share cases: each case is read once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe(contrasts_stage.Recipe):
    """The choices of the stage: those of the former, and what is drawn.

    Attributes:
        passes: over the crossed pairs.
        size: cases of a batch.
        contrasts: of the former stage, drawn for each pass.
        exchanged: sentences with an actor exchanged, drawn for each pass.
        swapped: sentences with two actors in the place of each other, drawn for each pass.
        renamed: share of the crossed pairs whose actors are given other names.
        distracted: share of them that a sentence of another pair is put beside.
        named: share of all that is drawn whose premises are given the name of a unit of law.
    """

    passes: int = 2
    size: int = 24
    contrasts: int = 4000
    exchanged: int = 6000
    swapped: int = 4000
    renamed: float = 0.35
    distracted: float = 0.25
    named: float = 0.45


class SupportLoss:
    """How far support is from what it should be, and how often the wrong case is preferred.

    What does not support a sentence may deny it or not speak of it: that is not told apart here.
    """

    def __init__(self, judge: TrainableJudge, recipe: Recipe) -> None:
        self.judge = judge
        self.recipe = recipe

    def __call__(self, batch: Sequence[Group]) -> torch.Tensor:
        """Return the loss of a batch."""
        contrasts = [one for group in batch for one in group]
        places: dict[Case, int] = {}
        for one in contrasts:
            places.setdefault(one.supported, len(places))
            places.setdefault(one.other, len(places))
        support = support_of(self.judge([(case.premise, case.sentence) for case in places]))
        right = [places[one.supported] for one in contrasts]
        wrong = [places[one.other] for one in contrasts]
        wanted = torch.full_like(support, self.recipe.smoothing)
        wanted[right] = 1 - self.recipe.smoothing
        order = softplus(support[wrong] - support[right]).mean()
        labels = binary_cross_entropy_with_logits(support, wanted)
        return labels + self.recipe.order_weight * order


def batches_of(
    crossed: Sequence[Crossed], contrasts: Sequence[Contrast], recipe: Recipe
) -> list[list[Group]]:
    """Return the batches of all passes, of like length, in an order that the seed decides."""
    generator = random.Random(recipe.seed)
    supported = [one.supported for one in contrasts]
    supported += [
        Case(*told) for one in crossed for told in zip(one.premises, one.sentences, strict=True)
    ]
    batches: list[list[Group]] = []
    for _ in range(recipe.passes):
        drawn = generator.sample(contrasts, min(recipe.contrasts, len(contrasts)))
        drawn += _changed(supported, recipe.exchanged, generator, exchange)
        drawn += _changed(supported, recipe.swapped, generator, _swap)
        drawn = [_with_unit(one, recipe, generator) for one in drawn]
        groups = [_varied(one, crossed, recipe, generator).contrasts for one in crossed]
        now = _cut(groups, recipe.size // 4, recipe.jitter, generator)
        now += _cut([(one,) for one in drawn], recipe.size // 2, recipe.jitter, generator)
        generator.shuffle(now)
        batches += now
    return batches


def _varied(
    one: Crossed, others: Sequence[Crossed], recipe: Recipe, generator: random.Random
) -> Crossed:
    """Give other names to the actors of some pairs, and to some a sentence to be told apart."""
    premises, sentences = one.premises, one.sentences
    if generator.random() < recipe.renamed:
        first, second, *told = rename((*premises, *sentences), generator) or (*premises, *sentences)
        premises, sentences = (first, second), (told[0], told[1])
    if generator.random() < recipe.distracted:
        beside = sentences_of(generator.choice(generator.choice(others).premises))[0]
        is_first = generator.random() < 0.5
        first, second = (f"{beside}\n{p}" if is_first else f"{p}\n{beside}" for p in premises)
        premises = (first, second)
    if generator.random() < recipe.named:
        (first, second), (one_told, other_told) = name_unit(premises, sentences, generator)
        premises, sentences = (first, second), (one_told, other_told)
    return Crossed(premises, sentences)


def _with_unit(contrast: Contrast, recipe: Recipe, generator: random.Random) -> Contrast:
    if generator.random() >= recipe.named:
        return contrast
    supported, other = contrast.supported, contrast.other
    premises, sentences = name_unit(
        (supported.premise, other.premise), (supported.sentence, other.sentence), generator
    )
    cases = [Case(*told) for told in zip(premises, sentences, strict=True)]
    return replace(contrast, supported=cases[0], other=cases[1])


Change: TypeAlias = Callable[[str, str, random.Random], str | None]
"""Writes a sentence that a premise does not bear out, from the premise and one that it does."""


def _swap(_: str, sentence: str, generator: random.Random) -> str | None:
    return swap(sentence, generator)


def _changed(
    cases: Sequence[Case], most: int, generator: random.Random, change: Change
) -> list[Contrast]:
    found: list[Contrast] = []
    for case in generator.sample(cases, len(cases)):
        if len(found) == most:
            break
        other = change(case.premise, case.sentence, generator)
        if other is not None:
            found.append(Contrast(supported=case, other=Case(case.premise, other), label=UNSAID))
    return found


def _cut(
    groups: Sequence[Group], size: int, jitter: float, generator: random.Random
) -> list[list[Group]]:
    keyed = [(len(group[0].supported.premise) + generator.random() * jitter, group)
             for group in groups]  # fmt: skip
    order = [group for _, group in sorted(keyed, key=lambda pair: pair[0])]
    return [order[start : start + size] for start in range(0, len(order), size)]


def main(
    data: Data,
    work: Work,
    corpus: Annotated[Path, typer.Option(help="Folder of the official texts.", exists=True)],
    out: Annotated[Path, typer.Option(help="Folder the judge is written to.")],
    start: Annotated[
        Path | None, typer.Option(help="Judge to go on from, instead of the former stage's.")
    ] = None,
    passes: Annotated[int, typer.Option(help="Over the crossed pairs.")] = Recipe().passes,
    seed: Seed = 1,
) -> None:
    """Tune the judge, and write it in half precision."""
    recipe = Recipe(passes=passes, seed=seed)
    judge = TrainableJudge.load(start) if start else load_stage(work, contrasts_stage.STAGE)
    contrasts = read_contrasts(data, corpus, SentenceEncoder(str(EMBEDDED_MODEL)))
    train(
        judge,
        batches_of(read_crossed(), contrasts, recipe),
        SupportLoss(judge, recipe),
        schedule=recipe.schedule,
        folder=work / STAGE,
        name=STAGE,
        recipe=recipe,
    )
    export_judge(judge, out)
    Console().print(f"{out}  sha256 {sha256_of(out / 'model.safetensors')}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
