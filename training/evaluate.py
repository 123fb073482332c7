"""Measure an encoder: French retrieval, translation retrieval, similarity, speed."""

import csv
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.stats import spearmanr
from sentence_transformers import SentenceTransformer

from training.teacher import find_teacher

BATCH_SIZE = 32
CUTOFFS = (1, 5, 10)
SPEED_PASSAGES = 200


def embed(model: SentenceTransformer, texts: list[str]) -> NDArray[np.float32]:
    """Return unit vectors, one row a text: (texts, dimension)."""
    vectors = model.encode(texts, batch_size=BATCH_SIZE, normalize_embeddings=True)
    return np.asarray(vectors, dtype=np.float32)


def recall_at_k(
    scores: NDArray[np.float32], relevant: list[set[int]], *, cutoffs: tuple[int, ...] = CUTOFFS
) -> dict[int, float]:
    """Return, for each cutoff, the share of queries with a relevant passage in the first k.

    ``scores`` has shape (queries, passages); ``relevant`` holds the passages of each query.
    """
    order = np.argsort(-scores, axis=1, kind="stable")[:, : max(cutoffs)]
    return {
        cutoff: float(
            np.mean(
                [
                    bool(found & set(row[:cutoff]))
                    for row, found in zip(order, relevant, strict=True)
                ]
            )
        )
        for cutoff in cutoffs
    }


def retrieval(model: SentenceTransformer, folder: Path) -> dict[int, float]:
    """Return recall at 1, 5 and 10 on a BEIR folder; a duplicate passage counts as relevant."""
    passages = _json_lines(folder / "corpus.jsonl")
    queries = _json_lines(folder / "queries.jsonl")
    texts = [passage_text(passage) for passage in passages]
    same_text = defaultdict(set)
    for index, passage in enumerate(passages):
        same_text[passage["text"]].add(index)
    places = {passage["_id"]: same_text[passage["text"]] for passage in passages}
    relevant: dict[str, set[int]] = defaultdict(set)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            relevant[row["query-id"]] |= places[row["corpus-id"]]
    judged = [query for query in queries if relevant[query["_id"]]]
    scores = embed(model, [query["text"] for query in judged]) @ embed(model, texts).T
    return recall_at_k(scores, [relevant[query["_id"]] for query in judged])


def passage_text(passage: dict[str, str]) -> str:
    """Return what is embedded of a BEIR passage: its title, then its text."""
    return f"{passage['title']}\n{passage['text']}".strip()


def translation_accuracy(model: SentenceTransformer, folder: Path) -> float:
    """Return the share of French NTREX sentences whose nearest English one is the translation."""
    french = _lines(folder / "ntrex-fra.txt")
    english = _lines(folder / "ntrex-eng.txt")
    nearest = np.argmax(embed(model, french) @ embed(model, english).T, axis=1)
    return float(np.mean(nearest == np.arange(len(french))))


def similarity_correlation(model: SentenceTransformer, path: Path) -> float:
    """Return Spearman's correlation of cosines with human scores (columns: two texts, score)."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    left = embed(model, [row[0] for row in rows])
    right = embed(model, [row[1] for row in rows])
    return float(spearmanr(np.sum(left * right, axis=1), [float(row[2]) for row in rows]).statistic)


def tokens_per_word(model: SentenceTransformer, texts: list[str]) -> float:
    """Return the mean number of tokens for a word between spaces, special tokens left out."""
    tokens = sum(len(model.tokenizer.tokenize(text)) for text in texts)
    return tokens / sum(len(text.split()) for text in texts)


def passages_per_second(model: SentenceTransformer, texts: list[str]) -> float:
    """Return how many texts are embedded in a second, after a warm-up."""
    embed(model, texts[:BATCH_SIZE])
    start = time.perf_counter()
    embed(model, texts)
    return len(texts) / (time.perf_counter() - start)


def measure(model: SentenceTransformer, *, retrieval_folder: Path, data: Path) -> dict[str, float]:
    """Return every quality figure of an encoder, by name."""
    recalls = retrieval(model, retrieval_folder)
    return {
        **{f"recall@{cutoff}": share for cutoff, share in recalls.items()},
        "NTREX accuracy@1": translation_accuracy(model, data),
        "STS-B FR Spearman": similarity_correlation(model, data / "stsb-fr-test.csv"),
        "tokens per word": tokens_per_word(model, _lines(data / "ntrex-fra.txt")),
    }


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _json_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in _lines(path)]


def main(
    model: Annotated[Path, typer.Option(help="Folder of the encoder.", exists=True)],
    data: Annotated[Path, typer.Option(help="Folder of the training data.", exists=True)],
    retrieval_folder: Annotated[
        Path, typer.Option("--beir", help="Folder in BEIR layout.", exists=True)
    ],
    teacher: Annotated[bool, typer.Option(help="Measure the teacher beside the encoder.")] = True,
) -> None:
    """Print how well an encoder does, beside the encoder it was made from."""
    encoders = {model.name: SentenceTransformer(str(model), device="cpu")}
    if teacher:
        encoders["teacher"] = SentenceTransformer(str(find_teacher()), device="cpu")
    passages = [passage_text(row) for row in _json_lines(retrieval_folder / "corpus.jsonl")]
    table = Table("figure", *encoders)
    columns = []
    for encoder in encoders.values():
        figures = measure(encoder, retrieval_folder=retrieval_folder, data=data)
        speed = passages_per_second(encoder, passages[:SPEED_PASSAGES])
        columns.append({**figures, "passages per second": speed})
    for name in columns[0]:
        table.add_row(name, *(f"{column[name]:.3f}" for column in columns))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
