"""What a numbered source says: its sentences, its facts, what it names, its tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.embeddings import Encoder
from rag.french import Span, is_list_item, sentence_spans
from rag.late_interaction import TokenVectors, span_scores
from rag.types import Hit, Passage
from rag.verification.atoms import Atom, read_atoms
from rag.verification.named import actors_in, bodies_in, with_implied
from rag.verification.references import Named, named_by

MOST_NEAREST, LONGEST_NEAREST = 2, 420
"""Sentences of the sources that a sentence is judged on, and characters of all but the nearest."""

_ACT_YEAR = re.compile(r"\b((?:19|20)\d\d)/\d+|\b(\d\d)/\d+/CEE?\b|\b\d+/((?:19|20)\d\d)\b")

_CELEX_YEAR = re.compile(r"(?m)^3((?:19|20)\d\d)[A-Z]\d{4}")


_OF_A_UNIT = re.compile(r"(?:art|anx|rct)_|regle-|[LRDA]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of a source.

    Attributes:
        hit: whose passage it stands in.
        span: where, in its version's text.
        text: its words.
    """

    hit: Hit
    span: Span
    text: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Evidence:
    """One numbered source: a passage, and those of the points that it introduces.

    Attributes:
        hits: the passages.
        tokens: those of each, its headings first; empty where the encoder reads none.
    """

    hits: tuple[Hit, ...]
    tokens: tuple[TokenVectors, ...]

    @cached_property
    def text(self) -> str:
        """Everything that may bear a sentence out: names, headings and words."""
        return "\n".join(_parts(self.hits))

    @cached_property
    def telling(self) -> tuple[TokenVectors, ...]:
        """The ``tokens`` that tell something: not those of a heading that asks (« Faut-il… ? »).

        Such a heading has all the words of a sentence that the text below it denies.
        """
        if not self.tokens:
            return ()
        return tuple(
            tokens.within(_asked_until(hit), len(read_text(hit)))
            for hit, tokens in zip(self.hits, self.tokens, strict=True)
        )

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The sentences, in order."""
        return tuple(
            Quote(
                hit=hit,
                span=Span(hit.passage.start + start, hit.passage.start + end),
                text=hit.passage.text[start:end],
            )
            for hit in self.hits
            for start, end in sentence_spans(hit.passage.text)
        )

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """The facts that it states."""
        return read_atoms(self.text)

    @cached_property
    def act_years(self) -> frozenset[float]:
        """The years of its act and of those that it numbers: 2002 of « directive 2002/58/CE »."""
        own = "\n".join(hit.passage.document for hit in self.hits)
        numbered = _ACT_YEAR.finditer(self.text)
        found = (
            next(filter(None, match.groups())) for match in (*numbered, *_CELEX_YEAR.finditer(own))
        )
        return frozenset(float(year) if len(year) > 2 else 1900.0 + float(year) for year in found)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The units and acts of each passage."""
        return tuple(map(named_by, self.hits))

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The bodies that it names, or that may be called by what it names."""
        return with_implied(bodies_in(self.text))

    @cached_property
    def actors(self) -> frozenset[str]:
        """The actors that it names, or that may be called by what it names."""
        return with_implied(actors_in(self.text))

    def introducing(self, number: int) -> tuple[int, ...]:
        """Give the place of the quote that introduces one which is a point of a list, if any."""
        quote = self.quotes[number]
        if not is_list_item(quote.text):
            return ()
        for place in range(number - 1, -1, -1):
            before = self.quotes[place]
            if before.hit is not quote.hit:
                break
            if not is_list_item(before.text):
                return (place,) if before.text.rstrip().endswith(":") else ()
        return ()

    def nearness(self, tokens: TokenVectors) -> NDArray[np.float32]:
        """Tell how near each of the ``quotes`` is to a sentence, -1 to 1; 0 without tokens."""
        if not self.tokens:
            return np.zeros(len(self.quotes), dtype=np.float32)
        scores = [
            span_scores(tokens, read, _spans_read(hit))
            for hit, read in zip(self.hits, self.tokens, strict=True)
        ]
        return np.concatenate(scores) if scores else np.zeros(0, dtype=np.float32)


def read_evidence(sources: Sequence[Sequence[Hit]], encoder: Encoder) -> tuple[Evidence, ...]:
    """Read numbered sources, all their passages in one pass of the encoder."""
    texts = [read_text(hit) for hits in sources for hit in hits]
    read = encoder.read(texts).tokens
    evidence, start = list[Evidence](), 0
    for hits in sources:
        evidence.append(Evidence(hits=tuple(hits), tokens=read[start : start + len(hits)]))
        start += len(hits)
    return tuple(evidence)


def nearest_sentences(said: TokenVectors, sources: Sequence[Evidence]) -> str:
    """Give the few sentences of some sources that are the nearest to one, in their order.

    A point of a list stands after the words that introduce it: « b) des essais » says nothing
    alone. What stands in an article or an annex comes after its name, which a sentence may give.
    """
    found = [
        (float(score), -place, -number)
        for place, source in enumerate(sources)
        for number, score in enumerate(source.nearness(said))
    ]
    kept, length = set[tuple[int, int]](), 0
    for _, place, number in sorted(found, reverse=True)[:MOST_NEAREST]:
        numbers = {-number, *sources[-place].introducing(-number)}
        wanted = {(-place, one) for one in numbers} - kept
        length += sum(len(sources[at].quotes[one].text.strip()) for at, one in wanted)
        if not kept or length <= LONGEST_NEAREST:
            kept |= wanted
    lines = list[str]()
    quotes = [sources[place].quotes[number] for place, number in sorted(kept)]
    # What has no name comes first: under the name of an article, it would be taken for its words.
    quotes.sort(key=lambda quote: bool(_name_of(quote.hit.passage)))
    named: Hit | None = None
    for quote in quotes:
        name = _name_of(quote.hit.passage)
        if name and quote.hit is not named:
            lines.append(name)
            named = quote.hit
        outside = quote.hit.lead_in
        if outside is not None and is_list_item(quote.text) and outside.text not in lines:
            lines.append(outside.text)
        lines.append(quote.text.strip())
    return "\n".join(lines)


def read_text(hit: Hit) -> str:
    """Give what the encoder reads of a passage: the headings that name its subject, its words."""
    return "\n".join((*_context(hit), hit.passage.text))


def _name_of(passage: Passage) -> str:
    """Name the unit of law that a passage is (« Article 26, paragraphe 6 : »); nothing if none."""
    if not _OF_A_UNIT.match(passage.anchor):
        return ""
    return f"{passage.label[:1].upper()}{passage.label[1:]} :"


def _asked_until(hit: Hit) -> int:
    """Tell where a heading that asks a question ends in what is read of a passage; 0 if none."""
    heading = next(iter(hit.passage.headings[-1:]), "").rstrip()
    return len(heading) if heading.endswith("?") else 0


def _spans_read(hit: Hit) -> list[Span]:
    offset = len(read_text(hit)) - len(hit.passage.text)
    return [Span(start + offset, end + offset) for start, end in sentence_spans(hit.passage.text)]


def _context(hit: Hit) -> Iterator[str]:
    yield from hit.passage.headings[-1:]
    if hit.lead_in is not None:
        yield hit.lead_in.text


def _parts(hits: Sequence[Hit]) -> Iterator[str]:
    for hit in hits:
        facts = hit.metadata
        yield from (facts.title, facts.publisher, hit.passage.label, *hit.passage.headings)
        if hit.lead_in is not None:
            yield hit.lead_in.text
        yield hit.passage.text
