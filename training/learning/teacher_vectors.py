"""What the teacher says of the English sentences, computed once and kept on disk."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import normalize
from tqdm import tqdm

from training.learning.batches import cut_sorted
from training.learning.loop import digest_of, mixed_precision
from training.models.encoder import TrainableEncoder, tokenize

TOKENS = 8192
CHARACTERS_A_TOKEN = 4
SPECIAL = 2
"""Tokens at both ends of a text."""

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
    order, lengths = _sorted(texts)
    with tqdm(total=len(texts), initial=done, desc="professeur", unit="texte") as bar:
        for number, batch in enumerate(cut_sorted(order[done:], lengths, tokens=TOKENS)):
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
    for batch in cut_sorted(*_sorted(texts), tokens=TOKENS):
        tokens, mask = teacher.pad([identifiers[index] for index in batch])
        with torch.inference_mode():
            states = teacher.body.embeddings(input_ids=tokens) * mask.unsqueeze(-1)
            vectors[batch] = normalize(states.sum(dim=1), dim=-1).cpu().numpy()
    return vectors


def _sorted(texts: Sequence[str]) -> tuple[list[int], list[float]]:
    """Return texts from the shortest to the longest, and about how many tokens each has."""
    order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
    return order, [len(text) / CHARACTERS_A_TOKEN + SPECIAL for text in texts]
