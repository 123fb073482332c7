"""BEIR folders (Thakur et al. 2021): retrieval alone, apart from the user's documents.

Reads ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/test.tsv``; indexes them in a temporary
folder, of which nothing stays. A passage whose words are those of a relevant one is relevant too.
"""

import csv
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from rag.citations import text_sha256
from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.evaluation.metrics import Rank, intervals, percentiles, summarise
from rag.pipeline import Assistant
from rag.types import Document, Kind, Metadata, Progress, Query

PASSAGES_SEARCHED = 100
"""Passages looked at to find ten distinct documents: a long document has several."""
DEPTH = 10


def evaluate_beir(
    settings: Settings, folder: Path, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Index a BEIR folder with the program's own encoder and ranking, and measure retrieval.

    Raises:
        ConfigurationError: the folder is not in BEIR's layout.
    """
    try:
        documents = list(_documents(folder))
        queries, relevant = _queries(folder), _relevant(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(Problem.BAD_QUESTIONS, path=folder, line=0) from error
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        assistant = Assistant.open(replace(settings, data_dir=Path(temporary), database_url=""))
        assistant.index(documents, progress=progress)
        return _measure(assistant, queries, _with_duplicates(relevant, documents), progress)


def _measure(
    assistant: Assistant,
    queries: dict[str, str],
    relevant: dict[str, set[str]],
    progress: Progress | None,
) -> dict[str, Any]:
    ranks: list[Rank] = []
    lines, timings = [], []
    asked = [identifier for identifier in queries if identifier in relevant]
    for done, identifier in enumerate(asked, start=1):
        start = time.perf_counter()
        found = search(assistant, queries[identifier])
        timings.append(1000 * (time.perf_counter() - start))
        places = [place for place, key in enumerate(found, 1) if key in relevant[identifier]]
        ranks.append(places[0] if places else None)
        lines.append({"id": identifier, "rank": ranks[-1], "hits": found})
        if progress:
            progress("Questions", done, len(asked))
    return {
        "n": len(asked),
        "n_answerable": len(asked),
        **summarise(ranks),
        "latency_ms": percentiles(timings),
        "intervals": intervals(ranks),
        "questions": lines,
    }


def search(assistant: Assistant, question: str) -> list[str]:
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
