"""The training loop: optimiser, schedule, progress, and checkpoints that a run resumes from."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from training.models.encoder import TrainableEncoder

CHECKPOINT = "checkpoint.pt"
JOURNAL = "journal.jsonl"
LONGEST_GRADIENT = 1.0
SECONDS_BETWEEN_CHECKPOINTS = 300
STEPS_BETWEEN_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How fast the encoder learns: a linear rise, then a linear fall to nothing."""

    embeddings_rate: float
    body_rate: float
    rise: float = 0.05
    weight_decay: float = 0.01

    def factor(self, step: int, steps: int) -> float:
        """Return the share of the full rate at a step, from 0 to 1."""
        rising = (step + 1) / max(1.0, self.rise * steps)
        falling = (steps - step) / max(1.0, (1 - self.rise) * steps)
        return min(1.0, rising, falling)


def train(
    encoder: TrainableEncoder,
    batches: Sequence[Any],
    loss: Callable[[Any], torch.Tensor],
    *,
    schedule: Schedule,
    folder: Path,
    name: str,
    seconds_between_checkpoints: float = SECONDS_BETWEEN_CHECKPOINTS,
) -> None:
    """Take one step for each batch, from the last checkpoint of ``folder`` if there is one.

    A checkpoint is written every few minutes and at the end; a run stopped in between loses
    the steps since the last one and nothing else. ``folder/journal.jsonl`` gets the mean loss
    of every twenty steps.
    """
    optimiser = _optimiser(encoder, schedule)
    done = resume(folder, encoder, optimiser)
    encoder.train()
    bar = tqdm(total=len(batches), initial=done, desc=name, unit="step", smoothing=0.05)
    losses: list[float] = []
    saved_at = time.monotonic()
    for step in range(done, len(batches)):
        factor = schedule.factor(step, len(batches))
        for group in optimiser.param_groups:
            group["lr"] = factor * group["full_rate"]
        with mixed_precision(encoder):
            value = loss(batches[step])
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), LONGEST_GRADIENT)
        optimiser.step()
        optimiser.zero_grad()
        losses.append(value.item())
        bar.update()
        if len(losses) == STEPS_BETWEEN_LINES:
            _note(folder, step + 1, losses)
            bar.set_postfix(loss=f"{sum(losses) / len(losses):.3f}")
            losses.clear()
        if time.monotonic() - saved_at > seconds_between_checkpoints:
            save(folder, encoder, optimiser, step + 1)
            saved_at = time.monotonic()
    bar.close()
    save(folder, encoder, optimiser, len(batches))


@contextmanager
def mixed_precision(encoder: TrainableEncoder) -> Iterator[None]:
    """Multiply matrices in bfloat16, keep weights and sums in single precision."""
    with torch.autocast(encoder.device.type, dtype=torch.bfloat16):
        yield


def save(
    folder: Path,
    encoder: TrainableEncoder,
    optimiser: torch.optim.Optimizer,
    step: int,
) -> None:
    """Write a checkpoint; the former one stays whole until the new one is."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{CHECKPOINT}.partial"
    state = {
        "encoder": encoder.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    torch.save(state, partial)
    os.replace(partial, folder / CHECKPOINT)


def resume(folder: Path, encoder: TrainableEncoder, optimiser: torch.optim.Optimizer) -> int:
    """Load the checkpoint of a folder, if there is one; return the number of steps it has done."""
    if not (folder / CHECKPOINT).exists():
        return 0
    state = torch.load(folder / CHECKPOINT, weights_only=True)
    encoder.load_state_dict(state["encoder"])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])


def load_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights that a stage left in its folder."""
    weights: dict[str, torch.Tensor] = torch.load(folder / CHECKPOINT, weights_only=True)["encoder"]
    return weights


def load_trained(folder: Path, encoder: TrainableEncoder) -> None:
    """Load the weights that a stage left in its folder."""
    encoder.load_state_dict(load_weights(folder))


def _optimiser(encoder: TrainableEncoder, schedule: Schedule) -> torch.optim.Optimizer:
    groups = [
        {"params": encoder.embedding_parameters, "full_rate": schedule.embeddings_rate},
        {"params": encoder.body_parameters, "full_rate": schedule.body_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=schedule.weight_decay, fused=True)


def _note(folder: Path, step: int, losses: Sequence[float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    line = {"step": step, "loss": round(sum(losses) / len(losses), 5)}
    with (folder / JOURNAL).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")
