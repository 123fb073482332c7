"""Rerankers for tests: one with scores that a test gives, and real ones without training."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from rag.reranker import Reranker

UNKNOWN = 0.01


class KnownScores(Reranker):
    """Gives the score of the first words that a passage holds; notes what it was asked."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.known = scores
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((question, tuple(passages)))
        return np.array([self._score(passage) for passage in passages], dtype=np.float32)

    def _score(self, passage: str) -> float:
        return next((score for words, score in self.known.items() if words in passage), UNKNOWN)

    @property
    def passages(self) -> tuple[str, ...]:
        """Those of the last question."""
        return self.asked[-1][1]


def make_cross_encoder(
    folder: Path, *, labels: int = 1, half: bool = False, names: Sequence[str] = ()
) -> Path:
    """Save a cross-encoder of two layers, drawn by chance, which reads letters."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    folder.mkdir(parents=True)
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [*ascii_lowercase, *(f"##{letter}" for letter in ascii_lowercase)]
    (folder / "vocab.txt").write_text("\n".join(marks + letters), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(marks + letters),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
        num_labels=labels,
        **({"id2label": dict(enumerate(names))} if names else {}),
        initializer_range=0.5,
    )
    torch.manual_seed(0)
    model = BertForSequenceClassification(config)
    (model.half() if half else model).save_pretrained(folder)
    BertTokenizerFast.from_pretrained(folder).save_pretrained(folder)
    return folder
