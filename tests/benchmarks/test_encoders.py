"""The figures of ``benchmarks.encoders``, on sets whose answers are known beforehand."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import typer
from numpy.typing import NDArray
from typer.testing import CliRunner

from benchmarks import encoders
from benchmarks.encoders import (
    Task,
    best_fusion,
    best_reranking,
    lexical_scores,
    ranks,
    read_beir,
    recall,
    similarity,
    translation,
)

TASK = Task(
    name="essai",
    passages=[
        "Le déployeur conserve les journaux six mois.",
        "Le fournisseur informe l’autorité.",
        "Combien de temps la redevance est due.",
    ],
    keys=["texte#26", "texte#73", "autre#1"],
    questions=["Combien de temps garder les traces ?", "Qui prévient l’autorité ?"],
    relevant=[frozenset({"texte#26"}), frozenset({"texte"})],
)
DENSE = np.array([[0.9, 0.2, 0.5], [0.1, 0.25, 0.3]], dtype=np.float32)


def test_rank_is_that_of_the_first_right_passage() -> None:
    assert ranks(DENSE, TASK) == [1, 2]  # « texte » alone accepts any article of it


def test_question_without_a_right_passage_has_no_rank() -> None:
    task = Task(
        name="essai",
        passages=TASK.passages,
        keys=TASK.keys,
        questions=TASK.questions,
        relevant=[frozenset({"texte#99"}), frozenset({"autre#1"})],
    )
    assert ranks(DENSE, task) == [None, 1]
    assert recall(ranks(DENSE, task), k=1).mean == 0.5


def test_recall_stands_within_its_interval() -> None:
    figure = recall([1, 2, 7, None], k=5)
    assert figure.mean == 0.5
    assert figure.low < 0.5 < figure.high


def test_best_fusion_is_at_least_as_good_as_either_side() -> None:
    words = lexical_scores(TASK)
    assert ranks(DENSE, TASK) == [1, 2]
    assert ranks(words, TASK) == [2, 1]
    weight, fused = best_fusion(DENSE, words, TASK)
    assert 0 < weight < 1
    assert fused == [1, 1]


def test_late_interaction_reorders_what_was_found() -> None:
    late = np.array([[0.2, 0.1, 0.1], [0.1, 0.9, 0.1]], dtype=np.float32)
    _, found = best_reranking(DENSE, late, TASK)
    assert found == [1, 1]


def test_duplicates_of_a_relevant_passage_are_relevant(tmp_path: Path) -> None:
    folder = _beir(tmp_path)
    task = read_beir(folder)
    assert task.passages == ["Titre\nUn texte.", "Autre titre\nUn texte.", "Titre\nAilleurs."]
    assert task.questions == ["Une question ?"]  # the second one has no label
    scores = np.array([[0.1, 0.9, 0.2]], dtype=np.float32)
    assert ranks(scores, task) == [1]


def test_translation_is_the_nearest_english_sentence(tmp_path: Path) -> None:
    (tmp_path / "ntrex-fra.txt").write_text("un\ndeux\ntrois\n", encoding="utf-8")
    (tmp_path / "ntrex-eng.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    axes = {"un": 0, "one": 0, "deux": 1, "two": 1, "trois": 0, "three": 2}
    figure = translation(lambda texts: np.eye(3, dtype=np.float32)[[axes[t] for t in texts]],
                         tmp_path)  # fmt: skip
    assert figure.mean == pytest.approx(2 / 3)


def test_similarity_follows_the_order_of_the_human_scores(tmp_path: Path) -> None:
    path = tmp_path / "stsb.csv"
    angles = np.linspace(0, 1, 20)
    rows = (f"0,{place},{place / 4}" for place in range(20))
    path.write_text("\n".join(rows), encoding="utf-8")

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        turned = angles[[int(text) for text in texts]]
        return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)

    assert similarity(encode, path).mean == pytest.approx(-1)  # the farther, the better noted


@pytest.mark.slow
def test_command_prints_the_embedded_encoder_beside_bm25(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _beginnings(corpus.parent / "training", tmp_path / "training")
    monkeypatch.setattr(encoders, "tasks_of", lambda _: [TASK])
    monkeypatch.setenv("RADIACT_EMBEDDING_MODEL", "absent/ici")
    app = typer.Typer()
    app.command()(encoders.main)
    model = str(Path(encoders.__file__).parents[1] / "rag" / "models" / "radiact-minilm-fr")
    result = CliRunner().invoke(app, [model, "--shared", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "absent/ici" in result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "| | BM25 | radiact-minilm-fr |"
    cells = {line.split(" | ")[0].removeprefix("| "): line for line in lines[2:]}
    assert " – |" not in cells["essai + BM25 + late, recall@1"].removeprefix("| ").split(" | ")[2]
    assert float(cells["NTREX fr → en, accuracy@1"].split(" | ")[2].split()[0]) > 0.9


def _beginnings(source: Path, target: Path) -> None:
    """Copy the first lines of the sets that the command reads."""
    target.mkdir()
    for name in ("ntrex-fra.txt", "ntrex-eng.txt", "stsb-fr-test.csv"):
        lines = (source / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (target / name).write_text("".join(lines[:100]), encoding="utf-8")


def _beir(folder: Path) -> Path:
    texts = [("a", "Titre", "Un texte."), ("b", "Autre titre", "Un texte. "),
             ("c", "Titre", "Ailleurs.")]  # fmt: skip
    _write(folder / "corpus.jsonl", [{"_id": i, "title": t, "text": x} for i, t, x in texts])
    asked = [("q", "Une question ?"), ("sans", "Une autre ?")]
    _write(folder / "queries.jsonl", [{"_id": i, "text": x} for i, x in asked])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")
    return folder


def _write(path: Path, records: list[dict[str, str]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
