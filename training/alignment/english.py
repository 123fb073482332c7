"""How the new tokens cut English text, told in the teacher's word pieces."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array
from tokenizers import Tokenizer


def overlap_counts(tokenizer: Tokenizer, teacher: Tokenizer, texts: Iterable[str]) -> csr_array:
    """Return how often each new token covers each word piece of the teacher, in English texts.

    Both tokenizers cut the same word; a token counts for the pieces that it shares characters
    with, in proportion. Shape: (size of ``tokenizer``, size of ``teacher``). A token spelt as
    in the teacher's vocabulary thus keeps its vector.
    """
    frequencies = _word_frequencies(tokenizer, texts)
    words = sorted(frequencies)
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    new_cuts = tokenizer.encode_batch(words, add_special_tokens=False)
    teacher_cuts = teacher.encode_batch(words, add_special_tokens=False)
    for word, new, old in zip(words, new_cuts, teacher_cuts, strict=True):
        for token, (start, end) in zip(new.ids, new.offsets, strict=True):
            for piece, (left, right) in zip(old.ids, old.offsets, strict=True):
                shared = min(end, right) - max(start, left)
                if shared > 0:
                    rows.append(token)
                    columns.append(piece)
                    weights.append(frequencies[word] * shared / (end - start))
    shape = (tokenizer.get_vocab_size(), teacher.get_vocab_size())
    return csr_array((np.array(weights, dtype=np.float32), (rows, columns)), shape=shape)


def _word_frequencies(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    frequencies: Counter[str] = Counter()
    for text in texts:
        words = tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(text))
        frequencies.update(word for word, _ in words)
    return frequencies
