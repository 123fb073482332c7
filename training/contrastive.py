"""Stage 4: a question comes near the passage that answers it, and away from others.

One forward pass is trained for two readings: the mean vector, and projected token vectors compared
by late interaction, which is the better judge. Every few steps a batch of distillation keeps what
the former stage taught.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
import typer
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from rag.french import analyze
from training import distillation, transplant
from training.data.corpora import read_parallel, read_questions, read_sections
from training.data.examples import (
    Example,
    answered_examples,
    bilingual_examples,
    section_examples,
    term_examples,
    translation_examples,
)
from training.data.terms import synonyms
from training.learning.loop import Schedule, digest_of, load_trained, train
from training.learning.mining import (
    Readings,
    batches_of_neighbours,
    neighbours,
    not_negatives,
    read_examples,
)
from training.models.encoder import TrainableEncoder, tokenize
from training.models.late_interaction import late_scores
from training.options import OUR_TERMS, Data, Device, Seed, Thesaurus, Work

STAGE = "contrastive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices of the stage; the defaults are what was found best so far.

    Attributes:
        sections, bilingual, translations: examples drawn of each kind; labelled questions are all
            used, ``answered`` times.
        batch: examples of a step.
        cluster: neighbours put together in a batch; 1 makes batches at random.
        longest_question, longest_passage: in tokens.
        memory: passages of former steps kept as further negatives.
        temperature, late_temperature: of the two readings.
        late_weight: of the loss of late interaction beside the one of the vector.
        replay: one step of distillation after this many of these.
    """

    sections: int = 10_000
    answered: int = 1
    bilingual: int = 3_000
    translations: int = 12_000
    batch: int = 64
    cluster: int = 1
    longest_question: int = 64
    longest_passage: int = 192
    memory: int = 1024
    temperature: float = 0.05
    late_temperature: float = 0.03
    late_weight: float = 0.5
    replay: int = 2
    groups: int = 4
    schedule: Schedule = field(
        default_factory=lambda: Schedule(embeddings_rate=5e-5, body_rate=4e-5)
    )
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step: which loss, and the indices of its lessons."""

    kind: Literal["contrastive", "distillation"]
    rows: Sequence[int]


class ContrastiveLoss:
    """How well each question tells its passage from the others of the batch and of memory."""

    def __init__(
        self,
        encoder: TrainableEncoder,
        examples: Sequence[Example],
        readings: Readings,
        tokenizer: Tokenizer,
        recipe: Recipe,
    ) -> None:
        self.encoder = encoder
        self.examples = examples
        self.readings = readings
        self.recipe = recipe
        self._questions = tokenize(
            tokenizer, [e.question for e in examples], longest=recipe.longest_question
        )
        self._passages = tokenize(
            tokenizer, [e.passage for e in examples], longest=recipe.longest_passage
        )
        self._remembered: list[int] = []
        self._memory = torch.zeros(0, encoder.body.config.hidden_size)

    def __call__(self, rows: Sequence[int]) -> torch.Tensor:
        """Return the loss of a batch of examples."""
        recipe = self.recipe
        questions = self.encoder.in_groups([self._questions[row] for row in rows], groups=2)
        passages = self.encoder.in_groups(
            [self._passages[row] for row in rows], groups=recipe.groups
        )
        device = questions.texts.device
        own = torch.arange(len(rows), device=device)
        barred = self._barred(rows, rows).to(device)
        barred[own, own] = False
        further = self._barred(rows, self._remembered).to(device)
        with torch.autocast(device.type, enabled=False):
            near = (questions.texts @ passages.texts.T / recipe.temperature).masked_fill(
                barred, -torch.inf
            )
            far = (questions.texts @ self._memory.to(device).T / recipe.temperature).masked_fill(
                further, -torch.inf
            )
            late = (late_scores(questions, passages) / recipe.late_temperature).masked_fill(
                barred, -torch.inf
            )
            loss = (
                cross_entropy(torch.cat([near, far], dim=1), own)
                + 0.5 * cross_entropy(near.T, own)
                + recipe.late_weight * cross_entropy(late, own)
            )
        self._remember(rows, passages.texts.detach().cpu())
        return loss

    def state_dict(self) -> dict[str, Any]:
        """Return the passages remembered, for a checkpoint."""
        return {"rows": self._remembered, "vectors": self._memory}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Remember the passages of a checkpoint."""
        self._remembered, self._memory = state["rows"], state["vectors"]

    def _barred(self, rows: Sequence[int], columns: Sequence[int]) -> torch.Tensor:
        if not columns:
            return torch.zeros(len(rows), 0, dtype=torch.bool)
        return torch.from_numpy(not_negatives(self.examples, self.readings, rows, columns))

    def _remember(self, rows: Sequence[int], vectors: torch.Tensor) -> None:
        self._remembered = [*self._remembered, *rows][-self.recipe.memory :]
        self._memory = torch.cat([self._memory, vectors.float()])[-self.recipe.memory :]


