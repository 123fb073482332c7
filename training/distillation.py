"""Stage 3: the student's vector of a French sentence becomes the teacher's of its translation.

Reimers and Gurevych 2020, with two changes: the student also learns which other sentences the
teacher finds near (a soft target over thousands of vectors, which cost nothing since the teacher's
are on disk), and part of its inputs are English or misspelt.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import kl_div, log_softmax, softmax

from training import transplant
from training.data.aligned import Shares, distillation_pairs
from training.data.corpora import Pair, read_parallel
from training.data.subwords import Recutter
from training.data.terms import translations
from training.data.typing_habits import as_typed
from training.learning.batches import batches_by_length
from training.learning.loop import Schedule, train
from training.learning.teacher_vectors import teacher_vectors, word_vectors
from training.models.encoder import TrainableEncoder, tokenize
from training.models.teacher import find_teacher
from training.options import OUR_TERMS, Data, Device, Seed, Thesaurus, Work

STAGE = "distillation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices of the stage; the defaults are what was found best so far.

    Attributes:
        shares: how many pairs of each kind are drawn.
        passes: over the pairs, each with other slips of the finger and other cuts.
        english_share: English sentences given to the student beside the French ones.
        misspelt_share: French inputs written as people type.
        recut_share: inputs with words cut into other pieces.
        tokens: of a batch, padding included.
        others: teacher's vectors that each sentence is compared with.
        temperature: of the comparison; the lower, the more the nearest count.
        regression_weight: of pulling the vector itself, beside the comparison.
        words_weight: of the mean of the teacher's embeddings beside its vector, in what the student
            comes to. The vector forgets which words were read; sentences that differ by one are
            told apart by them.
    """

    shares: Shares = field(default_factory=Shares)
    passes: int = 2
    english_share: float = 0.15
    misspelt_share: float = 0.1
    recut_share: float = 0.25
    longest: int = 256
    tokens: int = 4096
    others: int = 8192
    temperature: float = 0.05
    regression_weight: float = 10.0
    words_weight: float = 0.25
    schedule: Schedule = field(
        default_factory=lambda: Schedule(embeddings_rate=1e-3, body_rate=2e-4)
    )
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the student reads, and the row of the teacher's vector it should come to."""

    identifiers: Sequence[Sequence[int]]
    rows: NDArray[np.int64]


def inputs_of(pairs: Sequence[Pair], tokenizer: Tokenizer, *, recipe: Recipe, seed: int) -> Inputs:
    """Return the inputs of one pass: every French side, and a share of the English ones."""
    generator = random.Random(seed)
    recut = Recutter(tokenizer)
    texts: list[str] = []
    rows: list[int] = []
    for row, pair in enumerate(pairs):
        misspelt = generator.random() < recipe.misspelt_share
        texts.append(as_typed(pair.french, generator) if misspelt else pair.french)
        rows.append(row)
        if generator.random() < recipe.english_share:
            texts.append(pair.english)
            rows.append(row)
    identifiers = tokenize(tokenizer, texts, longest=recipe.longest)
    for index, text in enumerate(texts):
        if generator.random() < recipe.recut_share:
            identifiers[index] = recut(text, generator, longest=recipe.longest)
    return Inputs(identifiers, np.array(rows))


class DistillationLoss:
    """How far the student's vectors are from the teacher's, and from its view of the others."""

    def __init__(
        self,
        encoder: TrainableEncoder,
        given: Inputs,
        vectors: NDArray[np.float16],
        recipe: Recipe,
    ) -> None:
        self.encoder = encoder
        self.given = given
        self.vectors = vectors
        self.recipe = recipe
        self._device = encoder.device

    def __call__(self, batch: Sequence[int]) -> torch.Tensor:
        """Return the loss of a batch, given by its indices into the inputs."""
        found = self.encoder([self.given.identifiers[index] for index in batch]).texts
        rows = self.given.rows[batch]
        # The draw depends on the batch alone: a run taken up again sees the same vectors.
        drawn = np.random.default_rng([self.recipe.seed, *rows[:4]])
        others = drawn.choice(len(self.vectors), min(self.recipe.others, len(self.vectors)))
        wanted = self._rows(rows)
        bank = torch.cat([wanted, self._rows(np.sort(others))])
        with torch.autocast(self._device.type, enabled=False):
            targets = softmax(wanted @ bank.T / self.recipe.temperature, dim=1)
            guesses = log_softmax(found @ bank.T / self.recipe.temperature, dim=1)
            comparison: torch.Tensor = kl_div(guesses, targets, reduction="batchmean")
            regression: torch.Tensor = (1 - (found * wanted).sum(dim=1)).mean()
        return comparison + self.recipe.regression_weight * regression

    def _rows(self, rows: NDArray[np.int64]) -> torch.Tensor:
        return torch.from_numpy(self.vectors[rows].astype(np.float32)).to(self._device)


