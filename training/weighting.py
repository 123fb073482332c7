"""Stage 6: in the vector of a text, a rare word weighs more than a common one.

Arora et al. 2017 (« A simple but tough-to-beat baseline for sentence embeddings »): a token with
frequency p weighs a / (a + p) in the mean. Both ends of a text, in every text, weigh least. The
weights are added to an encoder that is trained: training with them brought nothing, the body then
makes up for them.
"""

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.data.corpora import read_corpora
from training.models.model_folder import MAX_TOKENS, write_token_weights
from training.options import Data, Seed
from training.vocabulary import tokens_in_order, vocabulary_texts

SMOOTHING = 0.003
"""The frequency at which a token weighs half as much as one never seen."""

DIGITS = 2
COUNTED_TOGETHER = 20_000


def frequencies(tokenizer: Tokenizer, texts: Iterable[str]) -> NDArray[np.float64]:
    """Return the share of each token among all those of texts, special ones included."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    counts = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    rest = iter(texts)
    while some := list(islice(rest, COUNTED_TOGETHER)):
        encodings = tokenizer.encode_batch_fast(some)
        seen = np.fromiter(chain.from_iterable(one.ids for one in encodings), dtype=np.int64)
        counts += np.bincount(seen, minlength=len(counts))
    return np.asarray(counts / max(1, counts.sum()))


def weights_of(
    tokenizer: Tokenizer, texts: Iterable[str], *, smoothing: float = SMOOTHING
) -> dict[str, float]:
    """Return what each token weighs, from 0 to 1; those too rare to weigh less are left out.

    Args:
        tokenizer: cuts the texts.
        texts: what frequencies are counted on.
        smoothing: the frequency of a weight of one half; the smaller, the less common words count.
    """
    weights = smoothing / (smoothing + frequencies(tokenizer, texts))
    named = zip(tokens_in_order(tokenizer), np.round(weights, DIGITS).tolist(), strict=True)
    return {token: weight for token, weight in named if weight < 1}


def main(
    model: Annotated[Path, typer.Argument(help="Folder that export wrote.", exists=True)],
    data: Data,
    smoothing: Annotated[float, typer.Option(help="Frequency of weight one half.")] = SMOOTHING,
    seed: Seed = 1,
) -> None:
    """Write into an encoder's folder what each token weighs in the vector of a text."""
    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    texts = vocabulary_texts(read_corpora(data), seed=seed)
    weights = weights_of(tokenizer, texts, smoothing=smoothing)
    write_token_weights(model, weights, vocabulary=tokens_in_order(tokenizer))
    typer.echo(f"{len(weights)} tokens weigh less than one: {model}")


if __name__ == "__main__":
    typer.run(main)
