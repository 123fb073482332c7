"""The layout of ``benchmarks/results/<date>-<commit>/``, written, read and told in French.

``environment.json`` says on what it was measured; ``<set>.json`` holds each run, comparable with
``radiact evaluate --against``; ``ablation.json`` the variants beside each; ``rapport.md`` all of
it to read, with its plots. Labelled questions kept outside the repository stay outside: their
lines have no words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rag.dates import french_date
from rag.evaluation import compare, read_run, write_report, write_run
from rag.evaluation.lines import RETRIEVAL, Line, Run
from rag.evaluation.report import HITS_SHOWN, decimal
from rag.messages import typographic

RESULTS = Path(__file__).parent / "results"
ENVIRONMENT, ABLATION = "environment.json", "ablation.json"
FULL = "RadIAct"
ABLATION_FIGURES = ("recall@1", "recall@5", "ndcg@10")
_DROPPED = {"question", "relevant", "reason", "quotes"}
Ablation = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredSet:
    """A set of questions and what came of it.

    Attributes:
        name: that of its file, without the ending.
        title: what the questions are, in French.
        documents: what they were asked of, in French.
        run: as ``rag.evaluation`` makes it.
        variants: the runs of the ablation, by their names.
        is_public: whether the questions are part of the repository.
    """

    name: str
    title: str
    documents: str
    run: Run
    variants: Mapping[str, Run] = field(default_factory=dict)
    is_public: bool = False


def write_results(
    results: Path,
    sets: Sequence[MeasuredSet],
    environment: Mapping[str, Any],
    *,
    remarks: Sequence[str] = (),
) -> Path:
    """Write a folder of results; give it.

    Args:
        results: holds one folder for each measurement; the latest is compared with.
        sets: what was measured.
        environment: the facts of ``benchmarks.machine``.
        remarks: what the reader of the report must know besides, in French.
    """
    former = latest(results)
    folder = results / _name(environment)
    ablation = {one.name: ablation_of(one) for one in sets if one.variants}
    comparisons = {one.title: found for one in sets if (found := _compared(one, former))}
    folder.mkdir(parents=True, exist_ok=True)
    for one in sets:
        write_run(folder / f"{one.name}.json", compact(one.run))
    told = {one.name: {"title": one.title, "documents": one.documents} for one in sets}
    _write_json(folder / ENVIRONMENT, {**environment, "sets": told})
    _write_json(folder / ABLATION, ablation)
    blocks = [introduction(environment), *remarks]
    if former:
        blocks.append(typographic(f"Mesure antérieure, à laquelle se comparer : `{former.name}`."))
    blocks += ["## Ce que vaut chaque partie", *ablation_tables(sets, ablation)]
    write_report(
        folder,
        {one.title: one.run if one.is_public else _wordless(one.run) for one in sets},
        introduction="\n\n".join(blocks),
        comparisons=comparisons,
    )
    return folder


def latest(results: Path) -> Path | None:
    """Give the folder of the latest measurement."""
    folders = {
        datetime.fromisoformat(json.loads(path.read_text("utf-8"))["measured_at"]): path.parent
        for path in results.glob(f"*/{ENVIRONMENT}")
    }
    return folders[max(folders)] if folders else None


def read_environment(folder: Path) -> dict[str, Any]:
    """Read on what a measurement was made, and its sets."""
    return dict(json.loads((folder / ENVIRONMENT).read_text("utf-8")))


def read_ablation(folder: Path) -> Ablation:
    """Read the figures of the variants: by set, by variant, by figure."""
    return dict(json.loads((folder / ABLATION).read_text("utf-8")))


def compact(run: Run) -> Run:
    """Keep of each question what figures and comparisons need, without its words."""
    return {**run, "questions": [_compact_line(line) for line in run["questions"]]}


def ablation_of(measured: MeasuredSet) -> dict[str, dict[str, Any]]:
    """Set each variant beside the whole program: values, differences, paired intervals."""
    found = {
        name: {
            figure: {
                "value": facts["after"],
                "difference": facts["difference"],
                "interval": facts["interval"],
            }
            for figure, facts in compare(measured.run, variant)["figures"].items()
        }
        for name, variant in measured.variants.items()
    }
    whole = {figure: {"value": measured.run[figure]} for figure in RETRIEVAL}
    return {FULL: whole, **found}


def ablation_tables(sets: Sequence[MeasuredSet], ablation: Ablation) -> Iterator[str]:
    """Write a table for each set: figures, then differences with their 95 % paired intervals."""
    for one in sets:
        if one.name in ablation:
            yield f"### {one.title}, {one.documents}"
            yield "\n".join(_ablation_table(ablation[one.name]))


def introduction(environment: Mapping[str, Any]) -> str:
    """Say when and on what the measurement was made."""
    day = french_date(datetime.fromisoformat(environment["measured_at"]).date())
    changed = ", avec des modifications non enregistrées" if environment["modified"] else ""
    versions = ", ".join(f"{name} {number}" for name, number in environment["versions"].items())
    return typographic(
        f"Au commit `{environment['commit']}`{changed}, le {day}, sur {machine(environment)}. "
        f"Versions : {versions}."
    )


def machine(environment: Mapping[str, Any]) -> str:
    """Describe the machine in French."""
    told = environment["machine"]
    memory = decimal(told["memory_gib"], digits=0)
    return f"{told['processor']}, {told['cores']} cœurs, {memory}\N{NO-BREAK SPACE}Gio de mémoire"


def _name(environment: Mapping[str, Any]) -> str:
    day = datetime.fromisoformat(environment["measured_at"]).date()
    return f"{day}-{environment['commit']}" + ("-modifie" if environment["modified"] else "")


def _compared(one: MeasuredSet, former: Path | None) -> dict[str, Any] | None:
    if former is None or not (former / f"{one.name}.json").is_file():
        return None
    present = one.run if one.is_public else _wordless(one.run)
    return compare(read_run(former / f"{one.name}.json"), present)


def _ablation_table(variants: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield f"| | {' | '.join(ABLATION_FIGURES)} |"
    yield "|---" * (len(ABLATION_FIGURES) + 1) + "|"
    for name, figures in variants.items():
        yield f"| {name} | {' | '.join(_cell(figures[figure]) for figure in ABLATION_FIGURES)} |"


def _cell(figure: Mapping[str, Any]) -> str:
    value = decimal(figure["value"], digits=2)
    if "difference" not in figure:
        return value
    low, high = (decimal(bound, digits=2, signed=True) for bound in figure["interval"])
    return f"{value} ({decimal(figure['difference'], digits=2, signed=True)} [{low} ; {high}])"


def _wordless(run: Run) -> Run:
    lines = [{**line, "question": None} for line in run["questions"]]
    return {**run, "questions": lines}


def _compact_line(line: Line) -> Line:
    kept = {key: value for key, value in line.items() if key not in _DROPPED}
    if kept.get("confidence") is None:
        kept.pop("confidence", None)
    return {**kept, "hits": line["hits"][:HITS_SHOWN]}


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
