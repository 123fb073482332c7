"""Stage 5: write a trained encoder as the plain sentence-transformers folder that ships."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training import contrastive, transplant
from training.learning.loop import load_trained
from training.models.encoder import TrainableEncoder
from training.models.model_folder import read_architecture, write_model
from training.models.teacher import sha256_of

WEIGHTS = "model.safetensors"
PROJECTION = "token_projection.safetensors"


def export(work: Path, *, stage: str, out: Path) -> str:
    """Write what a stage left in ``work`` into ``out``; return the SHA-256 of its weights.

    The folder loads with ``SentenceTransformer(out)``. The projection of token vectors stands
    beside, in ``token_projection.safetensors`` (``weight``: TOKEN_DIMENSIONS × hidden size):
    sentence-transformers ignores it.
    """
    student = work / transplant.STAGE
    encoder = TrainableEncoder.load(student)
    load_trained(work / stage, encoder)
    # The pooler is never used, but its absence makes transformers print a warning at each load.
    unused = {k: v for k, v in load_file(student / WEIGHTS).items() if k.startswith("pooler.")}
    write_model(
        out,
        tensors={**unused, **encoder.body.state_dict()},
        tokenizer=Tokenizer.from_file(str(student / "tokenizer.json")),
        architecture=read_architecture(student),
    )
    projection = {"weight": encoder.token_projection.weight.detach().half().contiguous()}
    save_file(projection, out / PROJECTION)
    (out / PROJECTION).chmod(0o644)
    return sha256_of(out / WEIGHTS)


def main(
    work: Annotated[Path, typer.Option(help="Folder of what the stages make.", exists=True)],
    out: Annotated[Path, typer.Option(help="Folder the model is written to.")],
    stage: Annotated[str, typer.Option(help="Which stage's weights.")] = contrastive.STAGE,
) -> None:
    """Write the trained encoder as a sentence-transformers folder."""
    fingerprint = export(work, stage=stage, out=out)
    Console().print(f"{out / WEIGHTS}  sha256 {fingerprint}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