@dataclass(frozen=True, slots=True)
class Teaching:
    """All that training needs: the inputs in batches, and the loss that they are given to."""

    loss: DistillationLoss
    batches: list[list[int]]


def targets_of(
    texts: Sequence[str], *, recipe: Recipe, folder: Path, device: torch.device
) -> NDArray[np.float16]:
    """Return the vectors that the student comes to, (texts, dimension), each of length one."""
    found = find_teacher()
    teacher = TrainableEncoder.load(found).to(device)
    tokenizer = Tokenizer.from_file(str(found / "tokenizer.json"))
    longest = recipe.longest
    vectors = teacher_vectors(
        texts, teacher=teacher, tokenizer=tokenizer, longest=longest, folder=folder
    )
    if not recipe.words_weight:
        return vectors
    words = word_vectors(texts, teacher=teacher, tokenizer=tokenizer, longest=longest)
    both = vectors.astype(np.float32) + recipe.words_weight * words.astype(np.float32)
    both /= np.linalg.norm(both, axis=1, keepdims=True)
    return both.astype(np.float16)


def prepare(
    encoder: TrainableEncoder, *, data: Path, thesaurus: Path, work: Path, recipe: Recipe
) -> Teaching:
    """Draw the pairs, let the teacher read their English sides, and cut all passes into batches."""
    pairs = distillation_pairs(
        read_parallel(data), translations(thesaurus), shares=recipe.shares, seed=recipe.seed
    )
    vectors = targets_of(
        [pair.english for pair in pairs],
        recipe=recipe,
        folder=work / "teacher",
        device=encoder.device,
    )
    tokenizer = Tokenizer.from_file(str(work / transplant.STAGE / "tokenizer.json"))
    identifiers: list[Sequence[int]] = []
    rows: list[NDArray[np.int64]] = []
    batches: list[list[int]] = []
    for seed in range(recipe.seed, recipe.seed + recipe.passes):
        given = inputs_of(pairs, tokenizer, recipe=recipe, seed=seed)
        lengths = [len(tokens) for tokens in given.identifiers]
        first = len(identifiers)
        for batch in batches_by_length(lengths, tokens=recipe.tokens, seed=seed):
            batches.append([first + index for index in batch])
        identifiers.extend(given.identifiers)
        rows.append(given.rows)
    inputs = Inputs(identifiers, np.concatenate(rows))
    return Teaching(DistillationLoss(encoder, inputs, vectors, recipe), batches)


def distil(*, data: Path, thesaurus: Path, work: Path, recipe: Recipe, device: str) -> None:
    """Train what the transplant left in ``work``; the result is ``work/distillation``."""
    torch.manual_seed(recipe.seed)  # the projection of token states starts at random
    encoder = TrainableEncoder.load(work / transplant.STAGE).to(device)
    teaching = prepare(encoder, data=data, thesaurus=thesaurus, work=work, recipe=recipe)
    train(
        encoder,
        teaching.batches,
        teaching.loss,
        schedule=recipe.schedule,
        recipe=recipe,
        folder=work / STAGE,
        name=STAGE,
    )


def main(
    data: Data,
    work: Work,
    thesaurus: Thesaurus = OUR_TERMS,
    device: Device = "cpu",
    seed: Seed = 1,
) -> None:
    """Distil the English teacher into the French student; run it again to resume."""
    distil(data=data, thesaurus=thesaurus, work=work, recipe=Recipe(seed=seed), device=device)


if __name__ == "__main__":
    typer.run(main)
