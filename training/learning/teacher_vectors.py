"""What the teacher says of the English sentences, computed once and kept on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import normalize
from tqdm import tqdm

from training.learning.loop import digest_of, mixed_precision
from training.models.encoder import TrainableEncoder, tokenize

TOKENS = 8192
SAVED_EVERY = 200
"""Batches between two writings of the count of what is done."""


def teacher_vectors(
    texts: Sequence[str],
    *,
    teacher: TrainableEncoder,
    tokenizer: Tokenizer,
    longest: int,
    folder: Path,
) -> NDArray[np.float16]:
    """Return the teacher's vectors of texts, (texts, dimension), from disk where they are there.

    The file's name holds a digest of teacher and texts; work stopped half-way goes on there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dimension = teacher.body.config.hidden_size
    path = folder / f"{digest_of(teacher, texts, longest)[:16]}.npy"
    count = path.with_suffix(".done")
    done = int(count.read_text(encoding="ascii")) if path.exists() and count.exists() else 0
    vectors = np.lib.format.open_memmap(
        path,
        mode="r+" if done else "w+",
        dtype=np.float16,
        shape=(len(texts), dimension),
    )
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
    with tqdm(total=len(texts), initial=done, desc="professeur", unit="texte") as bar:
        for number, batch in enumerate(_batches(order[done:], texts)):
            identifiers = tokenize(tokenizer, [texts[index] for index in batch], longest=longest)
            with torch.inference_mode(), mixed_precision(teacher):
                vectors[batch] = teacher(identifiers).texts.cpu().numpy().astype(np.float16)
            done += len(batch)
            bar.update(len(batch))
            if number % SAVED_EVERY == 0 or done == len(texts):
                vectors.flush()
                count.write_text(str(done), encoding="ascii")
    return vectors


def word_vectors(
    texts: Sequence[str], *, teacher: TrainableEncoder, tokenizer: Tokenizer, longest: int
) -> NDArray[np.float16]:
    """Return the mean of the teacher's embeddings of each text, before any layer, of length one.

    Shape ``(texts, dimension)``. It takes seconds, so that nothing is kept on disk.
    """
    identifiers = tokenize(tokenizer, texts, longest=longest)
    vectors = np.zeros((len(texts), teacher.body.config.hidden_size), dtype=np.float16)
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
    for batch in _batches(order, texts):
        tokens, mask = teacher.pad([identifiers[index] for index in batch])
        with torch.inference_mode():
            states = teacher.body.embeddings(input_ids=tokens) * mask.unsqueeze(-1)
            vectors[batch] = normalize(states.sum(dim=1), dim=-1).cpu().numpy()
    return vectors


def _batches(order: Sequence[int], texts: Sequence[str]) -> list[list[int]]:
    """Cut texts sorted by length; four characters make about a token."""
    batches: list[list[int]] = [[]]
    for index in order:
        if (len(batches[-1]) + 1) * (len(texts[index]) / 4 + 2) > TOKENS and batches[-1]:
            batches.append([])
        batches[-1].append(index)
    return batches if order else []
