"""The options that the stages share."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Data: TypeAlias = Annotated[Path, typer.Option(help="Folder of the training data.", exists=True)]
Work: TypeAlias = Annotated[Path, typer.Option(help="Folder of what the stages make.")]
Thesaurus: TypeAlias = Annotated[Path, typer.Option(help="Terms of the domain.", exists=True)]
Seed: TypeAlias = Annotated[int, typer.Option(help="Which examples are drawn, in which order.")]
Device: TypeAlias = Annotated[str, typer.Option(help="cpu or cuda.")]

OUR_TERMS = Path("documents/thesaurus.yaml")
