"""Stage 5: write a trained encoder as the plain sentence-transformers folder that ships."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training import contrastive, transplant
from training.learning.loop import load_weights
from training.models.encoder import TrainableEncoder
from training.models.model_folder import read_architecture, read_layer_weights, write_model
from training.models.teacher import sha256_of

WEIGHTS = "model.safetensors"
PROJECTION = "token_projection.safetensors"
DEFAULT_STAGES = (contrastive.STAGE,)
"""The stages exported by default."""


def export(work: Path, *, stages: Sequence[str], out: Path) -> str:
    """Write what stages left in ``work`` into ``out``; return the SHA-256 of its weights.

    The weights of several stages are averaged (Wortsman et al. 2022, "Model soups"): the mean of
    two points of one training run keeps most of what each does best.

    The folder loads with ``SentenceTransformer(out)``. The projection of token vectors stands
    beside, in ``token_projection.safetensors`` (``weight``: TOKEN_DIMENSIONS × hidden size):
    sentence-transformers ignores it.
    """
    student = work / transplant.STAGE
    encoder = TrainableEncoder.load(student)
    encoder.load_state_dict(_average([load_weights(work / stage) for stage in stages]))
    # The pooler is never used, but its absence makes transformers print a warning at each load.
    unused = {k: v for k, v in load_file(student / WEIGHTS).items() if k.startswith("pooler.")}
    write_model(
        out,
        tensors={**unused, **encoder.body.state_dict()},
        tokenizer=Tokenizer.from_file(str(student / "tokenizer.json")),
        architecture=read_architecture(student),
        layer_weights=read_layer_weights(student),
    )
    projection = {"weight": encoder.token_projection.weight.detach().half().contiguous()}
    save_file(projection, out / PROJECTION)
    (out / PROJECTION).chmod(0o644)
    return sha256_of(out / WEIGHTS)


def _average(weights: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {
        name: torch.stack([one[name] for one in weights]).mean(dim=0).to(weights[0][name].dtype)
        if weights[0][name].is_floating_point()
        else weights[0][name]
        for name in weights[0]
    }


def main(
    work: Annotated[Path, typer.Option(help="Folder of what the stages make.", exists=True)],
    out: Annotated[Path, typer.Option(help="Folder the model is written to.")],
    stage: Annotated[
        list[str] | None, typer.Option(help="Stage whose weights are taken; several are averaged.")
    ] = None,
) -> None:
    """Write the trained encoder as a sentence-transformers folder."""
    fingerprint = export(work, stages=stage or DEFAULT_STAGES, out=out)
    Console().print(f"{out / WEIGHTS}  sha256 {fingerprint}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
