"""The law of the day comes first, on a real temporary Chroma."""

from datetime import date
from pathlib import Path

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.types import Answer, CaveatKind, Kind, Metadata
from tests.conftest import HashingEncoder
from tests.factories import make_query, write_notice

TODAY = date(2026, 11, 24)
BEFORE = date(2025, 6, 1)
QUESTION = "obligations haut risque août"

ACT = """---
id: 32024R1689
title: Règlement IA
kind: reglement
published: 2024-07-12
version_date: 2024-07-12
---
# Règlement IA

## Article 113

Les obligations du haut risque s’appliquent à partir du 2 août 2027.

## Article 26

Le déployeur conserve les journaux pendant au moins six mois.
"""

REGISTRY = """
acts:
  - {id: 32024R1689, name: règlement IA, from: 2024-07-12, mentions: [règlement IA]}
  - {id: 32026R1744, name: omnibus numérique, from: 2026-07-24}
amendments:
  - unit: 32024R1689#art_113
    by: 32026R1744
    from: 2026-07-27
    note: haut risque au 2 août 2028.
    see: calendrier
    formerly: [2 août 2027]
    now: [2 août 2028]
"""

CALENDAR = """---
id: calendrier
title: Le calendrier
kind: notice
version_date: 2026-11-23
covers: ["32024R1689#art_113"]
---
# Le calendrier

Les obligations du haut risque s’appliquent à partir du 2 août 2028.
"""

GUIDE = """---
id: guide-2025
title: Guide de 2025
kind: guide
published: 2025-01-19
---
# Guide de 2025

Les obligations du haut risque du règlement IA s’appliquent à partir du 2 août 2027.
"""


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    folder = settings.documents_dir
    for name, text in {
        "acte.md": ACT,
        "amendments.yaml": REGISTRY,
        "calendrier.md": CALENDAR,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    notice = "Le déployeur garde six mois les journaux (logs) de l’IA (article 26)."
    write_notice(folder, "journaux", notice)
    assistant = Assistant.open(settings, encoder=encoder)
    assert assistant.ingest().count("failed") == 0
    return assistant


def quotes(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


def add(assistant: Assistant, name: str, text: str) -> None:
    path = Path(assistant.settings.documents_dir) / name
    path.write_text(text, encoding="utf-8")
    assistant.ingest()


def test_present_state_answers_alone_beside_the_former_text(assistant: Assistant):
    answer = assistant.ask(QUESTION, as_of=TODAY)
    assert "2 août 2028" in quotes(answer)
    assert "2 août 2027" not in quotes(answer)
    places = [hit.passage.document for hit in answer.hits]
    assert places.index("calendrier") < places.index("32024R1689")


def test_former_text_keeps_its_warning_among_the_hits(assistant: Assistant):
    hits = assistant.ask(QUESTION, as_of=TODAY).hits
    former = next(hit for hit in hits if hit.passage.anchor == "art_113")
    (caveat,) = former.caveats
    assert caveat.kind is CaveatKind.AMENDED
    assert (caveat.by, caveat.see) == ("omnibus numérique", "Le calendrier")


def test_law_of_an_earlier_day_answers_for_that_day(assistant: Assistant):
    answer = assistant.ask(QUESTION, as_of=BEFORE)
    assert "2 août 2027" in quotes(answer)
    assert "2 août 2028" not in quotes(answer)
    assert all(hit.passage.document != "calendrier" for hit in answer.hits)
    assert answer.as_of == BEFORE


def test_former_text_alone_is_quoted_with_its_warning(assistant: Assistant):
    assistant.remove("calendrier")
    answer = assistant.ask("obligations haut risque août 2027", as_of=TODAY)
    assert "2 août 2027" in quotes(answer)
    assert answer.citations[0].hit.caveats[0].kind is CaveatKind.AMENDED


def test_old_guide_never_stands_alone_as_todays_answer(assistant: Assistant):
    add(assistant, "guide.md", GUIDE)
    answer = assistant.ask(QUESTION, as_of=TODAY)
    assert answer.citations[0].hit.passage.document == "calendrier"
    assert "2 août 2027" not in quotes(answer)


def test_nothing_answers_for_a_day_before_everything(assistant: Assistant):
    assistant.remove("journaux")
    answer = assistant.ask(QUESTION, as_of=date(2010, 1, 1))
    assert answer.abstained
    assert "date demandée" in (answer.reason or "")
    assert answer.hits


def test_law_that_a_notice_explains_is_quoted_first(assistant: Assistant):
    answer = assistant.ask("Combien de temps garder les logs de l’IA ?", as_of=TODAY)
    documents = [citation.hit.passage.document for citation in answer.citations]
    assert documents == ["32024R1689", "journaux"]
    assert "au moins six mois" in answer.citations[0].quote
    assert answer.citations[0].hit.explained_by == "journaux#texte"


def test_registry_that_changes_changes_the_answer(assistant: Assistant):
    registry = Path(assistant.settings.documents_dir) / "amendments.yaml"
    registry.unlink()
    assistant.ingest()
    former = next(
        hit
        for hit in assistant.retriever.search(make_query(QUESTION))
        if hit.passage.anchor == "art_113"
    )
    assert former.caveats == ()


def test_authority_breaks_ties_gently(assistant: Assistant):
    weights = assistant.retriever._on(TODAY)[1].weights
    metadata: dict[str, Metadata] = assistant.retriever.corpus().metadata
    kinds = {entry.kind for entry in metadata.values()}
    assert {Kind.REGULATION, Kind.NOTICE} <= kinds
    assert 0.7 < weights.min() < weights.max() == 1
