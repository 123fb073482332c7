"""How much of a sentence goes against the words of the sources that are like it.

Each token of the sentence is near one token of the sources. Where the two are alike, and one is
denied and the other not, or one is an obligation and the other a choice, the sentence says another
thing in like words. All is given as shares, 0 to 1, which ``rag.verification.meaning`` weighs.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.french import sentence_spans
from rag.late_interaction import TokenVectors, token_similarities
from rag.references.reference import level
from rag.verification.evidence import Evidence, read_text
from rag.verification.modality import FORCES, Modality, is_borne_out
from rag.verification.named import actors_in, with_implied
from rag.verification.stance import read_stances

LEAST_ALIKE = 0.5
"""Similarity from which two tokens are taken to say the same."""

AS_NEAR = 0.06
"""Difference of similarity up to which another token is as near as the nearest: a sentence goes
against its sources where it does so wherever they say about the same."""

NEARLY_ALL = 0.8
"""Nearness from which one sentence of the sources says nearly all of another."""

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
        "(?:tous|toutes)(?! (?:les )?deux)|tout|toute|chaque|toujours|systematiquement"
        "|quel que soit|sans exception"
        " / certains|certaines|parfois|quelques|en principe",
        "gratuit\\w* / payant\\w*",
        "accept\\w+ / refus\\w+",
        "augment\\w+|prolong\\w+|allong\\w+ / redui\\w+|abreg\\w+|diminu\\w+|raccourc\\w+",
        "a l'exception|sauf|hors|excepte|a moins / meme si|meme en cas|sans exception",
        "seulement|seule?s?|uniquement|exclusivement / notamment|y compris|entre autres",
        "suspen\\w+|arrete\\w*|cess\\w+ / continue\\w*|poursui\\w+",
        "secret\\w*|confidentiel\\w* / publi\\w+",
        "conformes? / contraires?",
        "(?<!pas )(?<!non )obligatoires? / facultati\\w+|volontaires?|incitati\\w+",
        "licites? / illicites?",
        "a but lucratif / a but non lucratif",
        "inclu\\w+|compri[st]\\w* dans / exclu\\w+",
        "interne|internes / externe|externes|tiers",
        "directe?s?|directement / indirecte?s?|indirectement",
        "ecrit|ecrite|par ecrit / orale?s?|oralement",
        "(?<!qu')avec(?! (?:lequel|laquelle|lesquels|lesquelles|qui)\\b)"
        " / sans (?!retard|delai|prejudice|doute|attendre|que\\b|qu')",
        "ancien\\w*|precedent\\w* / nouve\\w+|suivant\\w*",
    )
)
_UNIVERSAL = re.compile(
    r"\b(?:(?:tous|toutes)(?! (?:les )?deux)|toujours|systematiquement"
    r"|quel(?:le)?s? que soi\w+|sans exception"
    r"|dans tous les cas|jamais(?! (?:moins|plus|au-dessous|en dessous))|sans condition"
    r"|en toute circonstance|uniquement|seulement"
    r"|exclusivement|seule?s?|n'importe)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Oppositions:
    """What goes against the sources, each a share from 0 to 1.

    Attributes:
        denied: of what the sentence denies, what like words of the sources do not.
        affirmed: of the sentence, what it does not deny though like words of the sources do; half
            of that where it denies something, since which of its words is read roughly.
        freed: of what it advises or leaves free, what like words do not.
        allowed: of what it allows, what like words do not.
        bound: of what it obliges to or forbids, what like words only allow or advise.
        unforced: of the sentence, what it only states though like words allow or advise it.
        actors: of the actors that it names, those that the like sentences do not.
        antonyms: whether it has a word whose contrary stands in the like sentences.
        universal: whether it says « tous », « toujours », « seul », where they do not.
    """

    denied: float = 0.0
    affirmed: float = 0.0
    freed: float = 0.0
    allowed: float = 0.0
    bound: float = 0.0
    unforced: float = 0.0
    actors: float = 0.0
    antonyms: float = 0.0
    universal: float = 0.0


def find_oppositions(text: str, tokens: TokenVectors, sources: Sequence[Evidence]) -> Oppositions:
    """Compare a sentence, token by token, with the words of the sources that are like its own."""
    read = list(_like_parts(tokens, sources))
    if not read:
        return Oppositions()
    similarities = token_similarities(tokens, [one for _, one in read])
    nearest = similarities.max(axis=0)
    starts = np.concatenate([one.starts for _, one in read])
    owners = np.concatenate([np.full(len(one), place) for place, (_, one) in enumerate(read)])
    mine = read_stances(text)
    theirs = [read_stances(words) for words, _ in read]
    at = np.maximum(tokens.starts, 0)
    kept = (tokens.starts >= 0) & (nearest >= LEAST_ALIKE) & ~mine.marker[at]
    kept &= tokens.weights >= LEAST_WEIGHT
    weights = np.where(kept, tokens.weights.astype(np.float64) * nearest, 0.0)
    alike = (similarities >= nearest - AS_NEAR) & (starts >= 0)[:, np.newaxis]
    places = [
        (theirs[owner], max(0, int(start))) for owner, start in zip(owners, starts, strict=True)
    ]
    denied_there = np.array([stances.denied[start] for stances, start in places])
    refused_there = np.array([stances.refused[start] for stances, start in places])
    force_there = np.array([stances.force[start] for stances, start in places])
    denied, refused, force = mine.denied[at], mine.refused[at], mine.force[at]

    def all_are(there: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell of which tokens all those like them are such; shape ``(tokens,)``."""
        of = there if there.ndim > 1 else there[:, np.newaxis]
        return np.asarray(~(alike & ~of).any(axis=0) & alike.any(axis=0))

    against = all_are(_is_against(force, force_there) & ~_is_exempt(force, denied_there))
    like = "\n".join(
        dict.fromkeys(_like_sentences(read, owners, starts, similarities.argmax(axis=0), weights))
    )
    return Oppositions(
        denied=_share(weights, refused, all_are(~denied_there)),
        affirmed=_share(weights, all_are(refused_there), ~denied)
        * (0.5 if mine.denied.any() else 1.0),
        freed=_share(weights, np.isin(force, _FREE), against),
        allowed=_share(weights, np.isin(force, _ALLOWED), against),
        bound=_share(weights, np.isin(force, _BINDING), against),
        unforced=_share(weights, all_are(np.isin(force_there, _OPTIONAL)), force == 0),
        actors=max(_other_actors(text, like), _other_actors(text, _nearest_quote(tokens, sources))),
        antonyms=float(_has_antonym(level(text), level(like))),
        universal=float(
            _UNIVERSAL.search(level(text)) is not None and _UNIVERSAL.search(level(like)) is None
        ),
    )


