"""A register for the fake assistant: a few documents, and files that are added to them."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rag.errors import LoadError, Problem, StoreError
from rag.library import Listed, Origin
from rag.pipeline import Addition
from rag.register import Entry
from rag.types import FileReport, Kind, Metadata, Outcome, Progress, Status
from tests.ui.fake_hits import make_metadata

HOSTILE_TITLE = "Notice <script>window.pirate = true</script> \N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"
RECORDED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def make_listed(facts: Metadata | None = None, **changes: object) -> Listed:
    facts = facts or make_metadata()
    values: dict[str, object] = {
        "passages": 812,
        "versions": 2,
        "origin": Origin.OFFICIAL,
        "file": f"{facts.id}/fr.html",
    }
    entry = Entry(
        id=facts.id,
        source=Path(f"{facts.id}.html"),
        sha256="0" * 64,
        version=3,
        metadata=facts,
        recorded_at=RECORDED_AT,
        text_sha256="a" * 64,
    )
    return Listed(**{"entry": entry, **values, **changes})


def make_library() -> list[Listed]:
    today = date.today()
    return [
        make_listed(make_metadata(checked=today, version_date=date(2026, 7, 27))),
        make_listed(
            make_metadata(
                id="cnil-ia-fiches",
                title="Évaluer un système d’IA : fiches pratiques",
                kind=Kind.RECOMMENDATION,
                publisher="CNIL",
                status=Status.NON_BINDING,
                published=date(2025, 2, 7),
                checked=today - timedelta(days=200),
            ),
            passages=90,
            versions=1,
            origin=Origin.FOLDER,
            file="cnil/fiches.pdf",
        ),
        make_listed(
            make_metadata(
                id='x"><script>',
                title=f"{HOSTILE_TITLE} {'mot' * 60}",
                kind=Kind.NOTICE,
                publisher="",
                url="javascript:alert(1)",
                status=None,
                published=None,
            ),
            passages=7,
            versions=1,
            origin=Origin.UPLOADED,
            file="notice.md",
        ),
    ]


@dataclass
class FakeRegister:
    """The documents; a file added is one of them, unless its name tells what goes wrong with it."""

    listed: list[Listed] = field(default_factory=make_library)
    received: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    is_locked: bool = False
    may_end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_end.set()

    def add(self, received: Path, progress: Progress | None) -> Addition:
        if progress:
            progress("Encodage des passages", 32, 128)
        self.may_end.wait(timeout=30)
        if self.is_locked:
            raise StoreError(Problem.LOCKED, holder="processus 7")
        if received.name.startswith("chiffré"):
            error = LoadError(Problem.ENCRYPTED, path=received.name)
            return Addition(report=_report(Outcome.FAILED, received, error=error))
        outcome = Outcome.UPDATED if received.name in self.received else Outcome.ADDED
        self.received[received.name] = received.read_bytes()
        id = received.stem
        facts = make_metadata(id=id, title=f"Fichier {id}", kind=Kind.GUIDE, publisher="", url="")
        self.listed = [one for one in self.listed if one.entry.id != id]
        self.listed.append(make_listed(facts, origin=Origin.UPLOADED, file=received.name))
        return Addition(report=_report(outcome, received, document=id, passages=12))

    def remove(self, document: str) -> None:
        if self.is_locked:
            raise StoreError(Problem.LOCKED, holder="processus 7")
        if document not in {one.entry.id for one in self.listed}:
            raise StoreError(Problem.UNKNOWN_DOCUMENT, id=document)
        self.removed.append(document)
        self.listed = [one for one in self.listed if one.entry.id != document]


def _report(outcome: Outcome, path: Path, **changes: object) -> FileReport:
    return FileReport(**{"outcome": outcome, "path": str(path), **changes})
