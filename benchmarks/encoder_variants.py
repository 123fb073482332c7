"""Read one encoder in other ways: length, dimensions, layers, precision, late interaction.

    python -m benchmarks.encoder_variants rag/models/radiact-minilm-fr

prints a Markdown table: what each way finds, how fast, and what it costs to keep. The first line
is the way the program reads where a processor has no fast bfloat16; the others differ from it by
one choice.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, TypeAlias

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import WeightedLayerPooling

from benchmarks.encoders import (
    SHARED,
    SPEED_PASSAGES,
    Task,
    best_fusion,
    best_reranking,
    fused_scores,
    lexical_scores,
    passages_per_second,
    ranks,
    recall,
    tasks_of,
)
from rag.embeddings import Reading, SentenceEncoder
from rag.late_interaction import late_scores

Vectors: TypeAlias = NDArray[np.float32]
DIMENSIONS = (256, 192, 128, 64)
LENGTHS = (128, 512)
SHARES = (0.0, 0.2, 0.5)
"""Of the embeddings in the state of a token, where the model weighs its layers."""

BATCH = 32
STARTS = 5
FIRST_VECTOR = {
    "the program": (
        "import sys; from rag.embeddings import SentenceEncoder;"
        "SentenceEncoder(sys.argv[1]).encode(['Qui surveille ?'])"
    ),
    "sentence-transformers": (
        "import sys; from sentence_transformers import SentenceTransformer;"
        "SentenceTransformer(sys.argv[1], device='cpu').encode(['Qui surveille ?'])"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One way to read an encoder: its name, and how it encodes."""

    name: str
    encode: Callable[[Sequence[str]], Vectors]


def variants_of(folder: Path) -> Iterator[Variant]:
    """Yield the ways to read a model folder, the plain one first."""
    plain = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    encode = partial(_encode, plain)
    yield Variant(name=f"{plain.max_seq_length} tokens, every dimension, float32", encode=encode)
    for length in LENGTHS:
        yield Variant(name=f"{length} tokens", encode=partial(_encode, plain, length=length))
    for dimensions in DIMENSIONS:
        yield Variant(
            name=f"first {dimensions} dimensions", encode=partial(_truncated, encode, dimensions)
        )
    if weighing := _weighing(plain):
        for share in SHARES:
            yield Variant(
                name=f"embeddings weigh {share}",
                encode=partial(_weighed, plain, weighing, share),
            )
    yield Variant(name="bfloat16", encode=partial(_encode, plain, precision=torch.bfloat16))
    eight_bits = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    torch.ao.quantization.quantize_dynamic(  # type: ignore[no-untyped-call]
        eight_bits[0].auto_model, {torch.nn.Linear}, dtype=torch.qint8, inplace=True
    )
    yield Variant(name="int8 matrices", encode=partial(_encode, eight_bits))


def late_interaction(encoder: SentenceEncoder, tasks: Sequence[Task]) -> Iterator[list[str]]:
    """Yield a line for each set: without and with late interaction, its cost in bytes and time."""
    for task in tasks:
        questions, passages = encoder.read(task.questions), encoder.read(task.passages)
        if not task.fused or not passages.tokens:
            continue
        words = lexical_scores(task)
        dense = questions.vectors @ passages.vectors.T
        weight, without = best_fusion(dense, words, task)
        started = time.perf_counter()
        late = np.stack([late_scores(tokens, passages.tokens) for tokens in questions.tokens])
        seconds = (time.perf_counter() - started) / len(task.questions) / len(task.passages)
        _, with_late = best_reranking(fused_scores(dense, words, weight=weight), late, task)
        yield [
            task.name,
            str(recall(without, k=1)),
            str(recall(with_late, k=1)),
            str(recall(without, k=5)),
            str(recall(with_late, k=5)),
            f"{_bytes(passages):.0f}",
            f"{1e6 * seconds:.1f}",
        ]


def first_vector(folder: Path) -> Iterator[list[str]]:
    """Yield the seconds from the start of a process to its first vector, the median of some."""
    for name, code in FIRST_VECTOR.items():
        seconds = []
        for _ in range(STARTS):
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code, str(folder)], check=True)  # noqa: S603
            seconds.append(time.perf_counter() - started)
        yield [name, f"{np.median(seconds):.2f}"]


def measure(variant: Variant, tasks: Sequence[Task], lexical: Sequence[Vectors]) -> list[str]:
    """Return the cells of a variant's line: recall@5 of each set, alone and fused, then speed."""
    cells = [variant.name]
    for task, words in zip(tasks, lexical, strict=True):
        dense = variant.encode(task.questions) @ variant.encode(task.passages).T
        cells.append(f"{recall(ranks(dense, task), k=5).mean:.3f}")
        if task.fused:
            cells.append(f"{recall(best_fusion(dense, words, task)[1], k=5).mean:.3f}")
    speed = passages_per_second(variant.encode, tasks[0].passages[:SPEED_PASSAGES])
    return [*cells, f"{speed:.1f}"]


def _encode(
    model: SentenceTransformer,
    texts: Sequence[str],
    *,
    length: int | None = None,
    precision: torch.dtype | None = None,
) -> Vectors:
    with _length(model, length), torch.autocast("cpu", precision) if precision else nullcontext():
        found = model.encode(list(texts), batch_size=BATCH, show_progress_bar=False)
    return np.asarray(found, dtype=np.float32)


@contextmanager
def _length(model: SentenceTransformer, length: int | None) -> Iterator[None]:
    usual = model.max_seq_length
    model.max_seq_length = length or usual
    try:
        yield
    finally:
        model.max_seq_length = usual


def _weighing(model: SentenceTransformer) -> WeightedLayerPooling | None:
    return next((part for part in model if isinstance(part, WeightedLayerPooling)), None)


def _weighed(
    model: SentenceTransformer, weighing: WeightedLayerPooling, share: float, texts: Sequence[str]
) -> Vectors:
    """Encode with another share of the embeddings, the last layer having the rest."""
    weights = weighing.layer_weights.data
    usual = weights.clone()
    weights.zero_()
    weights[0], weights[-1] = share, 1 - share
    try:
        return _encode(model, texts)
    finally:
        weights.copy_(usual)


def _truncated(
    encode: Callable[[Sequence[str]], Vectors], dimensions: int, texts: Sequence[str]
) -> Vectors:
    vectors = encode(texts)[:, :dimensions]
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def _bytes(passages: Reading) -> float:
    return float(np.mean([tokens.vectors.nbytes for tokens in passages.tokens]))


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> None:
    typer.echo(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        typer.echo(f"| {' | '.join(row)} |")


def main(
    model: Annotated[Path, typer.Argument(help="A sentence-transformers folder.")],
    shared: Annotated[Path, typer.Option(help="Folder of corpus, benchmarks.")] = SHARED,
) -> None:
    """Print what each way to read an encoder brings and costs."""
    tasks = tasks_of(shared)
    lexical = [lexical_scores(task) for task in tasks]
    sets = [name for task in tasks for name in (task.name, f"{task.name} + BM25")[: 1 + task.fused]]
    head = ["recall@5", *sets, "passages per second"]
    _table(head, (measure(variant, tasks, lexical) for variant in variants_of(model)))
    typer.echo("")
    head = ["late interaction", "@1 without", "@1 with", "@5 without", "@5 with"]
    encoder = SentenceEncoder(str(model))
    _table([*head, "bytes a passage", "µs a passage"], late_interaction(encoder, tasks))
    typer.echo("")
    _table(["first vector by", "seconds"], first_vector(model))


if __name__ == "__main__":
    typer.run(main)