def _nearest_quote(said: TokenVectors, sources: Sequence[Evidence]) -> str:
    """Give the one sentence of the sources that says nearly all of another; nothing if none does.

    « Le fournisseur conserve les journaux » has its subject from « le fournisseur conserve la
    documentation » and all the rest from what the deployer conserves.
    """
    found = [
        (float(score), quote.text)
        for source in sources
        for score, quote in zip(source.nearness(said), source.quotes, strict=True)
    ]
    score, text = max(found, default=(0.0, ""))
    return text if score >= NEARLY_ALL else ""


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
                yield text, tokens.where(kept)


_OPTIONAL = [FORCES.index(Modality.PERMISSION), FORCES.index(Modality.ADVICE)]
_FREE = [FORCES.index(Modality.EXEMPTION), FORCES.index(Modality.ADVICE)]
_ALLOWED = [FORCES.index(Modality.PERMISSION), FORCES.index(Modality.ENABLEMENT)]
_BINDING = [FORCES.index(Modality.OBLIGATION), FORCES.index(Modality.PROHIBITION)]


def _share(weights: NDArray[np.float64], of: NDArray[np.bool_], which: NDArray[np.bool_]) -> float:
    """Give the share of some tokens that are against; less where they are few in the sentence."""
    whole, total = float(weights[of].sum()), float(weights.sum())
    if not whole:
        return 0.0
    return float(weights[of & which].sum()) / max(whole, LEAST_SHARE * total)


def _is_against(force: NDArray[np.int8], there: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Tell where a force cannot be told from another; shape ``(tokens there, tokens)``."""
    return np.asarray(_AGAINST[force[np.newaxis, :], there[:, np.newaxis]])


def _is_exempt(force: NDArray[np.int8], denied: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell where what is denied there is no obligation here, which comes to the same."""
    is_exemption = force == FORCES.index(Modality.EXEMPTION)
    return np.asarray(is_exemption[np.newaxis, :] & denied[:, np.newaxis])


_AGAINST = np.array(
    [[bool(said) and not is_borne_out(said, told) for told in FORCES] for said in FORCES]
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
