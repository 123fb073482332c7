"""BEIR folders (Thakur et al. 2021): retrieval alone, apart from the user's documents.

Reads ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``; indexes them in a temporary
folder, of which nothing stays. A passage whose words are those of a relevant one is relevant too.
"""

import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rag.citations import text_sha256
from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.evaluation.causes import cause_of
from rag.evaluation.lines import RETRIEVAL, Line, Run, sum_up
from rag.evaluation.metrics import Rank
from rag.pipeline import Assistant
from rag.types import Document, Kind, Metadata, Progress, Query

PASSAGES_SEARCHED = 100
"""Passages looked at to find ten distinct documents: a long document has several."""
DEPTH = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class BeirQuestions:
    """The queries of a BEIR folder that have relevant documents, in its order."""

    texts: dict[str, str]
    relevant: dict[str, set[str]]


def evaluate_beir(settings: Settings, folder: Path, *, progress: Progress | None = None) -> Run:
    """Index a BEIR folder with the program's own encoder and ranking, and measure retrieval.

    Raises:
        ConfigurationError: the folder is not in BEIR's layout.
    """
    with open_beir(settings, folder, progress=progress) as (assistant, questions):
        return measure_beir(assistant, questions, progress=progress)


@contextmanager
def open_beir(
    settings: Settings, folder: Path, *, progress: Progress | None = None
) -> Iterator[tuple[Assistant, BeirQuestions]]:
    """Index a BEIR folder apart from the user's documents, for as long as it is measured.

    Raises:
        ConfigurationError: the folder is not in BEIR's layout.
    """
    try:
        documents = list(_documents(folder))
        queries, relevant = _queries(folder), _relevant(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(Problem.BAD_QUESTIONS, path=folder, line=0) from error
    texts = {key: text for key, text in queries.items() if key in relevant}
    questions = BeirQuestions(texts=texts, relevant=_with_duplicates(relevant, documents))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        assistant = Assistant.open(replace(settings, data_dir=Path(temporary), database_url=""))
        assistant.index(documents, progress=progress)
        yield assistant, questions


def measure_beir(
    assistant: Assistant, questions: BeirQuestions, *, progress: Progress | None = None
) -> Run:
    """Search for each query and sum up the ranks."""
    lines: list[Line] = []
    for identifier, text in questions.texts.items():
        start = time.perf_counter()
        found = _documents_found(assistant, text)
        line: dict[str, Any] = {
            "id": identifier,
            "question": text,
            "relevant": sorted(questions.relevant[identifier]),
            "rank": rank_of(found, questions.relevant[identifier]),
            "hits": found,
            "latency_ms": round(1000 * (time.perf_counter() - start), 1),
        }
        lines.append({**line, "cause": cause_of(line)})
        if progress:
            progress("Questions", len(lines), len(questions.texts))
    return sum_up(lines, tuple(RETRIEVAL))


def rank_of(found: Sequence[str], relevant: Collection[str]) -> Rank:
    """Rank the first relevant document among the first ten, from 1."""
    ranks = (rank for rank, key in enumerate(found[:DEPTH], start=1) if key in relevant)
    return next(ranks, None)


def _documents_found(assistant: Assistant, question: str) -> list[str]:
    """List the ids of the ten documents nearest to a question, best first."""
    query = Query(question=question, text=question, as_of=date.today())
    hits = assistant.retriever.search(query, limit=PASSAGES_SEARCHED)
    return list(dict.fromkeys(hit.passage.document for hit in hits))[:DEPTH]


def _documents(folder: Path) -> Iterator[Document]:
    for record in _records(folder / "corpus.jsonl"):
        text = record["text"].strip()
        yield Document(
            metadata=Metadata(id=record["_id"], title=record.get("title", ""), kind=Kind.GUIDE),
            text=text or record.get("title", ""),
            units=(),
            source=folder / "corpus.jsonl",
            sha256=text_sha256(text),
        )


def _queries(folder: Path) -> dict[str, str]:
    return {record["_id"]: record["text"] for record in _records(folder / "queries.jsonl")}


def _relevant(folder: Path) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = defaultdict(set)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant[row["query-id"]].add(row["corpus-id"])
    return relevant


def _with_duplicates(
    relevant: dict[str, set[str]], documents: list[Document]
) -> dict[str, set[str]]:
    text_of = {document.id: document.text for document in documents}
    same: dict[str, set[str]] = defaultdict(set)
    for identifier, text in text_of.items():
        same[text].add(identifier)
    return {
        query: {twin for key in keys if key in text_of for twin in same[text_of[key]]}
        for query, keys in relevant.items()
    }


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
