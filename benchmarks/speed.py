"""``make bench``: how fast, beside the plain LangChain recipe on the same work in the same run.

Prints a Markdown table: indexing (passages a second, share of the time in the encoder), question
to answer, cold start to first answer, memory. Machines are noisy: read the ratios.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import numpy as np
import typer
from numpy.typing import NDArray

from benchmarks import plain
from rag.config import PREFIX, Settings
from rag.embeddings import Reading, SentenceEncoder
from rag.evaluation.metrics import percentiles
from rag.pipeline import Assistant

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
REGULATIONS = ("32024R1689/fr.html", "32016R0679/fr.html")
QUESTIONS = (
    "Combien de temps conserver les journaux d’un système à haut risque ?",
    "qui est déployeur",
    "Quelle amende pour une pratique interdite ?",
    "faut il une analyse d'impact pour un traitement à grande échelle de données de santé",
    "Que doit contenir la notice d’utilisation ?",
    "délai de notification d'une violation de données",
    "contrôle humain biais d'automatisation",
    "Le patient peut-il retirer son consentement ?",
    "recette de la tarte tatin",
    "bac à sable réglementaire PME",
)
ROUNDS = 5
POLL_SECONDS = 0.02
PAGE_PORT = 7899
_T = TypeVar("_T")


class TimedEncoder(SentenceEncoder):
    """The product's encoder, with the seconds it took."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.seconds = 0.0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode as the product does, and count the time."""
        started = time.perf_counter()
        vectors = super().encode(texts)
        self.seconds += time.perf_counter() - started
        return vectors

    def read(self, texts: Sequence[str]) -> Reading:
        """Read as the product does at indexing, and count the time once."""
        before, started = self.seconds, time.perf_counter()
        reading = super().read(texts)
        self.seconds = before + time.perf_counter() - started
        return reading


@dataclass(frozen=True)
class Row:
    """A line of the table: what, then the product's figure and the recipe's."""

    what: str
    ours: float
    plain: float
    unit: str

    def __str__(self) -> str:
        ratio = self.ours / self.plain if self.plain else float("nan")
        figures = f"{_figure(self.ours)} {self.unit} | {_figure(self.plain)} {self.unit}"
        return f"| {self.what} | {figures} | {ratio:.2f} |"


def run(corpus: Path) -> list[Row]:
    """Measure everything in temporary folders."""
    files = [corpus / name for name in REGULATIONS]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        ours, theirs = Path(temporary) / "radiact", Path(temporary) / "plain"
        settings = Settings(data_dir=ours)
        rows = _indexing(settings, files, theirs)
        rows += _answering(settings, theirs)
        return rows + _cold_start(settings, theirs)


def _indexing(settings: Settings, files: list[Path], folder: Path) -> list[Row]:
    ours, theirs = TimedEncoder(settings.embedding_model), TimedEncoder(settings.embedding_model)
    for encoder in (ours, theirs):
        encoder.encode(["chauffe"])
        encoder.seconds = 0
    assistant = Assistant.open(settings, encoder=ours)
    report, seconds = _timed(lambda: assistant.ingest(files))
    passages = sum(file.passages for file in report.files)
    chunks, plain_seconds = _timed(lambda: plain.ingest(files, folder, theirs))
    return [
        Row("passages indexés", passages, chunks, ""),
        Row("indexation des deux règlements", seconds, plain_seconds, "s"),
        Row("passages par seconde", passages / seconds, chunks / plain_seconds, ""),
        Row("part du temps dans l’encodeur",
            100 * ours.seconds / seconds, 100 * theirs.seconds / plain_seconds, "%"),
    ]  # fmt: skip


def _answering(settings: Settings, folder: Path) -> list[Row]:
    assistant = Assistant.open(settings)
    encoder = assistant.vector_store.encoder
    store = plain.open_store(folder, encoder)
    ours = _latencies(assistant.ask)
    theirs = _latencies(partial(plain.search, store))
    return [
        Row(f"question à réponse, {name}", ours[name], theirs[name], "ms")
        for name in ("p50", "p95")
    ]


def _cold_start(settings: Settings, folder: Path) -> list[Row]:
    environment = _environment(settings)
    question = QUESTIONS[0]
    ours = _process(["-m", "rag", "ask", question], environment)
    theirs = _process(
        ["-m", "benchmarks.plain", str(folder), settings.embedding_model, question], environment
    )
    return [
        Row("démarrage à froid à première réponse", ours[0], theirs[0], "s"),
        Row("mémoire (pic)", ours[1], theirs[1], "Mio"),
    ]


def _environment(settings: Settings) -> dict[str, str]:
    """Give the product's own defaults, on the folder of the measurement."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {**kept, "RADIACT_DATA_DIR": str(settings.data_dir)}


def page_ready() -> float:
    """Start ``app.py`` when nothing changed; give the seconds until the page is served."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        settings = Settings(data_dir=Path(temporary), documents_dir=REPOSITORY / "documents")
        Assistant.open(settings).ingest()
        started = time.perf_counter()
        with subprocess.Popen(  # our own module
            [sys.executable, "app.py"],
            env={**_environment(settings), "RADIACT_PORT": str(PAGE_PORT)},
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None  # noqa: S101  # for the type checker
            process.stdout.readline()
            seconds = time.perf_counter() - started
            process.terminate()
        return seconds


def _process(arguments: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run Python in a new process: seconds, and peak memory in MiB (0 where /proc is missing)."""
    started = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603  # our own modules
        [sys.executable, *arguments], env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _peak_memory(process.pid))
        time.sleep(POLL_SECONDS)
    if process.returncode:
        raise RuntimeError(arguments)
    return time.perf_counter() - started, peak


def _peak_memory(pid: int) -> float:
    """Read the most memory a process has held so far, in MiB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _latencies(ask: Callable[[str], object]) -> dict[str, float]:
    ask(QUESTIONS[0])
    asked = [partial(ask, question) for _ in range(ROUNDS) for question in QUESTIONS]
    return percentiles([1000 * _timed(action)[1] for action in asked])


def _figure(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _timed(action: Callable[[], _T]) -> tuple[_T, float]:
    started = time.perf_counter()
    result = action()
    return result, time.perf_counter() - started


def main(
    corpus: Annotated[Path, typer.Option(help="Dossier des règlements d’EUR-Lex.")] = CORPUS,
) -> None:
    """Mesurer la vitesse."""
    if not (corpus / REGULATIONS[0]).exists():
        raise typer.BadParameter(f"Règlements absents de {corpus} (voir --corpus).")
    typer.echo(
        f"{platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}\n"
    )
    typer.echo("| mesure | RadIAct | LangChain simple | rapport |\n|---|---|---|---|")
    for row in run(corpus):
        typer.echo(str(row))
    typer.echo(f"\nPage servie en {page_ready():.1f} s quand rien n’a changé.")


if __name__ == "__main__":
    typer.run(main)
