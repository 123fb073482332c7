"""Judge, stage 1: cut multilingual-e5-small down to the French that the judge reads.

The pieces of its vocabulary that our texts need are kept, and its first layers: what is left fits
in 48 MB in half precision.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import torch
import typer
from rich.console import Console
from torch import nn

from training.data.corpora import read_parallel, read_questions
from training.data.judged import read_sentences
from training.models.judge import LABELS, write_judge
from training.models.small_e5 import SPECIAL, SmallE5, find_small_e5, read_small_e5, tokenizer_of
from training.options import Data, Work

STAGE = "judge_base"
PIECES, LAYERS = 15_300, 10
EVERYDAY_EVERY, LAW_EVERY, ENGLISH_EVERY = 3, 4, 24
"""One text in so many of these is counted."""

OF_THE_DOMAIN = 20
"""Times that a text which is like what the judge reads counts."""

WORDS = "embeddings.word_embeddings.weight"


def texts_of(data: Path) -> Iterator[str]:
    """Yield the texts whose pieces are counted: law, everyday sentences, what the judge learns."""
    corpora = read_parallel(data)
    yield from (law.pair.french for law in corpora.law[::LAW_EVERY])
    yield from (law.pair.english for law in corpora.law[::ENGLISH_EVERY])
    yield from (pair.french for pair in corpora.everyday[::EVERYDAY_EVERY])
    for pair in corpora.gdpr:
        yield from (pair.french, pair.english) * OF_THE_DOMAIN
    for answered in read_questions(data):
        yield from (answered.paragraph, answered.question)
    yield from read_sentences() * OF_THE_DOMAIN


def kept_pieces(small: SmallE5, texts: Iterable[str], *, most: int) -> list[int]:
    """Choose the pieces to keep, in the order of the vocabulary: letters, then the commonest."""
    tokenizer = tokenizer_of(small.pieces)
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer.encode(text, add_special_tokens=False).ids)
    special = range(len(SPECIAL))
    others = [place for place in counts if place not in special]
    others.sort(key=lambda place: (len(small.pieces[place][0]) != 1, -counts[place], place))
    return [*special, *sorted(others[: most - len(SPECIAL)])]


def cut(small: SmallE5, kept: list[int], *, layers: int) -> dict[str, torch.Tensor]:
    """Keep some pieces and the first layers, under a head of three labels drawn by chance."""
    tensors = {
        f"bert.{name}": tensor
        for name, tensor in small.tensors.items()
        if not name.startswith("encoder.layer.") or int(name.split(".")[2]) < layers
    }
    tensors[f"bert.{WORDS}"] = small.tensors[WORDS][kept]
    return tensors | _head(int(small.settings["hidden_size"]))


def _head(width: int) -> dict[str, torch.Tensor]:
    torch.manual_seed(1)
    pooler, classifier = nn.Linear(width, width), nn.Linear(width, len(LABELS))
    for layer in (pooler, classifier):
        nn.init.normal_(layer.weight, std=0.02)
        nn.init.zeros_(layer.bias)
    return {
        "bert.pooler.dense.weight": pooler.weight.detach(),
        "bert.pooler.dense.bias": pooler.bias.detach(),
        "classifier.weight": classifier.weight.detach(),
        "classifier.bias": classifier.bias.detach(),
    }


def main(
    data: Data,
    work: Work,
    pieces: Annotated[int, typer.Option(help="Pieces of the vocabulary that are kept.")] = PIECES,
    layers: Annotated[int, typer.Option(help="Layers that are kept.")] = LAYERS,
) -> None:
    """Cut the encoder down, and write it where the next stage begins."""
    small = read_small_e5(find_small_e5())
    kept = kept_pieces(small, texts_of(data), most=pieces)
    write_judge(
        work / STAGE,
        tensors=cut(small, kept, layers=layers),
        tokenizer=tokenizer_of(tuple(small.pieces[place] for place in kept)),
        settings={**small.settings, "num_hidden_layers": layers},
    )
    Console().print(f"{work / STAGE}: {len(kept)} pieces, {layers} layers")


if __name__ == "__main__":
    typer.run(main)