def steps_of(
    batches: Sequence[Sequence[int]], replayed: Sequence[Sequence[int]], every: int
) -> list[Step]:
    """Return the steps in order: one batch of distillation after every few contrastive ones."""
    steps: list[Step] = []
    for number, rows in enumerate(batches, start=1):
        steps.append(Step("contrastive", rows))
        if every and number % every == 0 and replayed:
            steps.append(Step("distillation", replayed[(number // every - 1) % len(replayed)]))
    return steps


def examples_of(data: Path, thesaurus: Path, recipe: Recipe) -> list[Example]:
    """Return every example of the stage."""
    answered, parallel = read_questions(data), read_parallel(data)
    return [
        *section_examples(read_sections(data), count=recipe.sections, seed=recipe.seed),
        *(
            example
            for turn in range(recipe.answered)
            for example in answered_examples(answered, seed=recipe.seed + turn)
        ),
        *bilingual_examples(parallel.law, count=recipe.bilingual, seed=recipe.seed),
        *translation_examples(parallel, count=recipe.translations, seed=recipe.seed),
        *term_examples(synonyms(thesaurus), seed=recipe.seed),
    ]


def contrast(*, data: Path, thesaurus: Path, work: Path, recipe: Recipe, device: str) -> None:
    """Train what distillation left in ``work``; the result is ``work/contrastive``."""
    torch.manual_seed(recipe.seed)
    student = work / transplant.STAGE
    tokenizer = Tokenizer.from_file(str(student / "tokenizer.json"))
    encoder = TrainableEncoder.load(student).to(device)
    load_trained(work / distillation.STAGE, encoder)
    examples = examples_of(data, thesaurus, recipe)
    readings, near = _mined(
        examples, encoder, tokenizer, work / "mining", clustered=recipe.cluster > 1
    )
    batches = batches_of_neighbours(
        near,
        [example.key for example in examples],
        size=recipe.batch,
        seed=recipe.seed,
        cluster=recipe.cluster,
    )
    random.Random(recipe.seed).shuffle(batches)
    loss = ContrastiveLoss(encoder, examples, readings, tokenizer, recipe)
    replayed = distillation.prepare(
        encoder,
        data=data,
        thesaurus=thesaurus,
        work=work,
        recipe=distillation.Recipe(passes=1, seed=recipe.seed),
    )

    def loss_of(step: Step) -> torch.Tensor:
        return loss(step.rows) if step.kind == "contrastive" else replayed.loss(step.rows)

    train(
        encoder,
        steps_of(batches, replayed.batches, recipe.replay),
        loss_of,
        schedule=recipe.schedule,
        recipe=recipe,
        memory=loss,
        folder=work / STAGE,
        name=STAGE,
    )


def _mined(
    examples: Sequence[Example],
    encoder: TrainableEncoder,
    tokenizer: Tokenizer,
    folder: Path,
    *,
    clustered: bool,
) -> tuple[Readings, list[list[int]]]:
    """Read the examples and find their neighbours, if wanted, once: both are kept on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [(example.question, example.passage) for example in examples]
    path = folder / f"{digest_of(encoder, texts, clustered)[:16]}.npz"
    if not path.exists():
        readings = read_examples(examples, encoder, tokenizer)
        near = neighbours(examples, readings, analyze) if clustered else [[] for _ in examples]
        widest = max(map(len, near))
        table = np.array([[*found, *[-1] * (widest - len(found))] for found in near])
        partial = folder / "partial.npz"
        np.savez(partial, questions=readings.questions, passages=readings.passages, near=table)
        partial.replace(path)
    with np.load(path) as mined:
        near = [[int(index) for index in row if index >= 0] for row in mined["near"]]
        return Readings(mined["questions"], mined["passages"]), near


def main(
    data: Data,
    work: Work,
    thesaurus: Thesaurus = OUR_TERMS,
    device: Device = "cpu",
    seed: Seed = 1,
) -> None:
    """Train for retrieval what distillation made; run it again to resume."""
    contrast(data=data, thesaurus=thesaurus, work=work, recipe=Recipe(seed=seed), device=device)


if __name__ == "__main__":
    typer.run(main)
