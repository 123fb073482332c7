"""Compare encoders on the same passages, alone and beside BM25.

    python -m benchmarks.encoders rag/models/radiact-minilm-fr WORK/transplant …

prints one Markdown table a set, each figure with its 95 % bootstrap interval. Every argument is a
sentence-transformers folder, or a name on the Hugging Face hub with ``--online``. The model that
``RADIACT_EMBEDDING_MODEL`` names is measured beside them, wherever it can be loaded.

No ranking rule of the program is used (validity, thesaurus, one article's share). The weight of
BM25 and of late interaction is the best one for each encoder on the set itself: what they reach,
not what the program's own weights reach. Some encoders may have learnt the GDPR's sentences, which
are part of the set « law »; never its questions.
"""

import csv
import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from scipy.stats import spearmanr
from tokenizers import Tokenizer

from rag.embeddings import SentenceEncoder
from rag.errors import ConfigurationError
from rag.evaluation.metrics import RESAMPLES, Rank, intervals, recall_at_k
from rag.late_interaction import late_scores
from rag.lexical_index import LexicalIndex
from rag.loaders import load
from rag.ranking import CANDIDATES, NEAREST, normalise
from rag.splitter import split

SHARED = Path(__file__).parents[2] / "shared"
FRENCH_LAW = ("32024R1689/fr.html", "32016R0679/fr.html", "actualites/thema-radiologie-4090.txt")
ENGLISH_LAW = ("32024R1689/en.html",)
WEIGHTS = tuple(round(0.05 * step, 2) for step in range(21))
CUTOFFS = (1, 5, 10)
BATCH = 32
SPEED_PASSAGES = 200
SPEED_SENTENCES = 600
"""Of press, short enough to be read whole, whatever the number of tokens."""

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Passages, questions, and for each question the keys of which any one answers it.

    A passage's key is what a labelled question names: its own id, or the article it is of.
    """

    name: str
    passages: Sequence[str]
    keys: Sequence[str]
    questions: Sequence[str]
    relevant: Sequence[frozenset[str]]
    fused: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions, and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.2f}–{self.high:.2f}]"


def read_beir(folder: Path) -> Task:
    """Read a BEIR folder; a passage with the text of a relevant one is relevant too."""
    passages = _records(folder / "corpus.jsonl")
    texts = {passage["_id"]: passage["text"].strip() for passage in passages}
    relevant: dict[str, set[str]] = defaultdict(set)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            relevant[row["query-id"]].add(texts[row["corpus-id"]])
    asked = [query for query in _records(folder / "queries.jsonl") if query["_id"] in relevant]
    return Task(
        name=folder.name,
        passages=[f"{passage['title']}\n{passage['text']}".strip() for passage in passages],
        keys=[passage["text"].strip() for passage in passages],
        questions=[query["text"] for query in asked],
        relevant=[frozenset(relevant[query["_id"]]) for query in asked],
    )


def read_law(name: str, files: Iterable[Path], questions: Path, *, fused: bool = True) -> Task:
    """Cut texts of law as the program does; a key is a document or one of its units."""
    documents = [load(path) for path in files]
    passages = [passage for document in documents for passage in split(document)]
    ids = {document.id.removesuffix("-en") for document in documents}
    asked = [
        record
        for record in _records(questions)
        if any(key.split("#")[0] in ids for key in record["relevant"])
    ]
    return Task(
        name=name,
        passages=[passage.retrieval_text for passage in passages],
        keys=[_unit(passage.document, passage.anchor) for passage in passages],
        questions=[" ".join((*record.get("history", []), record["question"])) for record in asked],
        relevant=[frozenset(record["relevant"]) for record in asked],
        fused=fused,
    )


def ranks(scores: Vectors, task: Task) -> list[Rank]:
    """Return for each question the place of the first passage with a right key.

    ``scores`` has shape (questions, passages).
    """
    return [
        _first_right(np.argsort(-row, kind="stable")[:NEAREST], task.keys, relevant)
        for row, relevant in zip(scores, task.relevant, strict=True)
    ]


def recall(found: Sequence[Rank], *, k: int) -> Figure:
    """Return the share of questions whose right passage is among the first ``k``."""
    if not found:
        return Figure(0, 0, 0)
    low, high = intervals(found)[f"recall@{k}"]
    return Figure(float(np.mean([recall_at_k(rank, k=k) for rank in found])), low, high)


def lexical_scores(task: Task) -> Vectors:
    """Return BM25's scores, (questions, passages)."""
    index = LexicalIndex(task.passages)
    return np.stack([index.scores(question) for question in task.questions])


