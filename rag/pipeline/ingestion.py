"""Bring the register and the vectors in line with files.

A file goes through in one step that can be cut off anywhere: vectors first (unknown to the
register, they answer nothing), then one transaction of the register (the new state answers), then
the former vectors go. Whatever a crash leaves behind is swept by the next start or ingest.
"""

import hashlib
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag import loaders, splitter
from rag.errors import LoadError, Problem, RadiactError
from rag.pipeline.indexes import repair
from rag.pipeline.references import is_reference, read_reference
from rag.privacy import check_path, mask, mask_path
from rag.register import Entry, Reference, Register
from rag.types import Document, FileReport, IngestReport, Outcome, Passage, Progress
from rag.vector_store import VectorStore, vector_id

READING_REVISION = 1
"""Raised when the same file would give other passages, so that ``ingest`` reads it anew."""

NOT_DOCUMENTS = {".yaml", ".yml"}
LEFTOVERS = {"thumbs.db", "desktop.ini"}
_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Ingestion:
    """One run of ``ingest``, under the writer's lock."""

    register: Register
    vector_store: VectorStore
    progress: Progress | None = None
    restore_removed: bool = True
    _entries: dict[str, Entry] = field(init=False, default_factory=dict)
    _references: dict[Path, Reference] = field(init=False, default_factory=dict)

    def run(self, paths: Sequence[Path]) -> IngestReport:
        """Ingest files and folders; a file that fails is reported and stops no other."""
        repair(self.register, self.vector_store, self.progress)
        self._refresh()
        paths = [Path(os.path.abspath(path)) for path in paths]
        files = list(_files(paths))
        reports = []
        for done, path in enumerate(files):
            self._tell(f"Indexation de {mask(path.name)}", done, len(files))
            reports.append(self._ingest(path))
        self._tell("Indexation", len(files), len(files))
        vanished = self._forget_vanished(paths)
        repair(self.register, self.vector_store, self.progress)  # what describes the acts now here
        return IngestReport(files=(*reports, *vanished))

    def _ingest(self, path: Path) -> FileReport:
        try:
            check_path(path)
            if is_reference(path):
                return self._ingest_reference(path)
            return self._ingest_or_raise(path)
        except RadiactError as error:
            return FileReport(outcome=Outcome.FAILED, path=str(mask_path(path)), error=error)

    def _ingest_or_raise(self, path: Path) -> FileReport:
        sha256 = state_sha256(path)
        if (entry := self._settled(path, sha256)) is not None:
            if entry.source != path:
                self._moved(entry, path)
            return FileReport(outcome=Outcome.UNCHANGED, path=str(path), document=entry.id)
        document = _load(path)
        former = self._former(document)
        passages = splitter.split(document)
        if not passages:
            raise LoadError(Problem.NO_TEXT, path=path)
        self._replace(document, passages, sha256=sha256)
        return FileReport(
            outcome=Outcome.UPDATED if former else Outcome.ADDED,
            path=str(path),
            document=document.id,
            passages=len(passages),
        )

    def _ingest_reference(self, path: Path) -> FileReport:
        reference, former = read_reference(path), self._references.get(path)
        if former is not None and former.sha256 == reference.sha256:
            return FileReport(outcome=Outcome.UNCHANGED, path=str(path))
        self.register.save_reference(reference)
        return FileReport(outcome=Outcome.UPDATED if former else Outcome.ADDED, path=str(path))

    def _settled(self, path: Path, sha256: str) -> Entry | None:
        """Find the document that already holds exactly this file, here or where it was before."""
        for entry in self._entries.values():
            same_place = entry.source == path
            if entry.sha256 != sha256 or not (same_place or not entry.source.exists()):
                continue
            if not entry.removed or (entry.removed_by_hand and not self.restore_removed):
                return entry
        return None

    def _moved(self, entry: Entry, path: Path) -> None:
        if not entry.removed:
            self.register.move(entry.id, path)
        self._refresh()

    def _former(self, document: Document) -> Entry | None:
        """Find the document's present state; refuse an id that another file holds."""
        entry = self._entries.get(document.id)
        if entry is None or entry.removed:
            return None
        if entry.source != document.source and entry.source.exists():
            raise LoadError(Problem.DUPLICATE_ID, id=document.id, other=entry.source)
        return entry

    def _replace(self, document: Document, passages: list[Passage], *, sha256: str) -> None:
        held = {vector_id(stored.passage) for stored in self.register.passages(document.id)}
        wanted = {vector_id(passage): passage for passage in passages}
        self.vector_store.passages.add(
            [wanted[key] for key in wanted if key not in held], self.progress
        )
        self.register.save(document, passages, sha256=sha256)
        self.vector_store.passages.delete(held - wanted.keys())
        self._remove_renamed(document)
        self._refresh()

    def _remove_renamed(self, document: Document) -> None:
        """Drop the document that this file held under another id."""
        for entry in self._entries.values():
            if entry.source == document.source and entry.id != document.id and not entry.removed:
                self._remove(entry)

    def _forget_vanished(self, paths: Sequence[Path]) -> list[FileReport]:
        """Take out what came from a file that is gone from a folder that is still there."""
        self._refresh()
        folders = [path for path in paths if path.is_dir()]

        def has_vanished(source: Path) -> bool:
            return any(map(source.is_relative_to, folders)) and not source.exists()

        reports = []
        for entry in list(self._entries.values()):
            if not entry.removed and has_vanished(entry.source):
                self._remove(entry)
                reports.append(_removed(entry.source, entry.id))
        for source in filter(has_vanished, list(self._references)):
            self.register.remove_reference(source)
            reports.append(_removed(source))
        return reports

    def _remove(self, entry: Entry) -> None:
        held = {vector_id(stored.passage) for stored in self.register.passages(entry.id)}
        self.register.remove(entry.id, by_hand=False)
        self.vector_store.passages.delete(held)

    def _refresh(self) -> None:
        self._entries = {entry.id: entry for entry in self.register.entries(removed=True)}
        self._references = {item.source: item for item in self.register.references()}

    def _tell(self, label: str, done: int, total: int) -> None:
        if self.progress:
            self.progress(label, done, total)


