"""Judge, stage 2: tell what a passage bears out from what is like it and is not borne out.

Every sentence stands once where it is supported and once where it is not, so that nothing in its
own words betrays its label; the loss wants both labels right, and the supported one above its twin.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from torch.nn.functional import cross_entropy, softplus

from rag.config import EMBEDDED_MODEL
from rag.embeddings import SentenceEncoder
from training import judge_base
from training.data.judged import SUPPORTED, Contrast, read_contrasts
from training.learning.loop import Schedule, load_weights, train
from training.models.judge import TrainableJudge, support_of, write_judge
from training.models.teacher import sha256_of
from training.options import Data, Seed, Work

STAGE = "judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices of the stage.

    Attributes:
        passes: over the contrasts.
        size: contrasts of a batch, each two cases.
        smoothing: of the labels.
        order_weight: of wanting the supported case above the other.
        jitter: characters by which lengths may differ within a batch.
    """

    passes: int = 5
    size: int = 16
    smoothing: float = 0.03
    order_weight: float = 0.7
    jitter: float = 120.0
    schedule: Schedule = field(
        default_factory=lambda: Schedule(embeddings_rate=0.0, body_rate=7e-5)
    )
    seed: int = 1


class JudgeLoss:
    """How far the labels are from the right ones, and how often the wrong twin is preferred."""

    def __init__(self, judge: TrainableJudge, recipe: Recipe) -> None:
        self.judge = judge
        self.recipe = recipe

    def __call__(self, batch: Sequence[Contrast]) -> torch.Tensor:
        """Return the loss of a batch."""
        cases = [case for one in batch for case in (one.supported, one.other)]
        labels = [label for one in batch for label in (SUPPORTED, one.label)]
        scores = self.judge([(case.premise, case.sentence) for case in cases])
        wanted = torch.tensor(labels, device=scores.device)
        right = cross_entropy(scores, wanted, label_smoothing=self.recipe.smoothing)
        support = support_of(scores)
        order = softplus(support[1::2] - support[::2]).mean()
        return right + self.recipe.order_weight * order


def batches_of(contrasts: Sequence[Contrast], recipe: Recipe) -> list[list[Contrast]]:
    """Return the batches of all passes, of like length, in an order that the seed decides."""
    generator = random.Random(recipe.seed)
    batches: list[list[Contrast]] = []
    for _ in range(recipe.passes):
        keyed = [(_length(one) + generator.random() * recipe.jitter, one) for one in contrasts]
        order = [one for _, one in sorted(keyed, key=lambda pair: pair[0])]
        now = [order[start : start + recipe.size] for start in range(0, len(order), recipe.size)]
        generator.shuffle(now)
        batches += now
    return batches


def _length(contrast: Contrast) -> int:
    cases = (contrast.supported, contrast.other)
    return max(len(case.premise) + len(case.sentence) for case in cases)


def main(
    data: Data,
    work: Work,
    corpus: Annotated[Path, typer.Option(help="Folder of the official texts.", exists=True)],
    out: Annotated[Path, typer.Option(help="Folder the judge is written to.")],
    passes: Annotated[int, typer.Option(help="Over the contrasts.")] = Recipe().passes,
    seed: Seed = 1,
) -> None:
    """Train the judge, and write it in half precision."""
    recipe = Recipe(passes=passes, seed=seed)
    judge = TrainableJudge.load(work / judge_base.STAGE)
    contrasts = read_contrasts(data, corpus, SentenceEncoder(str(EMBEDDED_MODEL)))
    train(
        judge,
        batches_of(contrasts, recipe),
        JudgeLoss(judge, recipe),
        schedule=recipe.schedule,
        folder=work / STAGE,
        name=STAGE,
        recipe=recipe,
    )
    export_judge(judge, out)
    Console().print(f"{out}  sha256 {sha256_of(out / 'model.safetensors')}", soft_wrap=True)


def load_stage(work: Path, stage: str) -> TrainableJudge:
    """Load the judge as a stage left it in ``work``."""
    judge = TrainableJudge.load(work / judge_base.STAGE)
    judge.load_state_dict(load_weights(work / stage))
    return judge


def export_judge(judge: TrainableJudge, out: Path) -> None:
    """Write a judge as the program reads it."""
    config = judge.model.config
    settings = {
        name: getattr(config, name)
        for name in (
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "max_position_embeddings",
            "type_vocab_size",
            "layer_norm_eps",
            "pad_token_id",
        )
    }
    write_judge(
        out, tensors=dict(judge.model.state_dict()), tokenizer=judge.tokenizer, settings=settings
    )


if __name__ == "__main__":
    typer.run(main)
