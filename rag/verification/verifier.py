"""Verify the sentences of a language model against the sources that they cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from rag.embeddings import Encoder, Reading
from rag.entailment import Entailment, embedded_judge
from rag.french import fold
from rag.types import Check, Finding, Hit, Support, WrittenSentence
from rag.verification.atoms import read_atoms
from rag.verification.checks import examine
from rag.verification.evidence import Evidence, Quote, read_evidence, read_text
from rag.verification.meaning import failed, features_of, may_be_found, shipped_model

MOST_QUOTED = 3
"""Sentences of a passage, from the first to the last that supports, that one quote spans."""

LEAST_IMPLIED = 0.5
"""Probability of entailment below which a sentence is not verified."""

NEAR = 0.9
"""Share of the nearness of the nearest sentence from which another supports as well."""


MUCH_NEARER = 0.2
"""Probability by which another source must be above the one that a sentence cites to be cited
instead. On the half ``fit`` of the labelled pairs, this finds three in five of the sentences that
pass with a neighbour's number."""

_OTHERS = (Check.MEANING,)
"""What is compared of every sentence, beside its facts. Negation and force are compared as well,
and named where they fail; too much of them passes for a sentence to be said to be checked for them
(``python -m benchmarks.verification``)."""

_OPPOSED = frozenset({Check.LANGUAGE, Check.MODALITY, Check.NEGATION})
"""What no other source puts right: one that says nearly the same says the contrary."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks sentences, by rules, by the program's own encoder and by its judge of entailment.

    Attributes:
        encoder: reads sentences and sources.
        entailment: another judge, which must be convinced too.
        judge: the program's own, whose word is weighed with the rest.
    """

    encoder: Encoder
    entailment: Entailment | None = None
    judge: Entailment = field(default_factory=embedded_judge)

    def read(self, sources: Sequence[Sequence[Hit]]) -> "Proof":
        """Read sources, numbered from 1, once for all the sentences that may cite them.

        The judge is read meanwhile: a language model takes longer to write its first sentence.
        """
        Thread(target=self.judge.load).start()
        return Proof(self, read_evidence(sources, self.encoder))


