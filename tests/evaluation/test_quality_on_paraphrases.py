"""What the project promises on questions that use other words than the passages.

Half of the answers, and the questions on them: ``make evaluate`` measures the whole.
"""

import json
import shutil
from pathlib import Path

import pytest

from rag.config import Settings
from rag.evaluation import evaluate_beir

pytestmark = pytest.mark.slow


def half(source: Path, target: Path) -> Path:
    """Copy a folder in BEIR's form with every second text, and the questions on those."""
    (target / "qrels").mkdir(parents=True)
    texts = (source / "corpus.jsonl").read_text(encoding="utf-8").splitlines()[::2]
    held = {json.loads(text)["_id"] for text in texts}
    (target / "corpus.jsonl").write_text("\n".join(texts), encoding="utf-8")
    shutil.copy(source / "queries.jsonl", target / "queries.jsonl")
    title, *lines = (source / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split("\t")[1] in held]
    (target / "qrels" / "test.tsv").write_text("\n".join([title, *kept]), encoding="utf-8")
    return target


def test_paraphrases_find_their_passage(
    settings: Settings, questions: Path, tmp_path: Path
) -> None:
    result = evaluate_beir(settings, half(questions / "cnil-faq", tmp_path / "half"))
    assert result["n"] > 60
    assert result["recall@1"] >= 0.74
    assert result["recall@5"] >= 0.89