def fused_scores(dense: Vectors, lexical: Vectors, *, weight: float) -> Vectors:
    """Fuse both sides as the program does: the nearest passages only, brought to 0–1."""
    return np.stack(
        [
            fuse(_nearest(row), words, weight=weight)
            for row, words in zip(dense, lexical, strict=True)
        ]
    )


def best_fusion(dense: Vectors, lexical: Vectors, task: Task) -> tuple[float, list[Rank]]:
    """Return the single weight of the dense side with the best recall@5, and its ranks."""
    tried = [
        (weight, ranks(fused_scores(dense, lexical, weight=weight), task)) for weight in WEIGHTS
    ]
    return max(tried, key=lambda item: (recall(item[1], k=5).mean, recall(item[1], k=1).mean))


def fuse(dense: Vectors, lexical: Vectors, *, weight: float) -> Vectors:
    """Add two lists of scores, each brought to 0–1 over the passages it found."""
    return np.asarray(weight * normalise(dense) + (1 - weight) * normalise(lexical))


def best_reranking(fused: Vectors, late: Vectors, task: Task) -> tuple[float, list[Rank]]:
    """Return the best weight of late interaction on the best fused passages, and its ranks."""

    def reranked(weight: float) -> Vectors:
        rows = []
        for scores, tokens in zip(fused, late, strict=True):
            count = min(CANDIDATES, len(scores))
            least = np.partition(scores, -count)[-count]
            rows.append(fuse(np.where(scores >= least, tokens, 0), scores, weight=weight))
        return np.stack(rows)

    tried = [(weight, ranks(reranked(weight), task)) for weight in WEIGHTS]
    return max(tried, key=lambda item: (recall(item[1], k=5).mean, recall(item[1], k=1).mean))


def translation(encode: Encode, data: Path) -> Figure:
    """Return the share of French NTREX sentences whose nearest English one is the translation."""
    french, english = (_lines(data / f"ntrex-{side}.txt") for side in ("fra", "eng"))
    nearest = np.argmax(encode(french) @ encode(english).T, axis=1)
    right = (nearest == np.arange(len(french))).astype(float)
    return _resampled(len(right), lambda drawn: float(right[drawn].mean()))


def similarity(encode: Encode, path: Path) -> Figure:
    """Return Spearman's correlation of cosines with human scores (columns: two texts, score)."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    cosines = np.sum(encode([row[0] for row in rows]) * encode([row[1] for row in rows]), axis=1)
    human = np.array([float(row[2]) for row in rows])
    return _resampled(
        len(rows), lambda drawn: float(spearmanr(cosines[drawn], human[drawn]).statistic)
    )


def tokens_per_word(folder: Path, texts: Sequence[str]) -> float:
    """Return the mean number of tokens for a word between spaces, special tokens left out."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return sum(len(item.ids) for item in found) / sum(len(text.split()) for text in texts)


def passages_per_second(encode: Encode, texts: Sequence[str]) -> float:
    """Return how many texts are encoded in a second, after a warm-up."""
    encode(texts[:BATCH])
    start = time.perf_counter()
    encode(texts)
    return len(texts) / (time.perf_counter() - start)


def measure(
    encoder: SentenceEncoder, tasks: Sequence[Task], lexical: Sequence[Vectors], data: Path
) -> dict[str, Figure | float]:
    """Return every figure of an encoder, by name."""
    figures: dict[str, Figure | float] = {}
    for task, words in zip(tasks, lexical, strict=True):
        figures |= _retrieval(encoder, task, words)
    figures["NTREX fr → en, accuracy@1"] = translation(encoder.encode, data)
    figures["STS-B fr, Spearman"] = similarity(encoder.encode, data / "stsb-fr-test.csv")
    sentences = _lines(data / "ntrex-fra.txt")
    figures["tokens per word"] = tokens_per_word(encoder.folder, sentences)
    figures["sentences per second"] = passages_per_second(
        encoder.encode, sentences[:SPEED_SENTENCES]
    )
    figures["passages per second"] = passages_per_second(
        encoder.encode, tasks[0].passages[:SPEED_PASSAGES]
    )
    return figures


