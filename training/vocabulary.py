"""Stage 1: the new WordPiece vocabulary: lower case, no accents, French elisions kept whole."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Annotated

import typer
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece
from tokenizers.trainers import WordPieceTrainer

from training.data.corpora import Corpora, read_corpora, sample_pairs
from training.data.terms import names
from training.models.teacher import SPECIAL_TOKENS, find_teacher
from training.options import OUR_TERMS, Data, Seed, Thesaurus, Work

STAGE = "vocabulary"
TOKENIZER = "tokenizer.json"
SIZE = 33_600
"""The most that keeps the weights below 48 MB: a token costs 768 bytes."""

CANDIDATES = 60_000
"""Tokens learnt before the most used are kept: half of them only served to build longer ones."""

BORROWED = 5_000
"""Words of the thesaurus and of the teacher, the commonest first: « dpo », « spam », « cloud ».
Too rare in our texts to be learnt from them, they are in questions, and the teacher knows most."""

LAW_PAIRS = 80_000

COUNTED_TOGETHER = 20_000
CONTINUATION = "##"
ALPHABET = 200
WORDS = (
    r"(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[\p{L}\p{N}])"
    r"|[\p{L}\p{M}\p{N}]+"
    r"|[^\s\p{L}\p{M}\p{N}]"
)
_A_WORD = re.compile("[a-z]{3,}")


def new_tokenizer(vocabulary: dict[str, int] | None = None) -> Tokenizer:
    """Build a tokenizer over a vocabulary (empty when it is still to be learnt).

    Typographic apostrophes become ``'``, no-break spaces become spaces, and an elided
    word (``l'``, ``qu'``) is one word.
    """
    tokenizer = Tokenizer(WordPiece(vocabulary or {}, unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u2018\u2019\u02bc\u2032]"), "'"),
            normalizers.Replace(Regex("[\u00a0\u202f\u2007\u2009]"), " "),
            normalizers.Replace(Regex("[\u0153\u0152]"), "oe"),
            normalizers.BertNormalizer(lowercase=True, strip_accents=True),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORDS), behavior="removed", invert=True)
    tokenizer.decoder = decoders.WordPiece(prefix=CONTINUATION)
    return tokenizer


def learn_tokenizer(texts: Iterable[str], *, size: int, progress: bool = True) -> Tokenizer:
    """Learn a WordPiece tokenizer of at most ``size`` tokens from texts.

    The special tokens take the first identifiers and the others follow in alphabetical
    order, so that the identifiers do not depend on the order of learning.
    """
    corpus = list(texts)
    learner = new_tokenizer()
    alphabet = _alphabet(learner, corpus)
    # Ties between merges are broken by identifier: naming the continued letters beforehand
    # fixes theirs, which the trainer would otherwise take from the order of a hash table.
    reserved = [*SPECIAL_TOKENS, *(CONTINUATION + letter for letter in alphabet)]
    trainer = WordPieceTrainer(
        vocab_size=size,
        min_frequency=2,
        limit_alphabet=len(alphabet),
        initial_alphabet=alphabet,
        special_tokens=reserved,
        continuing_subword_prefix=CONTINUATION,
        show_progress=progress,
    )
    learner.train_from_iterator(corpus, trainer)
    learnt = sorted(set(learner.get_vocab()) - set(SPECIAL_TOKENS))
    tokens = [*SPECIAL_TOKENS, *learnt]
    tokenizer = new_tokenizer({token: index for index, token in enumerate(tokens)})
    return _with_special_tokens(tokenizer)


def most_used(
    tokenizer: Tokenizer,
    texts: Sequence[str],
    *,
    size: int,
    words: Iterable[str] = (),
    borrowed: int = 0,
) -> Tokenizer:
    """Return a tokenizer with the tokens that cut the texts most often, and borrowed words.

    WordPiece keeps every step on the way to a longer token; once that one is there, most of
    them cut nothing. Single characters stay, so that every text can still be cut.

    Args:
        tokenizer: learnt with more tokens than wanted.
        texts: what is counted.
        size: tokens of the result; more where single characters and borrowed words alone are.
        words: those worth a token that the texts do not show, the best first.
        borrowed: how many of them are taken.
    """
    counts: Counter[str] = Counter()
    for start in range(0, len(texts), COUNTED_TOGETHER):
        batch = texts[start : start + COUNTED_TOGETHER]
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            counts.update(encoding.tokens)
    learnt = set(tokenizer.get_vocab()) - set(SPECIAL_TOKENS)
    kept = {token for token in learnt if len(token.removeprefix(CONTINUATION)) == 1}
    ranked = sorted(learnt - kept, key=lambda token: (-counts[token], token))
    room = max(size - borrowed - len(SPECIAL_TOKENS) - len(kept), 0)
    kept.update(ranked[:room])
    kept.update(islice((word for word in words if word not in kept), borrowed))
    vocabulary = [*SPECIAL_TOKENS, *sorted(kept)]
    chosen = new_tokenizer({token: index for index, token in enumerate(vocabulary)})
    return _with_special_tokens(chosen)


def words_of(tokenizer: Tokenizer) -> list[str]:
    """Return the whole words of the teacher's vocabulary, which goes from common to rare."""
    return [token for token in tokens_in_order(tokenizer) if _A_WORD.fullmatch(token)]


