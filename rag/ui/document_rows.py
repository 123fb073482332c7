"""A document of the register as the page shows it: what it is, how old, what its removal leaves."""

from dataclasses import dataclass
from datetime import date

from rag.citing import safe_url
from rag.dates import french_date
from rag.french import fold
from rag.freshness import age_days
from rag.library import Listed, Origin
from rag.messages import KINDS, LANGUAGES, NBSP, STATUSES, typographic
from rag.types import Kind, Status
from rag.ui.sources import Authority
from rag.ui.wording import number

ORIGINS = {
    Origin.UPLOADED: "Ajouté depuis cette page",
    Origin.OFFICIAL: "Texte officiel téléchargé",
    Origin.FOLDER: "Dossier des documents",
    Origin.ELSEWHERE: "Indexé par une commande",
}

LEAVINGS = {
    Origin.UPLOADED: typographic("Le fichier ajouté, « {file} », sera effacé."),
    Origin.OFFICIAL: typographic(
        "La copie téléchargée reste dans le dossier de données : l’onglet « Textes officiels » "
        "peut la remettre."
    ),
    Origin.FOLDER: typographic(
        "Le fichier « {file} » reste dans le dossier des documents : la commande « radiact "
        "ingest » le remettrait."
    ),
    Origin.ELSEWHERE: typographic(
        "Le fichier « {file} » reste où il est : l’indexer de nouveau le remettrait."
    ),
}

DIRECTION_MARKS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Of Unicode: in a title, they can make « exe.pdf » of « fdp.exe »."""

_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}
_STATUS_ORDER = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a column shows of a document, and what it is sorted by (last where empty)."""

    text: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the page shows of a document.

    ``words`` are what the search box compares with, folded; ``facts`` are what is shown on demand,
    by name; ``leaving`` says what becomes of the file when the document is removed.
    """

    id: str
    title: str
    title_key: str
    authority: Authority
    kind: Cell
    publisher: Cell
    published: Cell
    version: Cell
    status: Cell
    checked: Cell
    passages: Cell
    is_in_force: bool
    is_overdue: bool
    url: str
    words: str
    facts: tuple[tuple[str, str], ...]
    leaving: str


def row(listed: Listed, *, today: date, check_after_days: int) -> Row:
    """Make the row of a document."""
    entry = listed.entry
    facts = entry.metadata
    age = age_days(facts, today)
    title = facts.title.translate(DIRECTION_MARKS)
    kind, status = KINDS[facts.kind], STATUSES[facts.status] if facts.status else ""
    return Row(
        id=entry.id,
        title=title,
        title_key=fold(title),
        authority=Authority.of(facts.kind),
        kind=Cell(text=kind, key=_padded(_KIND_ORDER[facts.kind])),
        publisher=Cell(text=facts.publisher, key=fold(facts.publisher)),
        published=_day(facts.published),
        version=_day(facts.version_date),
        status=Cell(text=status, key=_padded(_STATUS_ORDER[facts.status]) if facts.status else ""),
        checked=Cell(text=age_line(age), key="" if age is None else _padded(age)),
        passages=Cell(text=number(listed.passages), key=_padded(listed.passages)),
        is_in_force=facts.status is Status.IN_FORCE,
        is_overdue=age is not None and age > check_after_days,
        url=safe_url(facts.url),
        words=fold(" ".join((title, entry.id, facts.publisher, kind, status, listed.file))),
        facts=_facts(listed),
        leaving=LEAVINGS[listed.origin].format(file=listed.file),
    )


def age_line(days: int | None) -> str:
    """Say how long ago a document was checked.

    >>> [age_line(days).replace(NBSP, " ") for days in (None, -1, 0, 1, 45)]
    ['jamais', 'aujourd’hui', 'aujourd’hui', 'hier', 'il y a 45 jours']
    """
    if days is None:
        return "jamais"
    if days <= 1:
        return "hier" if days == 1 else "aujourd’hui"
    return f"il y a {number(days)}{NBSP}jours"


def _day(day: date | None) -> Cell:
    if day is None:
        return Cell(text="", key="")
    return Cell(text=french_date(day), key=day.isoformat())


def _padded(value: int) -> str:
    """Write a number so that numbers sort as texts do.

    >>> sorted(map(_padded, (10, 9, -1)))
    ['000000000000', '000000000010', '000000000011']
    """
    return f"{max(value + 1, 0):012}"


def _facts(listed: Listed) -> tuple[tuple[str, str], ...]:
    entry = listed.entry
    facts = entry.metadata
    earlier = listed.versions - 1
    kept = f"{number(earlier)} antérieure{'s' if earlier > 1 else ''}, pour preuve"
    told = {
        "Identifiant": entry.id,
        "Langue": LANGUAGES.get(facts.language, facts.language),
        "Origine": ORIGINS[listed.origin],
        "Fichier": listed.file,
        "Version indexée": f"n°{NBSP}{entry.version}, le {french_date(_local(listed))}",
        "Versions gardées": kept if earlier else "aucune autre que celle-ci",
        "Empreinte du texte (SHA-256)": entry.text_sha256,
        "Licence": facts.licence,
        "Explique": ", ".join(facts.covers),
    }
    return tuple((name, value) for name, value in told.items() if value)


def _local(listed: Listed) -> date:
    return listed.entry.recorded_at.astimezone().date()