def _retrieval(encoder: SentenceEncoder, task: Task, words: Vectors) -> dict[str, Figure | float]:
    """Measure one set: dense alone, beside BM25, and with late interaction where there is one."""
    figures: dict[str, Figure | float] = {}
    questions, passages = encoder.read(task.questions), encoder.read(task.passages)
    dense = questions.vectors @ passages.vectors.T
    ways = {"": (1.0, ranks(dense, task))}
    weight, beside = 1.0, ""
    if task.fused:
        beside = " + BM25"
        weight, found = best_fusion(dense, words, task)
        ways[beside] = (weight, found)
    if passages.tokens:
        fused = fused_scores(dense, words, weight=weight)
        late = np.stack([late_scores(tokens, passages.tokens) for tokens in questions.tokens])
        ways[", late"] = (1.0, ranks(late, task))
        ways[f"{beside} + late"] = best_reranking(fused, late, task)
    for way, (best, found) in ways.items():
        for k in CUTOFFS:
            figures[f"{task.name}{way}, recall@{k}"] = recall(found, k=k)
        if "+" in way:
            figures[f"{task.name}{way}, best weight"] = best
    return figures


def tasks_of(shared: Path) -> list[Task]:
    """Return the sets that every encoder is measured on."""
    corpus, benchmarks = shared / "corpus", shared / "benchmarks"
    golden = benchmarks / "gold-dev.jsonl"
    return [
        read_beir(benchmarks / "cnil-faq"),
        read_law("law", [corpus / name for name in FRENCH_LAW], golden),
        read_law("English law", [corpus / name for name in ENGLISH_LAW], golden, fused=False),
    ]


def _first_right(order: NDArray[np.int64], keys: Sequence[str], relevant: frozenset[str]) -> Rank:
    for place, index in enumerate(order, start=1):
        if keys[index] in relevant or keys[index].split("#")[0] in relevant:
            return place
    return None


def _unit(document: str, anchor: str) -> str:
    """Name the article of a passage as the labels do, whatever the language of the text."""
    return f"{document.removesuffix('-en')}#{anchor.split('.')[0]}"


def _nearest(row: Vectors) -> Vectors:
    """Keep the scores of the nearest passages, 0 for the others, as the vector store does."""
    if len(row) <= NEAREST:
        return row
    least = np.partition(row, -NEAREST)[-NEAREST]
    return np.where(row >= least, row, 0).astype(np.float32)


def _resampled(
    count: int, figure: Callable[[NDArray[np.int64]], float], *, seed: int = 0
) -> Figure:
    draws = np.random.default_rng(seed).integers(count, size=(RESAMPLES // 4, count))
    low, high = np.percentile([figure(drawn) for drawn in draws], [2.5, 97.5])
    return Figure(figure(np.arange(count)), float(low), float(high))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _lines(path)]


def main(
    models: Annotated[list[str], typer.Argument(help="Model folders or names.")],
    shared: Annotated[Path, typer.Option(help="Folder of corpus, benchmarks, training.")] = SHARED,
    online: Annotated[bool, typer.Option(help="Allow downloads from the hub.")] = False,
) -> None:
    """Print what each encoder reaches, beside BM25 alone."""
    tasks = tasks_of(shared)
    lexical = [lexical_scores(task) for task in tasks]
    columns: dict[str, dict[str, Figure | float]] = {"BM25": {}}
    for task, words in zip(tasks, lexical, strict=True):
        for k in CUTOFFS:
            columns["BM25"][f"{task.name}, recall@{k}"] = recall(ranks(words, task), k=k)
    users = os.environ.get("RADIACT_EMBEDDING_MODEL")
    for model in dict.fromkeys([*models, *([users] if users else [])]):
        encoder = SentenceEncoder(model, offline=not online)
        try:
            columns[_column(model, models)] = measure(encoder, tasks, lexical, shared / "training")
        except ConfigurationError:
            if model in models:
                raise
            typer.echo(f"{model} is not on this machine: left out.", err=True)
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    typer.echo(f"| | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for name in names:
        cells = (_cell(column.get(name)) for column in columns.values())
        typer.echo(f"| {name} | {' | '.join(cells)} |")


def _column(model: str, models: Sequence[str]) -> str:
    """Name a model by its folder, or by its whole path where two folders have one name."""
    name = Path(model).name
    return name if [Path(other).name for other in models].count(name) == 1 else model


def _cell(value: Figure | float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, Figure) else f"{value:.2f}"


if __name__ == "__main__":
    typer.run(main)
