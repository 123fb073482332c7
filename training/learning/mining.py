"""Put passages that are hard to tell apart into one batch, and know which are not to be told apart.

A batch of neighbours gives hard negatives at no cost: each passage is encoded once and is a
negative for every other question. Neighbours come from BM25 (same words, other meaning) and from
the encoder itself (what it confuses today).
"""

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from training.data.examples import Example
from training.learning.batches import cut_sorted
from training.learning.loop import mixed_precision
from training.models.encoder import TrainableEncoder, tokenize

NEIGHBOURS = 8
"""Of each question, on each side."""

SAME_PASSAGE = 0.93
"""Cosine above which two passages say the same thing."""

LEAD = 0.1
"""A passage that beats the labelled one by more than this probably answers as well."""

BLOCK = 512
TOKENS = 8192

READ = 128
"""Tokens of a passage read to find its neighbours: its beginning tells what it is about."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The vectors that an encoder gave to examples before training, (examples, dimension) each."""

    questions: NDArray[np.float16]
    passages: NDArray[np.float16]


def read_examples(
    examples: Sequence[Example], encoder: TrainableEncoder, tokenizer: Tokenizer
) -> Readings:
    """Encode the questions and the passages of examples."""
    return Readings(
        _encode([example.question for example in examples], encoder, tokenizer, READ),
        _encode([example.passage for example in examples], encoder, tokenizer, READ),
    )


def neighbours(
    examples: Sequence[Example],
    readings: Readings,
    terms: Callable[[str], Sequence[str]],
    *,
    count: int = NEIGHBOURS,
) -> list[list[int]]:
    """Return for each example those whose passages its question finds, BM25's and the encoder's.

    Args:
        examples: all the examples.
        readings: their vectors.
        terms: what BM25 counts in a text.
        count: neighbours from each side.
    """
    index = bm25s.BM25()
    index.index([terms(example.passage) for example in examples], show_progress=False)
    known = index.vocab_dict
    found: list[list[int]] = []
    passages = readings.passages.astype(np.float32)
    for start in tqdm(range(0, len(examples), BLOCK), desc="voisins", unit="lot"):
        block = readings.questions[start : start + BLOCK].astype(np.float32) @ passages.T
        for row, scores in enumerate(block):
            words = [w for w in terms(examples[start + row].question) if w in known]
            lexical = index.get_scores(words) if words else np.zeros(0)
            near = [*_best(scores, count), *_best(lexical, count)]
            found.append([other for other in dict.fromkeys(near) if other != start + row])
    return found


def batches_of_neighbours(
    near: Sequence[Sequence[int]],
    keys: Sequence[str],
    *,
    size: int,
    seed: int,
    cluster: int,
) -> list[list[int]]:
    """Return batches of examples, each made of clusters of neighbours; every example once.

    Two examples of one key are no negatives of each other, so that no cluster holds both.
    """
    generator = random.Random(seed)
    order = list(range(len(near)))
    generator.shuffle(order)
    free = set(order)
    clusters: list[list[int]] = []
    for first in order:
        if first in free:
            clusters.append(_cluster(first, near, keys, free, cluster))
    generator.shuffle(clusters)
    flat = [index for members in clusters for index in members]
    return [flat[start : start + size] for start in range(0, len(flat), size)]


def not_negatives(
    examples: Sequence[Example], readings: Readings, rows: Sequence[int], columns: Sequence[int]
) -> NDArray[np.bool_]:
    """Tell, for questions ``rows`` and passages ``columns``, which pairs are no negatives.

    The shape is (rows, columns). A question's own passage is one of them.
    """
    passages = readings.passages.astype(np.float32)
    questions = readings.questions[list(rows)].astype(np.float32)
    own, others = passages[list(rows)], passages[list(columns)]
    same_key = np.array(
        [[examples[row].key == examples[column].key for column in columns] for row in rows]
    )
    same_text = own @ others.T > SAME_PASSAGE
    better = questions @ others.T > np.sum(questions * own, axis=1, keepdims=True) + LEAD
    return np.asarray(same_key | same_text | better, dtype=np.bool_)


def _cluster(
    first: int,
    near: Sequence[Sequence[int]],
    keys: Sequence[str],
    free: set[int],
    size: int,
) -> list[int]:
    members: list[int] = []
    taken: set[str] = set()
    waiting = deque([first])
    while waiting and len(members) < size:
        index = waiting.popleft()
        if index in free and keys[index] not in taken:
            free.remove(index)
            taken.add(keys[index])
            members.append(index)
            waiting.extend(near[index])
    return members


def _best(scores: NDArray[np.floating], count: int) -> list[int]:
    if count >= len(scores):
        return list(range(len(scores)))
    return [int(index) for index in np.argpartition(-scores, count)[:count]]


def _encode(
    texts: Sequence[str], encoder: TrainableEncoder, tokenizer: Tokenizer, longest: int
) -> NDArray[np.float16]:
    """Encode texts, each distinct one once: (texts, dimension)."""
    distinct = list(dict.fromkeys(texts))
    identifiers = tokenize(tokenizer, distinct, longest=longest)
    lengths = [len(tokens) for tokens in identifiers]
    order = sorted(range(len(distinct)), key=lengths.__getitem__)
    vectors = np.zeros((len(distinct), encoder.body.config.hidden_size), dtype=np.float16)
    with tqdm(total=len(distinct), desc="lecture", unit="texte") as bar:
        for batch in cut_sorted(order, lengths, tokens=TOKENS):
            with torch.inference_mode(), mixed_precision(encoder):
                found = encoder([identifiers[index] for index in batch]).texts
            vectors[batch] = found.cpu().numpy().astype(np.float16)
            bar.update(len(batch))
    row = {text: index for index, text in enumerate(distinct)}
    return vectors[[row[text] for text in texts]]
