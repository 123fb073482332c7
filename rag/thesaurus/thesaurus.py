"""The thesaurus itself: what a question names in it, and the other words for that."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from rag.errors import ConfigurationError, Problem
from rag.thesaurus.entries import STRICT, Entry, Form, Related
from rag.thesaurus.meaning import asks_for_meaning
from rag.thesaurus.words import Capitals, Key, Reading, typed_as_acronyms


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a question names, and the form that names it."""

    entry: Entry
    form: Form


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a question holds a form, in words."""

    start: int
    end: int
    match: Match

    def overlaps(self, other: "_Span") -> bool:
        return self.start < other.end and other.start < self.end


@validated(frozen=True, kw_only=True, config=STRICT)
class Thesaurus:
    """Entries, found by the forms that a question holds.

    >>> thesaurus = Thesaurus.parse({"entries": [
    ...     {"term": "scanner", "family": "modalités et métier", "forms": ["TDM"],
    ...      "english": ["CT scan"], "distinct_from": [{"term": "DXA", "why": "mesure l’os"}]},
    ...     {"term": "DXA", "family": "modalités et métier", "forms": ["ostéodensitométrie"]},
    ... ]})
    >>> thesaurus.expansions("Une IA qui lit mes TDM est-elle à haut risque ?")
    ('scanner', 'CT scan')
    """

    entries: tuple[Entry, ...] = ()

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self:
        """Read a thesaurus from the values of its file, or from ``to_json``.

        Raises:
            ConfigurationError: ``BAD_THESAURUS``, naming the entry, the field and the value.
        """
        try:
            thesaurus = TypeAdapter(cls).validate_python(dict(values))
        except ValidationError as error:
            first = error.errors()[0]
            raise _refusal(values, first["loc"], first["input"]) from error
        _check_forms(thesaurus)
        _check_relations(thesaurus)
        return thesaurus

    @classmethod
    def merge(cls, thesauri: Iterable[Self]) -> Self:
        """Put thesauri together; a term or a form that several hold belongs to the first."""
        entries: dict[str, Entry] = {}
        for one in thesauri:
            for entry in one.entries:
                entries.setdefault(entry.term, entry)
        return cls(entries=tuple(entries.values()))

    def to_json(self) -> dict[str, Any]:
        """Give the values that ``parse`` reads, fit for JSON."""
        values = TypeAdapter(Thesaurus).dump_python(self, mode="json", exclude_defaults=True)
        return dict(values)

    def matches(self, question: str) -> tuple[Match, ...]:
        """List the entries that a question names, in order, each once.

        Where forms overlap, the longest wins; an ambiguous one names nothing.
        """
        kept: list[_Span] = []
        for span in sorted(self._spans(question), key=lambda span: span.start - span.end):
            if not any(map(span.overlaps, kept)):
                kept.append(span)
        named: dict[str, Match] = {}
        for span in sorted(kept, key=lambda span: span.start):
            if not span.match.form.ambiguous:
                named.setdefault(span.match.entry.term, span.match)
        return tuple(named.values())

    def expansions(self, question: str) -> tuple[str, ...]:
        """List the other forms of the entries that a question names, ambiguous ones left out."""
        seen = {key for _, _, key in self._read(question).runs(self._longest)}
        found = []
        for match in self.matches(question):
            for key, form in self._names[match.entry.term]:
                if key not in seen and not form.ambiguous:
                    seen.add(key)
                    found.append(form.text)
        return tuple(found)

    def usual_words(self, question: str) -> tuple[str, ...]:
        """List the head words and usual acronyms of what a question names by other forms."""
        others = set(self.expansions(question))
        usual = (
            form
            for match in self.matches(question)
            if match.form.text != match.entry.term
            for form in (match.entry.term, match.entry.acronym)
        )
        return tuple(form for form in usual if form in others)

    def is_about_words(self, question: str) -> bool:
        """Tell whether a question asks what words mean, or is nothing but words of the thesaurus.

        A glossary answers such a question; another asks of the thing, which texts on it explain.
        """
        known = {place for span in self._spans(question) for place in range(span.start, span.end)}
        return asks_for_meaning(question) or len(known) == len(self._read(question)) > 0

    def _spans(self, question: str) -> Iterator[_Span]:
        """Find every form that a question holds, overlaps included."""
        capitals = Capitals(question)
        for start, end, key in self._read(question).runs(self._longest):
            if match := self._index.get(key):
                is_one_acronym = len(key) == 1 and key[0].isupper()
                if not is_one_acronym or capitals.show(key[0]):
                    yield _Span(start, end, match)

    def _read(self, text: str) -> Reading:
        return Reading(text, acronyms=self._acronyms)

    @cached_property
    def _index(self) -> dict[Key, Match]:
        """Every form by its key; the first entry that holds one keeps it."""
        index: dict[Key, Match] = {}
        for entry in self.entries:
            for key, form in self._names[entry.term]:
                index.setdefault(key, Match(entry, form))
        return index

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[Key, Form], ...]]:
        """The forms of each entry, by its term, with their keys."""
        return {
            entry.term: tuple((self._read(form.text).key, form) for form in entry.names)
            for entry in self.entries
        }

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._index), default=0)

    @cached_property
    def _acronyms(self) -> frozenset[str]:
        names = (form.text for entry in self.entries for form in entry.names)
        return frozenset(word for name in names for word in typed_as_acronyms(name))


def _check_forms(thesaurus: Thesaurus) -> None:
    """Refuse a form without a word that counts, or that another entry holds."""
    for entry in thesaurus.entries:
        for key, form in thesaurus._names[entry.term]:
            if not key or thesaurus._index[key].entry is not entry:
                raise _bad(entry.term, "forms", form.text)


def _check_relations(thesaurus: Thesaurus) -> None:
    """Refuse a relation to an entry that does not exist, and a false friend without its reason."""
    terms = {entry.term for entry in thesaurus.entries}
    for entry in thesaurus.entries:
        for field, related in _relations(entry):
            if related.term and related.term not in terms - {entry.term}:
                raise _bad(entry.term, field, related.term)
            if field == "distinct_from" and not related.why:
                raise _bad(entry.term, "distinct_from › why", related.term or related.text)


def _relations(entry: Entry) -> Iterator[tuple[str, Related]]:
    yield from (("near", related) for related in entry.near)
    yield from (("distinct_from", related) for related in entry.distinct_from)


def _refusal(
    values: Mapping[str, Any], place: tuple[int | str, ...], value: object
) -> ConfigurationError:
    """Name the entry and the field of a value that is not of the right form."""
    match place:
        case ("entries", int(number), *field):
            record = values["entries"][number]
            term = record.get("term") if isinstance(record, Mapping) else None
            return _bad(str(term or f"n° {number + 1}"), " › ".join(map(str, field)), value)
    return _bad("", " › ".join(map(str, place)), value)


def _bad(entry: str, field: str, value: object) -> ConfigurationError:
    return ConfigurationError(
        Problem.BAD_THESAURUS, entry=entry, field=field, value=str(value)[:200]
    )
