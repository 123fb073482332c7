"""Questions to go on with: with a deterministic encoder, then on the notices as they ship."""

from dataclasses import replace
from datetime import date

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.pipeline.suggestions import suggest
from rag.types import Filters, Kind
from rag.ui.examples import ROLES
from tests.conftest import HashingEncoder
from tests.factories import write_notice

JOURNALS = """Le déployeur garde les journaux six mois.

## Combien de temps le déployeur garde-t-il les journaux ?

Le déployeur garde les journaux six mois au moins.

## Quels journaux faut-il garder ?

Les journaux à garder sont ceux que le système écrit seul.

## Et en cas de panne ?

La panne se note dans un registre à part.

## Laquelle des deux copies garder ?

La copie la plus ancienne se garde.

## Ce qui n’est pas tranché

Le format des fichiers reste libre.

## Où garder les journaux du scanner ?

Les journaux du scanner se gardent sur place.
"""
FINES = """L’amende atteint quinze millions d’euros.

## Quelle amende risque le déployeur négligent ?

L’amende du déployeur négligent atteint quinze millions d’euros.
"""
QUESTION = "Combien de temps le déployeur garde-t-il ses journaux ?"


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    write_notice(settings.documents_dir, "journaux", JOURNALS)
    write_notice(settings.documents_dir, "amendes", FINES)
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    return assistant


def test_questions_answered_beside_what_is_quoted_are_suggested(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert "Quels journaux faut-il garder ?" in answer.suggestions
    assert "Où garder les journaux du scanner ?" in answer.suggestions
    assert len(answer.suggestions) <= 3


def test_headings_that_ask_nothing_by_themselves_are_not(assistant: Assistant) -> None:
    for question in (QUESTION, "Quels journaux garde le déployeur ?"):
        for suggestion in assistant.ask(question).suggestions:
            assert suggestion.endswith("?")
            assert not suggestion.startswith(("Et ", "Laquelle"))


def test_nothing_asked_answered_or_said_before_is_suggested(assistant: Assistant) -> None:
    asked = "Où garder les journaux du scanner ?"
    suggested = assistant.ask(QUESTION, history=[asked]).suggestions
    assert "Quels journaux faut-il garder ?" in suggested
    assert asked not in suggested
    assert "Combien de temps le déployeur garde-t-il les journaux ?" not in suggested


def test_filters_limit_what_is_suggested(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    query = assistant.understand(QUESTION)
    corpus = assistant.retriever.corpus()
    law = replace(query, filters=Filters(kinds=(Kind.LAW,)))
    assert suggest(query, (), answer.citations, corpus)
    assert suggest(law, (), answer.citations, corpus) == ()


def test_abstention_suggests_only_what_is_near(assistant: Assistant) -> None:
    near = assistant.ask("Quels journaux garder ?")
    query, corpus = assistant.understand("Quels fichiers ?"), assistant.retriever.corpus()
    hits = tuple(replace(hit, contrast=5.0, coverage=0.5) for hit in near.hits)
    far = tuple(replace(hit, contrast=1.0) for hit in hits)
    assert "Quels journaux faut-il garder ?" in suggest(query, hits, (), corpus)
    assert suggest(query, far, (), corpus) == ()
    assert assistant.ask("Quelle est la recette de la tarte tatin ?").suggestions == ()


@pytest.fixture(scope="module")
def shipped(indexed_notices: Settings) -> Assistant:
    return Assistant.open(indexed_notices, repairing=False)


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
def test_examples_and_what_they_lead_to_are_answered(shipped: Assistant, role) -> None:
    for question in role.questions:
        answer = shipped.ask(question, as_of=date(2026, 11, 28))
        assert not answer.abstained, question
        assert answer.suggestions, question
        for suggestion in answer.suggestions:
            followed = shipped.ask(suggestion, history=[question], as_of=date(2026, 11, 28))
            assert not followed.abstained, (question, suggestion)
            assert not followed.understood, (question, suggestion)