def _removed(source: Path, document: str | None = None) -> FileReport:
    return FileReport(outcome=Outcome.REMOVED, path=str(source), document=document)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """List the files to read: those given, and all in the folders given, hidden ones left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file() and not _is_aside(file.relative_to(path)):
                yield file


def _is_aside(path: Path) -> bool:
    """Tell hidden files, sidecars, and what editors and systems leave in a folder."""
    return (
        any(part.startswith((".", "~$")) for part in path.parts)
        or path.name.lower() in LEFTOVERS
        or (path.suffix.lower() in NOT_DOCUMENTS and not is_reference(path))
    )


def state_sha256(path: Path) -> str:
    """Hash what a document is made of: the file, its sidecar, and the way it is cut.

    Raises:
        LoadError: the file cannot be read.
    """
    digest = hashlib.sha256(f"{READING_REVISION}".encode())
    for part in (path, path.with_name(path.name + ".yaml")):
        try:
            with part.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except FileNotFoundError as error:
            if part == path:
                raise LoadError(Problem.NOT_FOUND, path=path) from error
        except OSError as error:
            raise LoadError(Problem.UNREADABLE, path=path) from error
    return digest.hexdigest()


def _load(path: Path) -> Document:
    """Load a file; whatever a parser does with a hostile one becomes a named failure."""
    if not loaders.supported(path):
        raise LoadError(Problem.UNSUPPORTED, path=path, suffix=path.suffix or path.name)
    try:
        return loaders.load(path)
    except RadiactError:
        raise
    except Exception as error:
        # The message of a parser may hold words of the document: its type is enough.
        _log.error("loader failed on %s: %s", path.name, type(error).__name__)
        raise LoadError(Problem.UNREADABLE, path=path) from error
