"""The training loop: optimiser, schedule, progress, and checkpoints that a run resumes from."""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from tqdm import tqdm

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


class CheckpointError(Exception):
    """A checkpoint is not what the run or the stage that reads it needs."""


class Trainable(Protocol):
    """A model whose token vectors may learn at another rate than its body."""

    @property
    def device(self) -> torch.device:
        """Where the weights are."""

    @property
    def embedding_parameters(self) -> list[torch.nn.Parameter]:
        """The vectors of the tokens."""

    @property
    def body_parameters(self) -> list[torch.nn.Parameter]:
        """Everything else."""

    def parameters(self) -> Iterator[torch.nn.Parameter]:
        """Both."""

    def train(self) -> Any:  # noqa: ANN401
        """Be ready to learn."""

    def state_dict(self) -> dict[str, Any]:
        """Return the weights by name."""

    def load_state_dict(self, state: dict[str, Any]) -> Any:  # noqa: ANN401
        """Take up weights."""


class Memory(Protocol):
    """What a loss keeps from one step to the next, beside the weights."""

    def state_dict(self) -> dict[str, Any]:
        """Return the state as ``torch.save`` takes it."""

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Take up a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All that a checkpoint holds, beside how far the run is.

    Attributes:
        memory: what the loss remembers, if it does.
        made_of: digest of the weights at the start, the batches and the recipe.
    """

    encoder: Trainable
    optimiser: torch.optim.Optimizer
    memory: Memory | None
    made_of: str
    steps: int


def train(
    encoder: Trainable,
    batches: Sequence[Any],
    loss: Callable[[Any], torch.Tensor],
    *,
    schedule: Schedule,
    folder: Path,
    name: str,
    recipe: object = None,
    memory: Memory | None = None,
    seconds_between_checkpoints: float = SECONDS_BETWEEN_CHECKPOINTS,
) -> None:
    """Take one step for each batch, from the last checkpoint of ``folder`` if there is one.

    A checkpoint is written every few minutes and at the end; a run stopped in between loses
    the steps since the last one and nothing else. ``folder/journal.jsonl`` gets the mean loss
    of every twenty steps.

    Args:
        encoder: as the former stage left it; trained in place.
        batches: what ``loss`` is given, in order.
        loss: of one batch.
        schedule: the rates of learning.
        folder: of the checkpoint and the journal.
        name: shown beside the bar.
        recipe: whatever else decides the result; its ``repr`` goes into the checkpoint.
        memory: the state of the loss, where it has one.
        seconds_between_checkpoints: at least.

    Raises:
        CheckpointError: the one found was made of other weights, batches or choices.
    """
    run = Run(
        encoder=encoder,
        optimiser=_optimiser(encoder, schedule),
        memory=memory,
        made_of=digest_of(encoder, batches, schedule, recipe),
        steps=len(batches),
    )
    done = resume(folder, run)
    optimiser = run.optimiser
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
        if (step + 1) % STEPS_BETWEEN_LINES == 0:
            _note(folder, step + 1, losses)
            bar.set_postfix(loss=f"{sum(losses) / len(losses):.3f}")
            losses.clear()
        if time.monotonic() - saved_at > seconds_between_checkpoints:
            save(folder, run, step + 1)
            saved_at = time.monotonic()
    bar.close()
    if losses:
        _note(folder, len(batches), losses)
    save(folder, run, len(batches))


def digest_of(encoder: Trainable, *choices: object) -> str:
    """Identify the weights of an encoder together with choices, by their ``repr``."""
    digest = hashlib.sha256(repr(choices).encode())
    for name, weight in encoder.state_dict().items():
        digest.update(name.encode())
        digest.update(weight.cpu().numpy().tobytes())
    return digest.hexdigest()


@contextmanager
def mixed_precision(encoder: Trainable) -> Iterator[None]:
    """Multiply matrices in bfloat16, keep weights and sums in single precision."""
    with torch.autocast(encoder.device.type, dtype=torch.bfloat16):
        yield


def save(folder: Path, run: Run, step: int) -> None:
    """Write a checkpoint; the former one stays whole until the new one is."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{CHECKPOINT}.partial"
    state = {
        "encoder": run.encoder.state_dict(),
        "optimiser": run.optimiser.state_dict(),
        "memory": run.memory.state_dict() if run.memory else {},
        "made_of": run.made_of,
        "step": step,
        "steps": run.steps,
    }
    torch.save(state, partial)
    os.replace(partial, folder / CHECKPOINT)


def resume(folder: Path, run: Run) -> int:
    """Load the checkpoint of a folder, if there is one; return the number of steps it has done.

    Raises:
        CheckpointError: it was made of other weights, batches or choices.
    """
    if not (folder / CHECKPOINT).exists():
        return 0
    state = _read(folder)
    if state["made_of"] != run.made_of:
        raise CheckpointError(f"{folder} was made of other inputs or choices: remove it")
    run.encoder.load_state_dict(state["encoder"])
    run.optimiser.load_state_dict(state["optimiser"])
    if run.memory:
        run.memory.load_state_dict(state["memory"])
    _forget_after(folder, state["step"])
    return int(state["step"])


def load_weights(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights that a stage left in its folder.

    Raises:
        CheckpointError: the stage was stopped before its end.
    """
    state = _read(folder)
    if state["step"] < state["steps"]:
        done = f"{state['step']} of {state['steps']} steps"
        raise CheckpointError(f"{folder} is not finished ({done}): run its stage again")
    weights: dict[str, torch.Tensor] = state["encoder"]
    return weights


def load_trained(folder: Path, encoder: Trainable) -> None:
    """Load the weights that a stage left in its folder."""
    encoder.load_state_dict(load_weights(folder))


def _optimiser(encoder: Trainable, schedule: Schedule) -> torch.optim.Optimizer:
    groups = [
        {"params": encoder.embedding_parameters, "full_rate": schedule.embeddings_rate},
        {"params": encoder.body_parameters, "full_rate": schedule.body_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=schedule.weight_decay, fused=True)


def _read(folder: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(folder / CHECKPOINT, weights_only=True, map_location="cpu")
    return state


def _forget_after(folder: Path, step: int) -> None:
    """Drop the lines of the journal that a run taken up again will write again."""
    path = folder / JOURNAL
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if json.loads(line)["step"] <= step]
        path.write_text("".join(kept), encoding="utf-8")


def _note(folder: Path, step: int, losses: Sequence[float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    line = {"step": step, "loss": round(sum(losses) / len(losses), 5)}
    with (folder / JOURNAL).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")
