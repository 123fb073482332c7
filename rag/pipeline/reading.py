"""Read a document where a citation leads: a unit in its version's text, a page of its file."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rag.errors import LoadError, Problem, StoreError
from rag.loaders.pdf.images import draw_page, view_page
from rag.official_address import official_address
from rag.pipeline.ingestion import state_sha256
from rag.pipeline.places import innermost, lines, place_at, places
from rag.register import Register, StoredVersion
from rag.types import FileState, Page, PageView, Reading, Unit, VersionState

FILES_IN_MEMORY = 64


def read(
    register: Register,
    document: str,
    *,
    version: int | None = None,
    anchor: str | None = None,
    start: int | None = None,
    end: int | None = None,
) -> Reading:
    """Read the place of a document that holds a span, else a unit, else its first place.

    Args:
        register: where its versions are.
        document: its id.
        version: number of the version to read, the latest by default.
        anchor: the unit to read; left aside where there is a span.
        start: where the words to highlight begin in the version's text.
        end: where they end; without it, the place at ``start`` is read, and nothing highlighted.

    Raises:
        StoreError: there is no such document, version, unit or span.
    """
    stored = register.version(document, version)
    span = _span(stored, start, end)
    unit = _unit(stored.units, anchor, span=span, document=document)
    found = places(stored.text, stored.units)
    at = span[0] if span else (unit.start if unit else 0)
    place = place_at(found, at)
    at = max(at, place.start)
    rank = found.index(place)
    quote = span if span and span[1] > span[0] else None
    return Reading(
        metadata=stored.metadata,
        version=stored.number,
        sha256=stored.text_sha256,
        state=_state(stored),
        current=stored.current,
        place=place,
        anchor=unit.anchor if unit else place.anchor,
        at=at,
        lines=lines(stored.text, place, stored.units),
        quote=quote,
        quoted=stored.text[quote[0] : quote[1]] if quote else "",
        address=official_address(stored.metadata, unit.anchor if unit else place.anchor),
        page=_page_at(stored.pages, quote[0] if quote else at),
        file=_file_state(stored) if stored.pages else None,
        previous=found[rank - 1] if rank else None,
        following=found[rank + 1] if rank + 1 < len(found) else None,
        contents=found,
    )


def look_at_page(
    register: Register,
    document: str,
    number: int,
    *,
    version: int | None = None,
    start: int | None = None,
    end: int | None = None,
) -> PageView:
    """Look at a page of a document's file, with the rectangles of what is quoted on it.

    Raises:
        StoreError: there is no such document, version, span or page; or no file to draw it from.
        LoadError: the file cannot be read.
    """
    stored = register.version(document, version)
    span = _span(stored, start, end)
    parts = _quote_by_page(stored, span) if span else {}
    view = view_page(_file(stored), number, quote=parts.get(number, ""))
    return PageView(
        number=view.number,
        count=view.count,
        ratio=view.ratio,
        marks=view.marks,
        quote_pages=tuple(parts),
    )


def page_image(
    register: Register, document: str, number: int, *, width: int, version: int | None = None
) -> bytes:
    """Draw a page of a document's file as a PNG of a width in pixels.

    Raises:
        StoreError: there is no such document, version or page; or no file to draw it from.
        LoadError: the file cannot be read.
    """
    return draw_page(_file(register.version(document, version)), number, width=width)


def _span(stored: StoredVersion, start: int | None, end: int | None) -> tuple[int, int] | None:
    """Check a span; without its end, it is the place of no word."""
    if start is None:
        return None
    last = start if end is None else end
    if not 0 <= start <= last <= len(stored.text):
        raise StoreError(Problem.UNKNOWN_SPAN, id=stored.metadata.id)
    return start, last


def _unit(
    units: Sequence[Unit], anchor: str | None, *, span: tuple[int, int] | None, document: str
) -> Unit | None:
    """Find the unit asked for, or that of a span."""
    if span is not None:
        return innermost(units, *span)
    if not anchor:
        return None
    found = next((unit for unit in units if unit.anchor == anchor), None)
    if found is None:
        raise StoreError(Problem.UNKNOWN_UNIT, id=document, anchor=anchor)
    return found


def _state(stored: StoredVersion) -> VersionState:
    if stored.current is None:
        return VersionState.REMOVED
    return VersionState.CURRENT if stored.current == stored.number else VersionState.SUPERSEDED


def _page_at(pages: Sequence[Page], offset: int) -> int | None:
    """Give the page that an offset is on; the first begins wherever it is said to."""
    numbers = [page.number for page in pages if page.start <= offset]
    return numbers[-1] if numbers else next((page.number for page in pages), None)


def _quote_by_page(stored: StoredVersion, span: tuple[int, int]) -> dict[int, str]:
    """Cut a quote at the ends of pages."""
    last = Page(number=0, start=len(stored.text) + 1)
    cut = {
        page.number: stored.text[max(span[0], page.start) : min(span[1], following.start)]
        for page, following in pairwise((*stored.pages, last))
    }
    return {number: part for number, part in cut.items() if part.strip()}


def _file(stored: StoredVersion) -> Path:
    if not stored.pages or _file_state(stored) is not FileState.SAME:
        raise StoreError(Problem.NO_PAGE_IMAGE, id=stored.metadata.id)
    return stored.source


def _file_state(stored: StoredVersion) -> FileState:
    """Compare the file with what the version was read from."""
    try:
        stamp = stored.source.stat()
        sha256 = _sha256(stored.source, stamp.st_mtime_ns, stamp.st_size)
    except (OSError, LoadError):
        return FileState.GONE
    return FileState.SAME if sha256 == stored.sha256 else FileState.CHANGED


@lru_cache(FILES_IN_MEMORY)
def _sha256(path: Path, _modified: int, _size: int) -> str:
    """Hash a file once for each of its states."""
    return state_sha256(path)
