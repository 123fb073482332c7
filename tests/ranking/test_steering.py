"""What a question names, met by small documents of every kind."""

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.ranking import Signal, Weights
from rag.retriever import HybridRetriever
from rag.types import Hit
from tests.conftest import HashingEncoder

FRONT = """---
id: {id}
title: {title}
kind: {kind}
publisher: {publisher}
{more}---
# {title}

{body}
"""
BODY = "Une analyse d’impact précède l’emploi d’un logiciel d’imagerie."
DOCUMENTS = (
    ("fiche-a", "Fiche de la commission", "guide", "CNIL", "", BODY),
    ("fiche-b", "Fiche de la société", "guide", "SFR", "", BODY),
    ("fiche-c", "Fiche du règlement", "notice", "RadIAct", "covers: ['32016R0679#art_35']\n", BODY),
    ("fiche-d", "Fiche du mois", "actualite", "Revue", "published: 2025-07-21\n", BODY),
    ("fiche-e", "Fiche de projet", "lignes-directrices", "Union", "", BODY),
    ("fiche-f", "Fiche du fournisseur", "guide", "Revue", "", f"Pour le fournisseur : {BODY}"),
)


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    for id, title, kind, publisher, more, body in DOCUMENTS:
        text = FRONT.format(
            id=id, title=title, kind=kind, publisher=publisher, more=more, body=body
        )
        (settings.documents_dir / f"{id}.md").write_text(text, encoding="utf-8")
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def steered(hit: Hit) -> float:
    return next((part.value for part in hit.parts if part.signal == Signal.STEERING), 0.0)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("analyse d'impact du logiciel selon la CNIL", "fiche-a"),
        ("analyse d'impact du logiciel d'après la SFR", "fiche-b"),
        ("analyse d'impact du logiciel dans le RGPD", "fiche-c"),
        ("analyse d'impact du logiciel en juillet 2025", "fiche-d"),
        ("analyse d'impact du logiciel, lignes directrices", "fiche-e"),
        ("analyse d'impact du logiciel par le fournisseur", "fiche-f"),
    ],
)
def test_what_the_question_names_is_met_and_told(
    assistant: Assistant, question: str, document: str
) -> None:
    hits = assistant.retriever.search(assistant.understand(question))
    best = max(hits, key=steered)
    assert best.passage.document == document
    without = HybridRetriever(
        source=assistant.register,
        vector_store=assistant.vector_store,
        weights=Weights(steering=0),
    ).search(assistant.understand(question))
    places = [[hit.passage.document for hit in found].index(document) for found in (hits, without)]
    assert places[0] <= places[1]


def test_a_question_that_names_nothing_is_ranked_as_before(assistant: Assistant) -> None:
    hits = assistant.retriever.search(assistant.understand("analyse d'impact du logiciel"))
    assert not any(map(steered, hits))