def words_in(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """Return the distinct words of texts as the tokenizer sees them, in order."""
    found = (
        word
        for text in texts
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(
            tokenizer.normalizer.normalize_str(text)
        )
    )
    return [word for word in dict.fromkeys(found) if _A_WORD.fullmatch(word)]


def vocabulary_texts(
    corpora: Corpora, *, law_pairs: int = LAW_PAIRS, seed: int = 1
) -> Iterator[str]:
    """Yield the texts the vocabulary is learnt on, in both languages.

    ``law_pairs`` sentences of law are drawn, so that everyday words keep their share.
    """
    laws = sample_pairs(corpora.laws, count=law_pairs, seed=seed)
    for pair in (*laws, *corpora.everyday, *corpora.gdpr):
        yield pair.french
        yield pair.english
    yield from corpora.wikipedia


def tokens_in_order(tokenizer: Tokenizer) -> list[str]:
    """Return the tokens of a tokenizer, by identifier."""
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)


def _alphabet(tokenizer: Tokenizer, texts: Iterable[str]) -> list[str]:
    """Return the commonest characters after normalisation, in alphabetical order."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(tokenizer.normalizer.normalize_str(text))
    ranked = sorted(counts, key=lambda character: (-counts[character], character))
    return sorted(character for character in ranked[:ALPHABET] if not character.isspace())


def _with_special_tokens(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.add_special_tokens(list(SPECIAL_TOKENS))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[
            ("[CLS]", tokenizer.token_to_id("[CLS]")),
            ("[SEP]", tokenizer.token_to_id("[SEP]")),
        ],
    )
    return tokenizer


def main(
    data: Data,
    work: Work,
    thesaurus: Thesaurus = OUR_TERMS,
    size: Annotated[int, typer.Option(help="Most tokens.")] = SIZE,
    seed: Seed = 1,
) -> None:
    """Learn the vocabulary; the result is ``vocabulary/tokenizer.json`` in the work folder."""
    texts = list(vocabulary_texts(read_corpora(data), seed=seed))
    learnt = learn_tokenizer(texts, size=max(CANDIDATES, size))
    ours = words_in(learnt, names(thesaurus))
    teacher = Tokenizer.from_file(str(find_teacher() / TOKENIZER))
    tokenizer = most_used(
        learnt, texts, size=size, words=(*ours, *words_of(teacher)), borrowed=BORROWED
    )
    (work / STAGE).mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(work / STAGE / TOKENIZER))
    typer.echo(f"{tokenizer.get_vocab_size()} tokens: {work / STAGE / TOKENIZER}")


if __name__ == "__main__":
    typer.run(main)
