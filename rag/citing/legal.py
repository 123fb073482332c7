"""The reference of a passage as jurists and librarians write it in French."""

from collections.abc import Iterator

from rag.citing.source import Source, SourceKind, source_of
from rag.citing.units import bound, quoted
from rag.dates import french_date
from rag.messages import KINDS, in_language
from rag.types import Hit, Kind


def legal_reference(hit: Hit) -> str:
    """Write the reference of a passage, on one line.

    « Règlement (UE) 2024/1689, art. 26, § 6 », « Code de la santé publique, art. L. 4001-3 »; any
    other text by its publisher, title, sort, date, section, page and address.
    """
    source = source_of(hit)
    parts = _of_law(source) if source.kind is SourceKind.LEGISLATION else _of_text(source, hit)
    if source.language != "fr":
        parts = (*parts, in_language(source.language))
    return bound(", ".join(filter(None, parts)))


def _of_law(source: Source) -> tuple[str, ...]:
    state = source.act.consolidated if source.act else None
    consolidated = f"version consolidée au {french_date(state)}" if state else ""
    return source.name, consolidated, source.unit


def _of_text(source: Source, hit: Hit) -> tuple[str, ...]:
    kind = hit.metadata.kind
    is_notice = kind is Kind.NOTICE
    page = f"p. {source.page}" if source.page is not None else ""
    return (
        source.author,
        quoted(source.title),
        "notice sans valeur juridique" if is_notice else KINDS[kind].lower(),
        *_days(source, is_notice=is_notice),
        f"section {source.unit}" if source.unit.startswith("«") else source.unit,
        page,
        f"au sujet de {source.url}" if is_notice and source.url else source.url,
    )


def _days(source: Source, *, is_notice: bool) -> Iterator[str]:
    """Yield the day of a text; a notice is dated by its last check."""
    if is_notice and source.checked:
        yield f"vérifiée le {french_date(source.checked)}"
    elif source.day:
        yield french_date(source.day)
    else:
        yield "sans date"
