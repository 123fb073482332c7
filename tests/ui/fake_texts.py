"""Official texts and a thesaurus for the fake assistant, made of the program's own types."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from rag.errors import Problem, SourceError
from rag.loaders.files import Format
from rag.pipeline import PullReport, SourceReport
from rag.register import Entry
from rag.sources import Access, Copy, OfficialText, Provenance, SourceState
from rag.thesaurus import Thesaurus
from rag.types import FileReport, Kind, Metadata, Outcome, Progress, PullOutcome

INSTALLED_ON = datetime(2026, 11, 20, 12, tzinfo=UTC)
UNREACHABLE = "cnil-ia-fiches"


def make_text(id: str = "32024R1689", **changes: object) -> OfficialText:
    metadata = {
        "id": id,
        "title": "Règlement (UE) 2024/1689 (règlement sur l’intelligence artificielle)",
        "kind": Kind.REGULATION,
        "publisher": "Union européenne",
        "licence": "Réutilisation autorisée avec mention de la source",
        "url": "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        "version_date": date(2024, 7, 12),
    }
    facts = {name: changes.pop(name) for name in metadata.keys() & changes.keys()}
    values: dict[str, object] = {
        "format": Format.HTML,
        "address": "https://eur-lex.europa.eu/legal-content/FR/TXT/HTML/?uri=CELEX:32024R1689",
        "fallback": "https://publications.europa.eu/resource/celex/32024R1689",
        "contains": "RÈGLEMENT (UE) 2024/1689",
    }
    return OfficialText(metadata=Metadata(**{**metadata, **facts}), **{**values, **changes})


def make_state(text: OfficialText, *, installed: bool, sound: bool = True) -> SourceState:
    if not installed:
        return SourceState(text=text, copy=None, entry=None)
    origin = Provenance(
        address=text.address,
        final_address=text.address,
        fetched_at=INSTALLED_ON,
        sha256="0" * 64,
        size=1000,
    )
    path = Path(text.file_name)
    entry = Entry(
        id=text.id,
        source=path,
        sha256="0" * 64,
        version=1,
        metadata=text.metadata,
        recorded_at=INSTALLED_ON,
    )
    copy = Copy(path=path, provenance=origin if sound else None)
    return SourceState(text=text, copy=copy, entry=entry)


def make_report(text: OfficialText, outcome: PullOutcome, **changes: object) -> SourceReport:
    indexed = FileReport(outcome=Outcome.ADDED, path=text.file_name, document=text.id, passages=812)
    return SourceReport(text=text, outcome=outcome, **{"indexed": indexed, **changes})


CATALOGUE = (
    make_text(),
    make_text(
        UNREACHABLE,
        title="Développement des systèmes d’IA : les recommandations de la CNIL",
        kind=Kind.RECOMMENDATION,
        publisher="CNIL",
        licence="CC BY-ND 4.0",
        url="",
        version_date=date(2025, 7, 22),
        address="https://www.cnil.fr/fr/developpement-des-systemes-dia",
        fallback="",
    ),
    make_text(
        "csp-l4001-3",
        title="Code de la santé publique, article L. 4001-3",
        kind=Kind.LAW,
        publisher="République française — Légifrance",
        licence="Licence ouverte 2.0",
        version_date=date(2021, 8, 3),
        access=Access.MANUAL,
        address="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072665/",
        fallback="",
        note="Chercher l’article L4001-3 dans le code et enregistrer sa page.",
    ),
)

THESAURUS = Thesaurus.parse(
    {
        "entries": [
            {
                "term": "tomodensitométrie",
                "family": "modalités et métier",
                "forms": ["TDM", "scanner"],
                "english": ["CT", "computed tomography"],
                "distinct_from": [{"term": "ostéodensitométrie", "why": "elle mesure l’os"}],
                "definition": "La tomodensitométrie est l’examen que l’on appelle scanner.",
            },
            {
                "term": "ostéodensitométrie",
                "family": "modalités et métier",
                "forms": ["DXA"],
                "near": ["tomodensitométrie"],
            },
            {
                "term": "système d’IA à haut risque",
                "family": "règlement IA",
                "english": ["high-risk AI system"],
                "distinct_from": [{"text": "le risque clinique", "why": "il est médical"}],
                "definition": "Un système d’IA à haut risque est soumis au chapitre III.",
                "reference": "article 6 du règlement (UE) 2024/1689",
            },
        ]
    }
)


@dataclass
class FakeTexts:
    """What is installed of the catalogue; a download waits as long as ``may_end`` is cleared."""

    installed: set[str] = field(default_factory=set)
    pulled: list[tuple[str, ...]] = field(default_factory=list)
    may_end: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_end.set()

    def states(self) -> list[SourceState]:
        return [make_state(text, installed=text.id in self.installed) for text in CATALOGUE]

    def pull(self, ids: Sequence[str], progress: Progress | None) -> PullReport:
        self.pulled.append(tuple(ids))
        wanted = [text for text in CATALOGUE if text.id in ids or not ids]
        if progress:
            progress(f"Téléchargement de {wanted[0].id} (Ko)", 512, 2048)
        self.may_end.wait(timeout=30)
        return PullReport(sources=tuple(map(self._obtain, wanted)))

    def _obtain(self, text: OfficialText) -> SourceReport:
        if text.access is Access.MANUAL:
            error = SourceError(Problem.SOURCE_BY_HAND, id=text.id, address=text.address)
            return make_report(text, PullOutcome.MANUAL, indexed=None, error=error)
        if text.id == UNREACHABLE:
            error = SourceError(Problem.SOURCE_UNREACHABLE, host="www.cnil.fr")
            return make_report(text, PullOutcome.FAILED, indexed=None, error=error)
        self.installed.add(text.id)
        return make_report(text, PullOutcome.DOWNLOADED)
