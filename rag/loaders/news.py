"""Load a scraped list of news: teasers, each followed by the line of its date."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.dates import find_date, in_words
from rag.loaders.builder import TextBuilder, collapse
from rag.loaders.language import detect
from rag.loaders.loaded import Loaded, default_id, loaded
from rag.types import Kind, Metadata

_DATE_LINE = re.compile(
    r"^[^\S\n]*(?:publié le\s+|le\s+)?"
    r"(?:[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}|[0-9]{1,2}(?:er)?\s+[a-zéû]{3,9}\s+[0-9]{4})"
    r"[^\S\n]*[-–—|]?[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_BOILERPLATE = re.compile(
    r"^(?:(?:inscrivez|abonnez)-vous\b|suivez-nous\b|ne manquez (?:aucune?|pas)\b"
    r"|recevez\b.{0,40}(?:newsletter|lettre)|(?:notre )?newsletter\b|lire la suite"
    r"|partager sur|tous droits réservés|©|accepter les cookies|en savoir plus)",
    re.IGNORECASE,
)
_FEWEST_DATES = 2
_ITEM_GAP = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_ANY_GAP = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewsItem:
    paragraphs: tuple[str, ...]
    published: date | None = None


def is_news(text: str) -> bool:
    """Say whether a text is a list of news: two or more date lines, each below some text."""
    dates = [match for match in _DATE_LINE.finditer(text) if find_date(match.group())]
    if len(dates) < _FEWEST_DATES:
        return False
    before = [0, *(match.end() for match in dates)]
    return all(text[start : m.start()].strip() for start, m in zip(before, dates, strict=False))


def load_news(text: str, *, path: Path) -> Loaded:
    """Load a list of news: one unit an item, with its date; date lines and notices are dropped.

    The text before the first teaser, set apart by a blank line, is an item without a date.
    """
    language = detect(text)
    publisher = _publisher(path)
    metadata = Metadata(
        id=default_id(path),
        title=f"Actualités — {publisher}" if publisher else "Actualités",
        kind=Kind.NEWS,
        publisher=publisher,
        language=language,
    )
    builder = TextBuilder()
    for item in _items(text):
        _add(item, builder=builder, language=language)
    return loaded(builder, metadata=metadata)


def _items(text: str) -> list[_NewsItem]:
    items: list[_NewsItem] = []
    start = 0
    for match in _DATE_LINE.finditer(text):
        published = find_date(match.group())
        if published is None:
            continue
        *undated, dated = _split(text[start : match.start()], is_first=not items)
        items += [_item(part) for part in undated]
        items.append(_item(dated, published=published))
        start = match.end()
    items += [_item(part) for part in _ITEM_GAP.split(text[start:])]
    return [item for item in items if item.paragraphs]


def _split(segment: str, *, is_first: bool) -> list[str]:
    """Cut what stands before a date line into items; the last of them has the date."""
    parts = _ITEM_GAP.split(segment.strip())
    if len(parts) == 1 and is_first:
        *head, teaser = _ANY_GAP.split(segment.strip())
        parts = ["\n".join(head), teaser]
    return parts


def _item(part: str, *, published: date | None = None) -> _NewsItem:
    lines = [collapse(line) for line in part.splitlines()]
    kept = tuple(line for line in lines if line and not _BOILERPLATE.match(line))
    return _NewsItem(paragraphs=kept, published=published)


def _add(item: _NewsItem, *, builder: TextBuilder, language: str) -> None:
    english = language == "en"
    day = item.published
    if day:
        anchor = f"actualite-{day.isoformat()}"
        words = in_words(day, language=language)
        label = f"news of {words}" if english else f"actualité du {words}"
    else:
        anchor = "actualite-sans-date"
        label = "undated news" if english else "actualité sans date"
    with builder.unit(anchor, label=label, published=day):
        for paragraph in item.paragraphs:
            builder.block(paragraph)


def _publisher(path: Path) -> str:
    """Read the site's name in a scraped file's: ``thema-radiologie-4090`` → Thema Radiologie."""
    match = re.fullmatch(r"(?P<site>[a-z]+(?:-[a-z]+)+)-[0-9]+", path.stem)
    return match["site"].replace("-", " ").title() if match else ""
