"""Learning: batches, hard negatives, the loss of both readings, and runs taken up again."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from tests.training.conftest import PAIRS
from training import contrastive, distillation, export, transplant
from training.data.examples import Example
from training.learning.batches import batches_by_length
from training.learning.loop import CheckpointError, Schedule, load_weights, train
from training.learning.mining import Readings, batches_of_neighbours, neighbours, not_negatives
from training.learning.teacher_vectors import teacher_vectors, word_vectors
from training.models.encoder import Encoded, TrainableEncoder, tokenize
from training.models.late_interaction import late_scores
from training.models.teacher import Teacher

EXAMPLES = [
    Example(question=f"{word} ?", passage=f"la {word} est dans la {other}", key=word)
    for word, other in [("maison", "fleur"), ("fleur", "maison"), ("bleue", "maison"), ("la", "la")]
]


@pytest.fixture
def student(work: Path) -> TrainableEncoder:
    return TrainableEncoder.load(work / transplant.STAGE)


@pytest.fixture
def tokenizer(work: Path) -> Tokenizer:
    return Tokenizer.from_file(str(work / transplant.STAGE / "tokenizer.json"))


def lessons_of(student: TrainableEncoder, tokenizer: Tokenizer) -> distillation.DistillationLoss:
    recipe = distillation.Recipe(misspelt_share=0, english_share=0.5, longest=32)
    vectors = np.random.default_rng(0).normal(size=(len(PAIRS), 16))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    given = distillation.inputs_of(PAIRS, tokenizer, recipe=recipe, seed=1)
    return distillation.DistillationLoss(student, given, vectors.astype(np.float16), recipe)


SCHEDULE = Schedule(embeddings_rate=1e-2, body_rate=1e-3)


def test_batches_hold_every_text_once_and_little_padding() -> None:
    lengths = [random.Random(n).randint(3, 200) for n in range(5000)]
    batches = batches_by_length(lengths, tokens=2048, seed=1)
    assert sorted(index for batch in batches for index in batch) == list(range(5000))
    assert batches == batches_by_length(lengths, tokens=2048, seed=1)
    padded = sum(len(batch) * max(lengths[index] for index in batch) for batch in batches)
    assert padded < 1.05 * sum(lengths)
    assert all(len(b) * max(lengths[i] for i in b) <= 2048 + 200 for b in batches if len(b) > 8)


def test_rate_rises_then_falls_to_nothing() -> None:
    factors = [SCHEDULE.factor(step, 100) for step in range(100)]
    assert max(factors) == 1
    assert factors[0] < factors[2] < factors[4]
    assert factors[50] > factors[90] > factors[99] > 0


def test_groups_of_lengths_do_not_change_the_vectors(
    student: TrainableEncoder, tokenizer: Tokenizer
) -> None:
    texts = tokenize(
        tokenizer, ["la maison bleue et la fleur bleue", "la", "la fleur", "maison"], longest=32
    )
    with torch.inference_mode():
        whole, grouped = student(texts), student.in_groups(texts, groups=3)
    torch.testing.assert_close(whole.texts, grouped.texts)
    length = grouped.mask.shape[1]
    torch.testing.assert_close(whole.tokens[:, :length], grouped.tokens)


def test_late_score_is_the_mean_of_the_best_similarities() -> None:
    tokens = torch.eye(3).unsqueeze(0)
    question = Encoded(torch.zeros(1, 3), tokens[:, :2], torch.tensor([[1, 1]]))
    passage = Encoded(torch.zeros(1, 3), tokens, torch.tensor([[0, 1, 1]]))
    # First token: its twin is padding, the best of the others is 0. Second: its twin is there.
    assert late_scores(question, passage).item() == pytest.approx(0.5)


def test_distillation_brings_the_student_to_the_teacher(
    student: TrainableEncoder, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    loss = lessons_of(student, tokenizer)
    batch = list(range(len(loss.given.identifiers)))
    before = loss(batch).item()
    train(student, [batch] * 30, loss, schedule=SCHEDULE, folder=tmp_path / "d", name="essai")
    assert loss(batch).item() < 0.5 * before
    lines = (tmp_path / "d" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["step"] == 20


def contrastive_loss(
    student: TrainableEncoder, tokenizer: Tokenizer
) -> contrastive.ContrastiveLoss:
    zeros = np.zeros((len(EXAMPLES), 16), dtype=np.float16)
    recipe = contrastive.Recipe(memory=4, groups=2)
    return contrastive.ContrastiveLoss(student, EXAMPLES, Readings(zeros, zeros), tokenizer, recipe)


def fresh_student(work: Path) -> TrainableEncoder:
    torch.manual_seed(1)
    return TrainableEncoder.load(work / transplant.STAGE)


@pytest.mark.parametrize("make_loss", [lessons_of, contrastive_loss])
def test_run_taken_up_again_ends_as_if_it_had_not_stopped(
    work: Path, tokenizer: Tokenizer, tmp_path: Path, make_loss: Callable[..., Any]
) -> None:
    batches = [[0, 1], [2, 3], [1, 2], [0, 3]] * 7
    ends = []
    for stop in (None, 22):
        student = fresh_student(work)
        loss = make_loss(student, tokenizer)
        memory = loss if hasattr(loss, "state_dict") else None
        options = {"schedule": SCHEDULE, "folder": tmp_path / str(stop), "name": "essai"}

        def failing(batch: list[int], loss=loss, seen=[]) -> torch.Tensor:  # noqa: B006
            if len(seen) == 22:
                raise KeyboardInterrupt
            seen.append(batch)
            return loss(batch)

        if stop is not None:
            with pytest.raises(KeyboardInterrupt):
                train(
                    student,
                    batches,
                    failing,
                    memory=memory,
                    seconds_between_checkpoints=-1,
                    **options,
                )
            student = fresh_student(work)
            loss = make_loss(student, tokenizer)
            memory = memory and loss
        train(student, batches, loss, memory=memory, **options)
        ends.append(student.body.embeddings.word_embeddings.weight.detach().clone())
        lines = (tmp_path / str(stop) / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["step"] for line in lines] == [20, 28]
    torch.testing.assert_close(ends[0], ends[1])


def test_checkpoint_of_other_inputs_is_refused(
    work: Path, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    def run(batches: list[list[int]], *, recipe: str = "", weight: float = 0.0) -> None:
        student = fresh_student(work)
        student.token_projection.weight.data += weight
        loss = lessons_of(student, tokenizer)
        train(
            student, batches, loss, schedule=SCHEDULE, folder=tmp_path, name="essai", recipe=recipe
        )

    run([[0, 1]])
    run([[0, 1]])
    for other in ({"recipe": "another"}, {"weight": 1.0}):
        with pytest.raises(CheckpointError, match="remove it"):
            run([[0, 1]], **other)
    with pytest.raises(CheckpointError, match="remove it"):
        run([[1, 0]])


def test_stage_stopped_half_way_is_not_taken_for_a_finished_one(
    work: Path, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    student = fresh_student(work)
    loss = lessons_of(student, tokenizer)

    def failing(batch: list[int]) -> torch.Tensor:
        if batch == [2, 3]:
            raise KeyboardInterrupt
        return loss(batch)

    options = {"schedule": SCHEDULE, "folder": tmp_path, "seconds_between_checkpoints": -1}
    with pytest.raises(KeyboardInterrupt):
        train(student, [[0, 1], [2, 3]], failing, name="essai", **options)
    with pytest.raises(CheckpointError, match="1 of 2 steps"):
        load_weights(tmp_path)


def test_teacher_reads_each_text_once(
    teacher: Teacher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = TrainableEncoder.load(teacher.folder)
    texts = ["the house", "the blue flower", "flower"]
    options = {"tokenizer": teacher.tokenizer, "longest": 32, "folder": tmp_path / "vectors"}
    first = np.array(teacher_vectors(texts, teacher=encoder, **options))
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-2)
    other = TrainableEncoder.load(teacher.folder)
    other.body.embeddings.word_embeddings.weight.data.mul_(-1)
    assert not np.array_equal(teacher_vectors(texts, teacher=other, **options), first)
    monkeypatch.setattr(TrainableEncoder, "forward", None)
    np.testing.assert_array_equal(teacher_vectors(texts, teacher=encoder, **options), first)


def test_words_of_a_text_are_told_apart_whatever_the_batch(teacher: Teacher) -> None:
    encoder = TrainableEncoder.load(teacher.folder)
    texts = ["the house", "the blue flower", "the blue house"]
    options = {"teacher": encoder, "tokenizer": teacher.tokenizer, "longest": 32}
    together = word_vectors(texts, **options)
    alone = np.concatenate([word_vectors([text], **options) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-3)
    assert together[1] @ together[2] < 0.99


def test_neighbours_come_from_words_and_from_meaning() -> None:
    readings = Readings(
        questions=np.eye(4, 4, k=1).astype(np.float16), passages=np.eye(4).astype(np.float16)
    )
    near = neighbours(EXAMPLES, readings, str.split, count=1)
    assert near[0][0] == 1, "the first question points at the second passage"
    assert all(index not in found for index, found in enumerate(near))


def test_batches_of_neighbours_keep_them_together_and_one_key_apart() -> None:
    near = [[1, 2], [0], [0], [4], [3], []]
    batches = batches_of_neighbours(near, ["a", "b", "a", "c", "d", "e"], size=2, seed=1, cluster=2)
    assert sorted(index for batch in batches for index in batch) == list(range(6))
    assert any(set(batch) == {0, 1} for batch in batches)
    assert not any(set(batch) == {0, 2} for batch in batches)


def test_what_may_answer_as_well_is_no_negative() -> None:
    examples = [Example(question="", passage="", key=key) for key in ("a", "a", "b", "c", "d")]
    passages = np.eye(5, 8)
    passages[3] = passages[2]
    questions = np.zeros((5, 8))
    questions[0, 4] = 1
    readings = Readings(questions.astype(np.float16), passages.astype(np.float16))
    barred = not_negatives(examples, readings, range(5), range(5))
    assert barred[0, 1], "same key"
    assert barred[2, 3], "same text"
    assert barred[0, 4], "far better found than its own"
    assert not barred[1, 2]
    assert not barred[4, 0]


def test_contrastive_loss_falls_and_trains_both_readings(
    student: TrainableEncoder, tokenizer: Tokenizer, tmp_path: Path
) -> None:
    loss = contrastive_loss(student, tokenizer)
    rows = list(range(len(EXAMPLES)))
    before, projection = loss(rows).item(), student.token_projection.weight.detach().clone()
    train(student, [rows] * 40, loss, schedule=SCHEDULE, folder=tmp_path / "c", name="essai")
    assert loss(rows).item() < before
    assert not torch.equal(student.token_projection.weight, projection)


def test_distillation_is_replayed_every_few_steps() -> None:
    steps = contrastive.steps_of([[1], [2], [3], [4], [5]], [[7], [8]], 2)
    assert [step.kind[0] for step in steps] == list("ccdccdc")
    assert [step.rows for step in steps if step.kind == "distillation"] == [[7], [8]]


def test_exported_folder_loads_with_sentence_transformers_alone(
    work: Path, student: TrainableEncoder, tokenizer: Tokenizer
) -> None:
    loss = lessons_of(student, tokenizer)
    train(student, [[0, 1]], loss, schedule=SCHEDULE, folder=work / "contrastive", name="essai")
    out = work.parent / "model"
    fingerprint = export.export(work, stages=["contrastive"], out=out)
    again = work.parent / "again"
    assert export.export(work, stages=["contrastive", "contrastive"], out=again) == fingerprint
    vectors = SentenceTransformer(str(out), device="cpu").encode(["la maison"])
    with torch.inference_mode():
        expected = student(tokenize(tokenizer, ["la maison"], longest=32)).texts
    np.testing.assert_allclose(vectors, expected.numpy(), atol=2e-3)
    assert load_file(out / export.PROJECTION)["weight"].shape == (64, 16)


def test_weights_of_two_stages_are_averaged(
    work: Path, student: TrainableEncoder, tokenizer: Tokenizer
) -> None:
    loss = lessons_of(student, tokenizer)
    start = student.body.embeddings.word_embeddings.weight.detach().clone()
    train(student, [], loss, schedule=SCHEDULE, folder=work / "first", name="essai")
    train(student, [[0, 1]], loss, schedule=SCHEDULE, folder=work / "second", name="essai")
    end = student.body.embeddings.word_embeddings.weight.detach()
    out = work.parent / "mean"
    export.export(work, stages=["first", "second"], out=out)
    found = load_file(out / export.WEIGHTS)["embeddings.word_embeddings.weight"].float()
    torch.testing.assert_close(found, (start + end) / 2, atol=1e-3, rtol=1e-2)
