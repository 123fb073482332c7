"""Verify the sentences of a language model against the sources that they cite."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.embeddings import Encoder, Reading
from rag.entailment import Entailment
from rag.types import Check, Finding, Hit, Support, WrittenSentence
from rag.verification.atoms import read_atoms
from rag.verification.checks import examine
from rag.verification.evidence import Evidence, Quote, read_evidence, read_text
from rag.verification.meaning import failed, features_of, shipped_model

MOST_QUOTED = 3
"""Sentences of a passage, from the first to the last that supports, that one quote spans."""

LEAST_IMPLIED = 0.5
"""Probability of entailment below which a sentence is not verified."""

NEAR = 0.9
"""Share of the nearness of the nearest sentence from which another supports as well."""


_OTHERS = (Check.MODALITY, Check.NEGATION, Check.MEANING)
"""What is compared of every sentence, beside its facts."""

_OPPOSED = frozenset({Check.LANGUAGE, Check.MODALITY, Check.NEGATION})
"""What no other source puts right: one that says nearly the same says the contrary."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences, by rules and by the program's own encoder."""

    encoder: Encoder
    entailment: Entailment | None = None

    def read(self, sources: Sequence[Sequence[Hit]]) -> "Proof":
        """Read sources, numbered from 1, once for all the sentences that may cite them."""
        return Proof(self.encoder, read_evidence(sources, self.encoder), self.entailment)


class Proof:
    """Sources that were read, and what they bear out."""

    def __init__(
        self, encoder: Encoder, sources: tuple[Evidence, ...], entailment: Entailment | None = None
    ) -> None:
        self._entailment = entailment
        self._encoder = encoder
        self._sources = sources
        texts = [read_text(source.hits[0]) for source in sources]
        self._vectors = encoder.encode(texts)

    def check(self, text: str, cited: Sequence[int]) -> WrittenSentence:
        """Verify a sentence against what it cites; else find another source that says it.

        Args:
            text: the sentence, without its marks.
            cited: the numbers that it cites, which may not exist.

        Returns:
            The sentence with its finding. Its supports are spans of the passages that say the
            same; it has none where it is not verified.
        """
        read = self._encoder.read([text])
        cosines = self._vectors @ read.vectors[0]
        known = [number for number in dict.fromkeys(cited) if 1 <= number <= len(self._sources)]
        first: Finding | None = None
        for numbers in self._attempts(known, cosines):
            finding = self._judge(text, read, numbers, cosines)
            if finding.is_verified:
                kept = self._needed(text, read, numbers, cosines)
                corrected = set(kept) != set(cited) and not set(kept) <= set(cited)
                corrected = corrected or len(known) != len(set(cited))
                supports = tuple(
                    support for number in kept for support in self._supports(text, read, number)
                )
                finding = replace(finding, corrected=corrected)
                return WrittenSentence(text=text, finding=finding, supports=supports)
            first = first or finding
            if not _OPPOSED.isdisjoint(finding.failed):  # it is not for another to say so
                break
        lost = Finding(failed=(Check.CITATION,))
        return WrittenSentence(text=text, finding=first if known and first else lost)

    def _attempts(self, known: Sequence[int], cosines: np.ndarray) -> Iterator[tuple[int, ...]]:
        """Yield what may support: what is cited, then each other source, then both together."""
        if known:
            yield tuple(known)
        nearest = [int(place) + 1 for place in np.argsort(-cosines)]
        others = [number for number in nearest if number not in known]
        yield from ((number,) for number in others)
        if known:
            yield from ((*known, number) for number in others)

    def _judge(
        self, text: str, read: Reading, numbers: Sequence[int], cosines: np.ndarray
    ) -> Finding:
        sources = self._of(numbers)
        examined = examine(text, sources)
        features = features_of(
            text, read, sources, [float(cosines[number - 1]) for number in numbers]
        )
        others = failed(features, shipped_model(with_tokens=bool(read.tokens)))
        if not others and not self._is_implied(text, sources):
            others = (Check.MEANING,)
        return Finding(
            done=tuple(dict.fromkeys((*examined.done, *_OTHERS))),
            failed=tuple(dict.fromkeys((*(one.check for one in examined.missed), *others))),
            words=tuple(dict.fromkeys(one.words for one in examined.missed if one.words)),
        )

    def _is_implied(self, text: str, sources: Sequence[Evidence]) -> bool:
        """Ask the judge of entailment, where there is one, whether the sources imply a sentence."""
        if self._entailment is None:
            return True
        premises = [source.text for source in sources]
        together = ["\n".join(premises)] if len(premises) > 1 else []
        found = self._entailment.probabilities([*premises, *together], text)
        return bool(found.max(initial=0.0) >= LEAST_IMPLIED)

    def _needed(
        self, text: str, read: Reading, numbers: Sequence[int], cosines: np.ndarray
    ) -> list[int]:
        """Leave out the sources without which a sentence is verified as well."""
        kept = list(numbers)
        for number in reversed(numbers):
            rest = [one for one in kept if one != number]
            if rest and self._judge(text, read, rest, cosines).is_verified:
                alone = self._judge(text, read, [number], cosines).is_verified
                if not alone:
                    kept = rest
        return kept

    def _supports(self, text: str, read: Reading, number: int) -> Iterator[Support]:
        """Give, for each passage of a source that says something of it, the span that does."""
        source = self._sources[number - 1]
        chosen = [*_nearest(read, source), *_stating(text, source)]
        for hit in source.hits:
            places = [place for place, quote in enumerate(source.quotes) if quote.hit is hit]
            wanted = [place for place in places if source.quotes[place] in chosen]
            if wanted:
                first, last = wanted[0], min(wanted[-1], wanted[0] + MOST_QUOTED - 1)
                yield Support(
                    hit=hit, start=source.quotes[first].span.start, end=source.quotes[last].span.end
                )

    def _of(self, numbers: Iterable[int]) -> tuple[Evidence, ...]:
        return tuple(self._sources[number - 1] for number in numbers)


def _nearest(read: Reading, source: Evidence) -> list[Quote]:
    """List the sentences of a source that are the nearest to one, or about as near."""
    if not (read.tokens and source.tokens and source.quotes):
        return list(source.quotes)
    scores = source.nearness(read.tokens[0])
    least = NEAR * scores.max()
    return [quote for quote, score in zip(source.quotes, scores, strict=True) if score >= least]


def _stating(text: str, source: Evidence) -> list[Quote]:
    """List the sentences of a source that state a fact of another."""
    atoms = read_atoms(text)
    return [
        quote
        for quote in source.quotes
        if any(atom.is_borne_out_by(one) for atom in atoms for one in read_atoms(quote.text))
    ]
