"""How much of a sentence goes against the words of the sources that are like it.

Each token of the sentence is near one token of the sources. Where the two are alike, and one is
denied and the other not, or one is an obligation and the other a choice, the sentence says another
thing in like words. All is given as shares, 0 to 1, which ``rag.verification.meaning`` weighs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rag.french import sentence_spans
from rag.late_interaction import TokenVectors, nearest_tokens
from rag.references.reference import level
from rag.verification.evidence import Evidence, read_text
from rag.verification.named import actors_in, with_implied
from rag.verification.stance import FORCES, Modality, is_borne_out, read_stances

LEAST_ALIKE = 0.5
"""Similarity from which two tokens are taken to say the same."""

LIKE = 0.85
"""Share of the nearness of the nearest sentence of the sources from which others are read too."""

LEAST_WEIGHT = 0.6
"""Weight from which a token says something by itself."""

LEAST_SHARE = 0.2
"""Share of the sentence from which what is compared counts in full."""

_ANTONYMS = tuple(
    tuple(re.compile(rf"\b(?:{word})\b") for word in pair.split(" / "))
    for pair in (
        "avant(?! tout) / apres",
        "minimum|minimale?s?|au moins / maximum|maximale?s?|au plus|jusqu'a",
        "superieure?s? / inferieure?s?",
        "plus haut|plus eleve|plus fort / plus bas|plus faible|moins eleve",
        "public|publics|publique|publiques / prive|prives|privee|privees",
        "tous|toutes|tout|toute|chaque|toujours|systematiquement|quel que soit|sans exception"
        " / certains|certaines|parfois|quelques|en principe",
        "gratuit\\w* / payant\\w*",
        "accept\\w+ / refus\\w+",
        "augment\\w+|prolong\\w+|allong\\w+ / redui\\w+|abreg\\w+|diminu\\w+|raccourc\\w+",
        "a l'exception|sauf|hors|excepte|a moins / y compris|meme si|meme en cas",
        "seulement|seule?s?|uniquement|exclusivement / egalement|aussi|notamment|y compris",
        "interne|internes / externe|externes|tiers",
        "directe?s?|directement / indirecte?s?|indirectement",
        "ecrit|ecrite|par ecrit / orale?s?|oralement",
        "avec / sans",
        "ancien\\w*|precedent\\w* / nouve\\w+|suivant\\w*",
    )
)
_UNIVERSAL = re.compile(
    r"\b(?:tous|toutes|toujours|chaque|systematiquement|quel(?:le)?s? que soi\w+|sans exception"
    r"|dans tous les cas|jamais|sans condition|en toute circonstance|uniquement|seulement"
    r"|exclusivement|seule?s?|n'importe)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oppositions:
    """What goes against the sources, each a share from 0 to 1.

    Attributes:
        denied: of what the sentence denies, what like words of the sources do not.
        affirmed: of the sentence, what it does not deny though like words of the sources do; half
            of that where it denies something, since which of its words is read roughly.
        force: of what it obliges, allows or advises, what like words do not.
        unforced: of the sentence, what it only states though like words allow or advise it.
        actors: of the actors that it names, those that the like sentences do not.
        antonyms: whether it has a word whose contrary stands in the like sentences.
        universal: whether it says « tous », « toujours », « seul », where they do not.
    """

    denied: float = 0.0
    affirmed: float = 0.0
    force: float = 0.0
    unforced: float = 0.0
    actors: float = 0.0
    antonyms: float = 0.0
    universal: float = 0.0


def find_oppositions(text: str, tokens: TokenVectors, sources: Sequence[Evidence]) -> Oppositions:
    """Compare a sentence, token by token, with the words of the sources that are like its own."""
    read = list(_like_parts(tokens, sources))
    if not read:
        return Oppositions()
    where, similarities = nearest_tokens(tokens, [one for _, one in read])
    starts = np.concatenate([one.starts for _, one in read])
    owners = np.concatenate([np.full(len(one), place) for place, (_, one) in enumerate(read)])
    mine = read_stances(text)
    theirs = [read_stances(words) for words, _ in read]
    kept = (tokens.starts >= 0) & (starts[where] >= 0) & (similarities >= LEAST_ALIKE)
    kept &= ~mine.marker[np.maximum(tokens.starts, 0)] & (tokens.weights >= LEAST_WEIGHT)
    weights = np.where(kept, tokens.weights.astype(np.float64) * similarities, 0.0)
    at = np.maximum(tokens.starts, 0)
    denied, refused, force = mine.denied[at], mine.refused[at], mine.force[at]
    pairs = [(theirs[owners[place]], max(0, int(starts[place]))) for place in where]
    denied_there = np.array([stances.denied[start] for stances, start in pairs])
    refused_there = np.array([stances.refused[start] for stances, start in pairs])
    force_there = np.array([stances.force[start] for stances, start in pairs])
    like = "\n".join(dict.fromkeys(_like_sentences(read, owners, starts, where, weights)))
    return Oppositions(
        denied=_share(weights, refused, ~denied_there),
        affirmed=_share(weights, refused_there, ~denied) * (0.5 if mine.denied.any() else 1.0),
        force=_share(weights, force > 0, _is_against(force, force_there)),
        unforced=_share(weights, np.isin(force_there, _OPTIONAL), force == 0),
        actors=_other_actors(text, like),
        antonyms=float(_has_antonym(level(text), level(like))),
        universal=float(
            _UNIVERSAL.search(level(text)) is not None and _UNIVERSAL.search(level(like)) is None
        ),
    )


def _like_parts(
    said: TokenVectors, sources: Sequence[Evidence]
) -> Iterator[tuple[str, TokenVectors]]:
    """Yield what was read of each passage, with the tokens of the sentences that are the nearest.

    Headings are left out: one often asks (« Faut-il… ? ») what the words below it deny.
    """
    scores = [source.nearness(said) for source in sources]
    least = LIKE * max((float(score.max(initial=0.0)) for score in scores), default=0.0)
    for source, score in zip(sources, scores, strict=True):
        near = [quote for quote, value in zip(source.quotes, score, strict=True) if value >= least]
        for hit, tokens in zip(source.hits, source.tokens, strict=True):
            text = read_text(hit)
            offset = len(text) - len(hit.passage.text) - hit.passage.start
            spans = [quote.span for quote in near if quote.hit is hit]
            kept = np.zeros(len(tokens), dtype=np.bool_)
            for span in spans:
                kept |= (tokens.starts >= span.start + offset) & (tokens.starts < span.end + offset)
            if kept.any():
                yield (
                    text,
                    replace(
                        tokens,
                        vectors=tokens.vectors[kept],
                        starts=tokens.starts[kept],
                        weights=tokens.weights[kept],
                    ),
                )


_OPTIONAL = [FORCES.index(Modality.PERMISSION), FORCES.index(Modality.ADVICE)]


def _share(weights: NDArray[np.float64], of: NDArray[np.bool_], which: NDArray[np.bool_]) -> float:
    """Give the share of some tokens that are against; less where they are few in the sentence."""
    whole, total = float(weights[of].sum()), float(weights.sum())
    if not whole:
        return 0.0
    return float(weights[of & which].sum()) / max(whole, LEAST_SHARE * total)


def _is_against(force: NDArray[np.int8], there: NDArray[np.int8]) -> NDArray[np.bool_]:
    return np.array(
        [
            mine > 0 and not is_borne_out(FORCES[mine], FORCES[its])
            for mine, its in zip(force, there, strict=True)
        ],
        dtype=np.bool_,
    )


def _like_sentences(
    read: Sequence[tuple[str, TokenVectors]],
    owners: NDArray[np.int64],
    starts: NDArray[np.int32],
    where: NDArray[np.int64],
    weights: NDArray[np.float64],
) -> Iterator[str]:
    """Yield the sentences of the sources where at least a fifth of the weight goes."""
    votes: dict[tuple[int, int, int], float] = {}
    for place, weight in zip(where, weights, strict=True):
        if not weight:
            continue
        owner, start = int(owners[place]), int(starts[place])
        for span in sentence_spans(read[owner][0]):
            if span.start <= start < span.end:
                votes[owner, *span] = votes.get((owner, *span), 0.0) + float(weight)
    whole = sum(votes.values())
    for (owner, start, end), weight in votes.items():
        if weight >= 0.2 * whole:
            yield read[owner][0][start:end]


def _other_actors(text: str, like: str) -> float:
    said, there = actors_in(text), with_implied(actors_in(like))
    if not said or not there:
        return 0.0
    keys = {name.key for name in said}
    return sum(not (with_implied([n for n in said if n.key == key]) & there) for key in keys) / len(
        keys
    )


def _has_antonym(text: str, like: str) -> bool:
    for one, other in _ANTONYMS:
        for mine, its in ((one, other), (other, one)):
            if mine.search(text) and its.search(like) and not mine.search(like):
                return True
    return False
