"""Read the units that a levelled text names, with their parts, lists and ranges."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from rag.references.anchors import base, bases, numbers, step_name
from rag.references.grammar import (
    AND,
    BARE,
    BASE,
    END,
    FOREIGN,
    INVERSE,
    INVERSE_STEP,
    LETTER,
    NUMBER,
    ONE_MORE,
    RANGE,
    STEP,
    VALUE,
)

_BACKWARDS = 80
"""Characters before a unit in which its parts may be named."""

_MOST_STEPS = 4
MOST_PARAGRAPHS = 20
"""Above that, « § 6 et 72 » names another article."""

_VALUES = re.compile(rf"(?<![a-z0-9]){VALUE}")
_VALUE_GROUPS = ("value", "paren", "dot", "digits", "item", "letter")
_SECTIONS = ("sect", "part", "chap")


class UnitNamed(NamedTuple):
    """The anchor of a unit, and where its words begin and end."""

    anchor: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Path:
    """A unit being read: its base, the steps below it, whether the last one is plural."""

    base: str
    steps: tuple[str, ...] = ()
    last_word: str = ""

    @property
    def anchor(self) -> str:
        return ".".join((self.base, *self.steps))


@dataclass(frozen=True, slots=True)
class UnitReader:
    """Read the units of a covered text."""

    text: str
    names_act: bool

    def units(self) -> list[UnitNamed]:
        """List the units named, in order; those of a list share the words that name them."""
        found: list[UnitNamed] = []
        position = 0
        while match := self._next(position):
            units, end = self._read(match, floor=position)
            if not FOREIGN.match(self.text, end):
                found += units
            position = max(end, match.end())
        return found

    def _next(self, position: int) -> re.Match[str] | None:
        base = BASE.search(self.text, position)
        bare = BARE.search(self.text, position) if self.names_act else None
        return min((m for m in (base, bare) if m), key=lambda m: m.start(), default=None)

    def _read(self, match: re.Match[str], *, floor: int) -> tuple[list[UnitNamed], int]:
        """Read a unit, or a list of them, from its word and number on; give where it ends."""
        *between, last = bases(match)
        start, end = match.start(), match.end()
        has_parts = _sort(match) not in ("recital", "rule")
        inverse, start = self._inverse(floor, start) if has_parts else ([()], start)
        paths = [_Path(last, steps) for steps in inverse]
        if has_parts and inverse == [()] and not between:
            paths[0], end = self._steps(paths[0], end, is_annex=_sort(match) == "annex")
        paths = [*map(_Path, between), *paths]
        paths, end = self._others(paths, match, end)
        end = start + len(_without_closing(self.text[start:end]))
        return [UnitNamed(path.anchor, start, end) for path in paths], end

    def _steps(self, path: _Path, position: int, *, is_annex: bool) -> tuple[_Path, int]:
        while len(path.steps) < _MOST_STEPS and (match := STEP.match(self.text, position)):
            word = match["word"] or ""
            value = next(filter(None, match.group(*_VALUE_GROUPS)), "")
            if word.startswith(_SECTIONS) and not is_annex:
                break
            if value and not word.startswith("al"):
                step = value.upper() if word.startswith(_SECTIONS) else step_name(value)
                path = _Path(path.base, (*path.steps, step), word or match.group().strip(" ,"))
            position = match.end()
        return path, position

    def _inverse(self, floor: int, start: int) -> tuple[list[tuple[str, ...]], int]:
        """Read steps written before the unit: « point d) du point 5 de l’annexe III »."""
        window = max(floor, start - _BACKWARDS)
        match = INVERSE.search(self.text[window:start])
        if not match:
            return [()], start
        paths: list[tuple[str, ...]] = [()]
        for step in reversed(list(INVERSE_STEP.finditer(match.group()))):
            if (step["word"] or step.group()).startswith("al") or "alinea" in step.group():
                continue
            values = _VALUES.findall(step["values"]) if step["values"] else [step["rank"]]
            paths = [(*path, step_name(value)) for path in paths for value in values]
        return paths, window + match.start()

    def _others(
        self, paths: list[_Path], match: re.Match[str], end: int
    ) -> tuple[list[_Path], int]:
        """Read what follows in a list: « paragraphes 5 et 6 », « articles 9, 10 et 12 »."""
        last = paths[-1]
        if last.steps and self._lists_parts(last, match, end):
            return self._siblings(paths, end)
        more, end = self._further(match, end, is_plain=not last.steps)
        return [*paths, *more], end

    def _lists_parts(self, last: _Path, match: re.Match[str], end: int) -> bool:
        """Tell whether further parts of one unit may follow: « paragraphes 5 et 6 », « § 1 et 2 ».

        « articles 5, § 1 et 6, § 2 » names two articles, and « § 6 et douze mois » one part.
        """
        if last.last_word.endswith(("s", "§§")) or last.last_word.startswith("("):
            return True
        if last.last_word not in ("§", "paragraphe") or not last.steps[-1].isdecimal():
            return False
        first = int(last.steps[-1])
        if found := RANGE.match(self.text, end):
            return int(found["last"]) > first
        more = ONE_MORE.match(self.text, end) if last.last_word == "§" else None
        is_of_one = not (match.groupdict().get("article") or "").rstrip(".").endswith("s")
        return more is not None and is_of_one and first < int(more["number"]) <= MOST_PARAGRAPHS

    def _siblings(self, paths: list[_Path], end: int) -> tuple[list[_Path], int]:
        *above, first = paths[-1].steps
        if first.isdecimal() and (found := RANGE.match(self.text, end)):
            ranged = numbers(first, found["last"])
            return [_Path(paths[-1].base, (*above, number)) for number in ranged], found.end()
        is_closed = paths[-1].last_word.startswith("(")
        is_sign = paths[-1].last_word == "§"
        value = (
            rf"\(({VALUE})\)"
            if is_closed
            else rf"({NUMBER if first[0].isdecimal() else LETTER})\)?"
        )
        while (
            (link := AND.match(self.text, end))
            and not (is_sign and "," in link.group())  # « § 6, six mois »
            and (found := re.compile(value).match(self.text, link.end()))
        ):
            paths = [*paths, _Path(paths[-1].base, (*above, step_name(found[1])))]
            end = found.end()
        return paths, end

    def _further(
        self, match: re.Match[str], end: int, *, is_plain: bool
    ) -> tuple[list[_Path], int]:
        """Read further units of the same sort, each with its own steps."""
        sort = _sort(match)
        if not sort:
            return [], end
        is_plural = match[sort].rstrip(". ").endswith("s") and match[sort] != "cons."
        number = {"article": NUMBER, "annex": r"[ivx]{1,5}|[0-9]{1,2}"}.get(sort, r"[0-9]{1,3}")
        word = "(?:article )?" if sort == "article" else ""
        pattern = re.compile(rf"{word}({number})\b" + ("" if is_plural else END))
        first = match.group(match.lastgroup or 0)
        if is_plain and is_plural and first.isdecimal() and (found := RANGE.match(self.text, end)):
            ranged = numbers(first, found["last"])[1:]
            return [_Path(base(sort, each)) for each in ranged], found.end()
        more: list[_Path] = []
        while (link := AND.match(self.text, end)) and (
            found := pattern.match(self.text, link.end())
        ):
            path = _Path(base(sort, found[1]))
            end = found.end()
            if sort in ("article", "annex"):
                path, end = self._steps(path, end, is_annex=sort == "annex")
            more.append(path)
        return more, end


def _without_closing(words: str) -> str:
    """Leave out the bracket that closes more than the reference: « (article 26, § 6) »."""
    is_outer = words.endswith(")") and words.count("(") < words.count(")")
    return words[:-1] if is_outer and words[-2].isdecimal() else words


def _sort(match: re.Match[str]) -> str:
    """Tell which sort of unit was matched, empty where it has no further ones in a list."""
    groups = match.groupdict()
    return next((sort for sort in ("article", "recital", "annex", "rule") if groups.get(sort)), "")
