"""The documents held: what adds to them, takes them out, reads them and checks their indexes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.config import Settings
from rag.library import Listed, list_documents
from rag.pipeline import reading
from rag.pipeline.indexes import IndexReport, check, rebuild, repair
from rag.pipeline.ingestion import Ingestion
from rag.pipeline.lock import writing
from rag.pipeline.uploads import Addition, add_file
from rag.register import Register
from rag.sources import SourceState, survey_sources
from rag.splitter import split
from rag.types import Document, IngestReport, PageView, Progress, Reading
from rag.uploads import discard
from rag.vector_store import VectorStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """The register and the vectors derived from it, in one data folder."""

    settings: Settings
    register: Register
    vector_store: VectorStore

    def ingest(
        self,
        paths: Sequence[Path] = (),
        *,
        progress: Progress | None = None,
        wait_seconds: float = 0,
        restore_removed: bool = True,
    ) -> IngestReport:
        """Bring the register and its indexes in line with files and folders.

        Args:
            paths: files and folders; by default the settings' documents folder, and the files
                that were added from the page.
            progress: told of each file and of each batch of passages encoded.
            wait_seconds: how long to wait for another process that is writing.
            restore_removed: take back documents that were removed by hand.

        Raises:
            StoreError: another process is writing.
        """
        with writing(self.settings.lock_file, wait_seconds=wait_seconds):
            ingestion = Ingestion(
                register=self.register,
                vector_store=self.vector_store,
                progress=progress,
                restore_removed=restore_removed,
            )
            return ingestion.run(paths or self._default_paths())

    def _default_paths(self) -> tuple[Path, ...]:
        uploads = self.settings.uploads_dir
        return (self.settings.documents_dir, *([uploads] if uploads.is_dir() else []))

    def index(self, documents: Iterable[Document], *, progress: Progress | None = None) -> None:
        """Index documents that come from elsewhere than files, all encoded together."""
        with writing(self.settings.lock_file):
            for document in documents:
                passages = split(document)
                self.register.save(document, passages, sha256=document.sha256)
            repair(self.register, self.vector_store, progress)

    def add(
        self, received: Path, *, progress: Progress | None = None, wait_seconds: float = 0
    ) -> Addition:
        """Keep a file that was received among those added from the page, and index it.

        Args:
            received: the file, which is moved: see ``Reception``.
            progress: told of each batch of passages encoded.
            wait_seconds: how long to wait for another process that is writing.

        Raises:
            StoreError: another process is writing, or the file cannot be kept.
        """
        with writing(self.settings.lock_file, wait_seconds=wait_seconds):
            ingestion = Ingestion(
                register=self.register, vector_store=self.vector_store, progress=progress
            )
            return add_file(received, folder=self.settings.uploads_dir, ingestion=ingestion)

    def remove(self, document: str) -> None:
        """Take a document out of the answers at once, and delete its file if the page added it.

        Raises:
            StoreError: no such document, or another process is writing.
        """
        with writing(self.settings.lock_file):
            sources = [one.source for one in self.register.entries() if one.id == document]
            self.register.remove(document, by_hand=True)
            for source in sources:
                discard(source, folder=self.settings.uploads_dir)
            repair(self.register, self.vector_store)

    def read(
        self,
        document: str,
        *,
        version: int | None = None,
        anchor: str | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> Reading:
        """Read a document where a citation leads: see ``rag.pipeline.reading``."""
        return reading.read(
            self.register, document, version=version, anchor=anchor, start=start, end=end
        )

    def look_at_page(
        self,
        document: str,
        number: int,
        *,
        version: int | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> PageView:
        """Look at a page of a PDF: see ``rag.pipeline.reading``."""
        return reading.look_at_page(
            self.register, document, number, version=version, start=start, end=end
        )

    def page_image(
        self, document: str, number: int, *, width: int, version: int | None = None
    ) -> bytes:
        """Draw a page of a PDF: see ``rag.pipeline.reading``."""
        return reading.page_image(self.register, document, number, width=width, version=version)

    def official_texts(self) -> list[SourceState]:
        """Say what is here of each official text of the catalogue.

        Raises:
            ConfigurationError: the catalogue cannot be used.
        """
        return survey_sources(self.settings, self.register)

    def check_indexes(self) -> IndexReport:
        """Compare the vectors with the register."""
        return check(self.register, self.vector_store)

    def rebuild_indexes(self, *, progress: Progress | None = None) -> IndexReport:
        """Make the vectors anew from the register."""
        with writing(self.settings.lock_file):
            return rebuild(self.register, self.vector_store, progress)

    def library(self) -> list[Listed]:
        """List the documents that answer, with what the register holds of each."""
        return list_documents(self.settings, self.register)
