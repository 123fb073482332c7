"""What became of each of the project's own questions, recorded: a guard against losing some.

    python -m benchmarks.record

Writes ``recorded.json`` anew. ``make test`` asks the questions again, all of them on the notices
and a few on some notices, and fails when more of those that succeeded fail than chance explains.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typer

from benchmarks.quality import OWN, own_files
from rag.cli.console import progress_bar
from rag.config import Settings
from rag.evaluation.asking import ask_questions
from rag.evaluation.causes import LABELS, Cause
from rag.evaluation.golden import GoldenQuestion, read_questions
from rag.evaluation.lines import Line
from rag.messages import typographic
from rag.pipeline import Assistant
from rag.types import Progress

RECORDED = Path(__file__).with_name("recorded.json")
DOCUMENTS = OWN.parents[1] / "documents"
KEPT = ("rank", "abstained", "answer_span_found", "cause")
NOTICES, QUICK = "notices", "quick"
QUICK_FOLDERS = ("actualites", "recommandations")
QUICK_QUESTIONS = 14
"""Questions of the quick subset, of each folder: asked within seconds."""

Outcomes = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Outcomes by question, on the day whose law was asked for: that of the recording."""

    as_of: date
    outcomes: Mapping[str, Outcomes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was lost and won since the recording, a sentence for each question."""

    lost: list[str]
    won: list[str]

    def __str__(self) -> str:
        """List both, to read in the failure of a test."""
        lost, won = ("\n  ".join(["", *sentences]) or " –" for sentences in (self.lost, self.won))
        return f"\nlost ({len(self.lost)}):{lost}\nwon ({len(self.won)}):{won}"


def outcomes(lines: Sequence[Line]) -> Outcomes:
    """Keep of each question what became of it."""
    return {line["id"]: {key: line[key] for key in KEPT} for line in lines}


def compare(recorded: Outcomes, lines: Sequence[Line]) -> Change:
    """Compare with what was recorded; a question that was not recorded counts for nothing."""
    change = Change(lost=[], won=[])
    for line in lines:
        former = recorded.get(line["id"])
        if former is None or (former["cause"] is None) == (line["cause"] is None):
            continue
        cause = Cause(line["cause"] or former["cause"])
        told = f"{line['id']} {line['question']!r} (rank {former['rank']} → {line['rank']}): "
        (change.lost if line["cause"] else change.won).append(told + LABELS[cause])
    return change


def read_recorded(path: Path = RECORDED) -> Recorded:
    """Read what was recorded."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return Recorded(
        as_of=date.fromisoformat(held["as_of"]),
        outcomes={NOTICES: held[NOTICES], QUICK: held[QUICK]},
    )


def ask_all(assistant: Assistant, as_of: date, progress: Progress | None = None) -> list[Line]:
    """Ask every question on the notices."""
    questions = [one for path in own_files(official=False) for one in read_questions(path)]
    return ask_questions(assistant, questions, as_of=as_of, progress=progress)


def ask_quick(settings: Settings, as_of: date, progress: Progress | None = None) -> list[Line]:
    """Index the notices of the quick subset and ask its questions."""
    assistant = Assistant.open(settings)
    references = sorted(DOCUMENTS.glob("*.yaml"))
    folders = [DOCUMENTS / name for name in QUICK_FOLDERS]
    assistant.ingest([*references, *folders], progress=progress)
    return ask_questions(assistant, quick_questions(), as_of=as_of, progress=progress)


def quick_questions() -> list[GoldenQuestion]:
    """Give the questions of the quick subset."""
    return [
        question
        for name in QUICK_FOLDERS
        for question in read_questions(OWN / f"{name}.jsonl")[:QUICK_QUESTIONS]
    ]


def record(progress: Progress) -> dict[str, Any]:
    """Ask everything, on the law of today; give what ``recorded.json`` holds."""
    today = date.today()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        whole, few = (
            Settings(data_dir=Path(temporary) / name, documents_dir=DOCUMENTS)
            for name in (NOTICES, QUICK)
        )
        assistant = Assistant.open(whole)
        assistant.ingest(progress=progress)
        return {
            "as_of": today.isoformat(),
            NOTICES: outcomes(ask_all(assistant, today, progress)),
            QUICK: outcomes(ask_quick(few, today, progress)),
        }


def _write(held: Mapping[str, Any]) -> None:
    """Write one question a line, so that a change shows which one moved."""
    sections = [
        f' "{name}": {{\n'
        + ",\n".join(f'  "{key}": {json.dumps(held[name][key])}' for key in held[name])
        + "\n }"
        for name in (NOTICES, QUICK)
    ]
    text = ",\n".join([f' "as_of": "{held["as_of"]}"', *sections])
    RECORDED.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def main() -> None:
    """Enregistrer ce que donne chaque question du projet."""
    with progress_bar() as progress:
        held = record(progress)
    if RECORDED.exists():
        former = read_recorded()
        for name in (NOTICES, QUICK):
            before, after = former.outcomes[name], held[name]
            kept = [key for key in after if key in before]
            lost = [key for key in kept if after[key]["cause"] and not before[key]["cause"]]
            won = [key for key in kept if before[key]["cause"] and not after[key]["cause"]]
            told = f"perdues : {', '.join(lost) or '–'} ; gagnées : {', '.join(won) or '–'}"
            typer.echo(typographic(f"{name}, {told}"))
    _write(held)


if __name__ == "__main__":
    typer.run(main)