class Proof:
    """Sources that were read, and what they bear out."""

    def __init__(self, verifier: Verifier, sources: tuple[Evidence, ...]) -> None:
        self._verifier = verifier
        self._sources = sources
        texts = [read_text(source.hits[0]) for source in sources]
        self._vectors = verifier.encoder.encode(texts)

    def check(self, text: str, cited: Sequence[int]) -> WrittenSentence:
        """Verify a sentence against what it cites; else find another source that says it.

        Args:
            text: the sentence, without its marks.
            cited: the numbers that it cites, which may not exist.

        Returns:
            The sentence with its finding. Its supports are spans of the passages that say the
            same; it has none where it is not verified.
        """
        said = _Said(text, self._verifier.encoder.read([text]), self._vectors)
        known = [number for number in dict.fromkeys(cited) if 1 <= number <= len(self._sources)]
        if not known:
            return self._from_others(said, known, least=0.0) or _lost(text)
        judged = self._judge(said, known)
        if judged.finding.is_verified:
            better = self._nearer(said, known, judged)
            if better is not None:
                return better
            kept = self._needed(said, known)
            return self._supported(said, kept, judged, corrected=len(known) < len(set(cited)))
        if _OPPOSED.isdisjoint(judged.finding.failed):
            found = self._from_others(said, known, least=judged.nearness)
            if found is not None:
                return found
        return WrittenSentence(text=text, finding=judged.finding)

    def _from_others(
        self, said: "_Said", known: Sequence[int], *, least: float
    ) -> WrittenSentence | None:
        """Find the source that says a sentence, among those that it does not cite.

        It must be near (``may_be_found``), and as near as what is cited: a sentence that is nearest
        to what it cites, and states other facts, is wrong, wherever else these facts may stand.
        """
        for place in np.argsort(-said.cosines):
            number = int(place) + 1
            if number not in known and not self._misses(said, number):
                judged = self._judge(said, [number])
                if judged.may_be_found and judged.nearness >= least:
                    return self._supported(said, [number], judged, corrected=True)
        return None

    def _nearer(
        self, said: "_Said", known: Sequence[int], judged: "_Judged"
    ) -> WrittenSentence | None:
        """Find a source that says much more nearly what a sentence says than the one it cites.

        A neighbour of the right passage often says nearly the same. Only sources that are nearer as
        a whole are asked, and none for a sentence that cites several.
        """
        if len(known) > 1 or judged.nearness + MUCH_NEARER > 1:
            return None
        own = float(said.cosines[known[0] - 1])
        farther = [number for number, one in enumerate(said.cosines, start=1) if one <= own]
        return self._from_others(said, farther, least=judged.nearness + MUCH_NEARER)

    def _misses(self, said: "_Said", number: int) -> bool:
        """Tell whether a source fails the rules, which is told before the judge is asked."""
        return bool(examine(said.text, [self._sources[number - 1]]).missed)

    def _supported(
        self, said: "_Said", numbers: Sequence[int], judged: "_Judged", *, corrected: bool
    ) -> WrittenSentence:
        return WrittenSentence(
            text=said.text,
            finding=replace(judged.finding, corrected=corrected),
            supports=tuple(
                support for number in numbers for support in self._supports(said, number)
            ),
        )

    def _judge(self, said: "_Said", numbers: Sequence[int]) -> "_Judged":
        """Check a sentence against some sources taken together."""
        sources = [self._sources[number - 1] for number in numbers]
        cosines = [float(said.cosines[number - 1]) for number in numbers]
        examined = examine(said.text, sources)
        features = features_of(said.text, said.read, sources, cosines, self._verifier.judge)
        model = shipped_model(with_tokens=bool(said.read.tokens))
        others = () if _is_quote(said.text, sources) else failed(features, model)
        if not others and not self._is_implied(said.text, sources):
            others = (Check.MEANING,)
        finding = Finding(
            done=tuple(dict.fromkeys((*examined.done, *_OTHERS))),
            failed=tuple(dict.fromkeys((*(one.check for one in examined.missed), *others))),
            words=tuple(dict.fromkeys(one.words for one in examined.missed if one.words)),
        )
        may = finding.is_verified and may_be_found(features, model)
        return _Judged(finding, model.probability(features), may_be_found=may)

    def _is_implied(self, text: str, sources: Sequence[Evidence]) -> bool:
        """Ask the judge of entailment, where there is one, whether the sources imply a sentence."""
        judge = self._verifier.entailment
        if judge is None:
            return True
        premises = [source.text for source in sources]
        together = ["\n".join(premises)] if len(premises) > 1 else []
        found = judge.probabilities([*premises, *together], text)
        return bool(found.max(initial=0.0) >= LEAST_IMPLIED)

    def _needed(self, said: "_Said", numbers: Sequence[int]) -> list[int]:
        """Leave out each source that does not say the sentence, where the others do without it."""
        kept = list(numbers)
        for number in reversed(numbers):
            rest = [one for one in kept if one != number]
            says_it = self._judge(said, [number]).finding.is_verified
            if rest and not says_it and self._judge(said, rest).finding.is_verified:
                kept = rest
        return kept

    def _supports(self, said: "_Said", number: int) -> Iterator[Support]:
        """Give, for each passage of a source that says something of it, the span that does."""
        source = self._sources[number - 1]
        chosen = [*_nearest(said.read, source), *_stating(said.text, source)]
        for hit in source.hits:
            places = [place for place, quote in enumerate(source.quotes) if quote.hit is hit]
            wanted = [place for place in places if source.quotes[place] in chosen]
            if wanted:
                first, last = wanted[0], min(wanted[-1], wanted[0] + MOST_QUOTED - 1)
                yield Support(
                    hit=hit, start=source.quotes[first].span.start, end=source.quotes[last].span.end
                )


@dataclass(frozen=True, eq=False)
class _Said:
    """A sentence as the encoder reads it, and the vectors that it is compared with."""

    text: str
    read: Reading
    vectors: NDArray[np.float32]

    @cached_property
    def cosines(self) -> NDArray[np.float32]:
        """Its similarity to each source."""
        return np.asarray(self.vectors @ self.read.vectors[0])


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of checking a sentence against some sources.

    Attributes:
        finding: what was checked, and what failed.
        nearness: how near the sentence is to them, 0 to 1.
        may_be_found: whether they say it so plainly that it need not cite them.
    """

    finding: Finding
    nearness: float
    may_be_found: bool


def _is_quote(text: str, sources: Sequence[Evidence]) -> bool:
    """Tell whether a sentence stands as it is in a source, whatever its spaces and apostrophes."""
    words = fold(text).rstrip(" .;")
    return any(words in fold(hit.passage.text) for source in sources for hit in source.hits)


def _lost(text: str) -> WrittenSentence:
    return WrittenSentence(text=text, finding=Finding(failed=(Check.CITATION,)))


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
