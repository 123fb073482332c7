"""Stage 2: give an English sentence encoder a French vocabulary, without gradient training.

The body of the teacher is kept as it is; only its vocabulary and the embeddings of its words
are replaced. Each new token starts as the weighted mean of the English word pieces that it
translates to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import typer
from rich.console import Console
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from training import vocabulary
from training.alignment.aligner import Sentence, align
from training.alignment.embedding_table import build_table
from training.alignment.english import overlap_counts
from training.data.corpora import Corpora, Pair, read_corpora, sample_pairs
from training.data.terms import translations
from training.models.model_folder import read_architecture, write_model
from training.models.teacher import WORD_EMBEDDINGS, Teacher, find_teacher, load_teacher, sha256_of
from training.options import OUR_TERMS, Data, Seed, Thesaurus, Work

STAGE = "transplant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The choices that make the model; the defaults are what was found best so far.

    ``law_pairs`` and ``everyday_pairs`` are drawn at random from ``seed``. ``english_share``
    weighs the English spelling of a token against its French translations. Each pair of the
    thesaurus counts ``terms_repeated`` times: many of its words are nowhere else.
    ``embeddings_weight`` is what the embedding of a token weighs in its state, the rest being its
    state after the last layer: a small body loses which words it read, and this keeps them.
    """

    law_pairs: int = 300_000
    everyday_pairs: int = 170_000
    longest_sentence: int = 80
    longest_gdpr_paragraph: int = 160
    iterations: int = 6
    english_share: float = 0.3
    embeddings_weight: float = 1 / 3
    terms_repeated: int = 20
    seed: int = 1


def transplant(
    corpora: Corpora,
    teacher: Teacher,
    tokenizer: Tokenizer,
    *,
    recipe: Recipe,
    out: Path,
    terms: Sequence[Pair] = (),
    progress: bool = True,
) -> str:
    """Make the model and write it as a sentence-transformers folder; return its fingerprint.

    The fingerprint is the SHA-256 of ``model.safetensors``: the same corpora, teacher,
    vocabulary and recipe give the same one.
    """
    laws = sample_pairs(corpora.laws, count=recipe.law_pairs, seed=recipe.seed)
    everyday = sample_pairs(corpora.everyday, count=recipe.everyday_pairs, seed=recipe.seed)
    sentences = [*laws, *everyday, *corpora.glossary, *list(terms) * recipe.terms_repeated]
    counts = count_translations(
        sentences,
        corpora.gdpr,
        tokenizer=tokenizer,
        teacher=teacher,
        recipe=recipe,
        progress=progress,
    )
    table = build_table(
        counts, tokenizer=tokenizer, teacher=teacher.tokenizer, vectors=teacher.word_embeddings
    )
    architecture = read_architecture(teacher.folder)
    between = [0.0] * (architecture["num_hidden_layers"] - 1)
    share = recipe.embeddings_weight
    write_model(
        out,
        tensors={**teacher.tensors, WORD_EMBEDDINGS: torch.from_numpy(table)},
        tokenizer=tokenizer,
        architecture=architecture,
        layer_weights=[share, *between, 1 - share] if share else (),
    )
    return sha256_of(out / "model.safetensors")


def count_translations(
    sentences: Sequence[Pair],
    paragraphs: Sequence[Pair],
    *,
    tokenizer: Tokenizer,
    teacher: Teacher,
    recipe: Recipe,
    progress: bool = False,
) -> csr_array:
    """Return how often each new token stands for each word piece of the teacher.

    Shape: (new vocabulary, teacher's vocabulary). Pairs with a side longer than the recipe
    allows are left out of the alignment, which costs the product of both lengths.
    """
    short = _cut(sentences, tokenizer, teacher.tokenizer, longest=recipe.longest_sentence)
    long = _cut(paragraphs, tokenizer, teacher.tokenizer, longest=recipe.longest_gdpr_paragraph)
    translated = align(
        [french for french, _ in (*short, *long)],
        [english for _, english in (*short, *long)],
        source_size=tokenizer.get_vocab_size(),
        target_size=teacher.tokenizer.get_vocab_size(),
        iterations=recipe.iterations,
        progress=progress,
    )
    english = (pair.english for pair in (*sentences, *paragraphs))
    spelt = overlap_counts(tokenizer, teacher.tokenizer, english)
    return csr_array(translated + recipe.english_share * spelt)


def _cut(
    pairs: Sequence[Pair], tokenizer: Tokenizer, teacher: Tokenizer, *, longest: int
) -> list[tuple[Sentence, Sentence]]:
    french = tokenizer.encode_batch([pair.french for pair in pairs], add_special_tokens=False)
    english = teacher.encode_batch([pair.english for pair in pairs], add_special_tokens=False)
    return [
        (left.ids, right.ids)
        for left, right in zip(french, english, strict=True)
        if 0 < len(left.ids) <= longest and 0 < len(right.ids) <= longest
    ]


def main(
    data: Data,
    work: Work,
    thesaurus: Thesaurus = OUR_TERMS,
    seed: Seed = 1,
) -> None:
    """Give the teacher the new vocabulary; the result is a model folder, ``transplant``."""
    fingerprint = transplant(
        read_corpora(data),
        load_teacher(find_teacher()),
        Tokenizer.from_file(str(work / vocabulary.STAGE / vocabulary.TOKENIZER)),
        recipe=Recipe(seed=seed),
        out=work / STAGE,
        terms=translations(thesaurus),
    )
    weights = work / STAGE / "model.safetensors"
    Console().print(f"{weights}  sha256 {fingerprint}", soft_wrap=True)


if __name__ == "__main__":
    typer.run(main)
