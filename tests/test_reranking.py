"""Where a reranker's scores put passages, and what they do not change."""

from collections.abc import Mapping
from datetime import date

import pytest

from rag.config import Settings
from rag.explanations import explain
from rag.pipeline import Assistant
from rag.ranking import Signal, Weights
from rag.reranking import RERANKED
from rag.retriever import HybridRetriever
from rag.serialization import answer_to_json
from rag.types import Filters, Hit, Kind, Query, ScorePart
from tests.conftest import HashingEncoder
from tests.cross_encoders import KnownScores
from tests.factories import make_query, write_notice
from tests.test_precedence import ACT, CALENDAR, GUIDE, REGISTRY

SENTENCES = {
    "duree": "Le déployeur garde les journaux six mois.",
    "acces": "Le service technique lit les journaux.",
    "forme": "La forme des journaux est libre pour le fabricant de logiciels.",
    "amendes": "L’amende atteint quinze millions d’euros.",
}


def open_with(
    settings: Settings, encoder: HashingEncoder, scores: Mapping[str, float]
) -> tuple[Assistant, KnownScores]:
    reranker = KnownScores(scores)
    assistant = Assistant.open(settings, encoder=encoder, reranker=reranker)
    assistant.ingest()
    return assistant, reranker


def documents(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.passage.document for hit in hits]


def part_of(hit: Hit) -> ScorePart | None:
    return next((part for part in hit.parts if part.signal == Signal.RERANKER), None)


def without_reranker(assistant: Assistant, query: Query) -> tuple[Hit, ...]:
    plain = HybridRetriever(source=assistant.register, vector_store=assistant.vector_store)
    return plain.search(query)


@pytest.fixture
def notices(settings: Settings) -> Settings:
    for name, sentence in SENTENCES.items():
        write_notice(settings.documents_dir, name, sentence)
    return settings


@pytest.fixture
def law(settings: Settings) -> Settings:
    """An act, what changed it, what tells its state of the day, and what tells the former one."""
    files = {
        "acte.md": ACT,
        "amendments.yaml": REGISTRY,
        "calendrier.md": CALENDAR,
        "guide-2025.md": GUIDE,
    }
    for name, text in files.items():
        (settings.documents_dir / name).write_text(text, encoding="utf-8")
    return settings


def test_first_hits_come_in_the_order_of_the_reranker(
    notices: Settings, encoder: HashingEncoder
) -> None:
    assistant, reranker = open_with(
        notices, encoder, {"forme": 0.9, "service": 0.5, "déployeur": 0.1}
    )
    query = make_query("le déployeur garde les journaux")
    assert documents(without_reranker(assistant, query))[0] == "duree"
    hits = assistant.retriever.search(query)
    assert documents(hits)[:3] == ["forme", "acces", "duree"]
    assert reranker.asked[0][0] == query.text


def test_its_score_is_kept_and_adds_up_with_the_others(
    notices: Settings, encoder: HashingEncoder
) -> None:
    assistant, _ = open_with(notices, encoder, {"forme": 0.9, "service": 0.5, "déployeur": 0.1})
    hits = assistant.retriever.search(make_query("le déployeur garde les journaux"))
    parts = [part for part in map(part_of, hits) if part]
    assert [part.raw for part in parts] == pytest.approx([0.9, 0.5, 0.1])
    assert [part.value for part in parts] == pytest.approx([1, 0.5, 0])
    assert {part.weight > 0.7 for part in parts} == {True}
    for hit in hits:
        assert hit.score == pytest.approx(sum(part.value * part.weight for part in hit.parts))


def test_it_is_explained_to_readers_and_in_json(notices: Settings, encoder: HashingEncoder) -> None:
    assistant, _ = open_with(notices, encoder, {"déployeur": 0.9})
    answer = assistant.ask("combien de temps le déployeur garde les journaux ?")
    told = explain(answer.hits[0]).contributions[0]
    assert (told.name, told.raw) == ("reclassement", pytest.approx(0.9))
    (hit, *_) = answer_to_json(answer, explained=True)["hits"]
    first = hit["explanation"]["contributions"][0]
    assert (first["signal"], first["raw"], first["value"]) == ("reranker", 0.9, 1)


def test_passages_are_read_under_their_headings_and_few_of_them(
    settings: Settings, encoder: HashingEncoder
) -> None:
    for number in range(RERANKED + 10):
        body = f"## Partie {number}\n\nLes journaux, numéro {number}."
        write_notice(settings.documents_dir, f"n{number}", body, title=f"Notice {number}")
    assistant, reranker = open_with(settings, encoder, {})
    hits = assistant.retriever.search(make_query("journaux"))
    assert len(reranker.passages) == RERANKED
    assert hits[0].passage.context
    assert hits[0].passage.retrieval_text in reranker.passages


def test_reranker_that_weighs_nothing_is_not_asked(
    notices: Settings, encoder: HashingEncoder
) -> None:
    assistant, reranker = open_with(notices, encoder, {"forme": 0.9})
    assistant.retriever.weights = Weights(reranker=0)
    query = make_query("le déployeur garde les journaux")
    assert assistant.retriever.search(query) == without_reranker(assistant, query)
    assert not reranker.asked


def test_law_of_the_day_still_comes_first(law: Settings, encoder: HashingEncoder) -> None:
    assistant, _ = open_with(law, encoder, {"2 août 2027": 0.99, "2 août 2028": 0.02})
    query = make_query("obligations haut risque août")
    hits = assistant.retriever.search(query)
    found = documents(hits)
    assert found[0] == "calendrier"
    assert hits[0].instead_of
    assert found.index("calendrier") < found.index("32024R1689")
    superseded = next(hit for hit in hits if hit.replaced_by)
    assert superseded.validity < 1
    added = sum(part.value * part.weight for part in superseded.parts)
    assert superseded.score == pytest.approx(added * superseded.authority * superseded.validity)


def test_what_did_not_exist_yet_is_neither_read_nor_shown(
    law: Settings, encoder: HashingEncoder
) -> None:
    assistant, reranker = open_with(law, encoder, {"2 août 2028": 0.99})
    query = Query(question="?", text="obligations haut risque août", as_of=date(2025, 6, 1))
    assert "calendrier" not in documents(assistant.retriever.search(query))
    assert not any("2 août 2028" in passage for passage in reranker.passages)


def test_unit_that_the_question_names_still_comes_first(
    law: Settings, encoder: HashingEncoder
) -> None:
    assistant, _ = open_with(law, encoder, {"2 août": 0.99})
    hits = assistant.retriever.search(make_query("que dit l’article 26 du règlement IA ?"))
    assert hits[0].passage.id.startswith("32024R1689#art_26")
    assert (hits[0].reference != "", hits[0].score) == (True, 1.0)


def test_filters_hold_before_the_reranker(law: Settings, encoder: HashingEncoder) -> None:
    assistant, reranker = open_with(law, encoder, {"2 août": 0.99})
    filters = Filters(kinds=(Kind.GUIDE,))
    query = Query(question="?", text="haut risque", as_of=date(2026, 11, 24), filters=filters)
    assert set(documents(assistant.retriever.search(query))) == {"guide-2025"}
    assert len(reranker.passages) == 1


def test_what_says_the_same_is_read_and_shown_once(
    notices: Settings, encoder: HashingEncoder
) -> None:
    long = (
        "Le déployeur garde les journaux que le système produit, pendant une durée de six mois "
        "après l’examen du patient, sauf règle contraire du droit de l’hôpital."
    )
    write_notice(notices.documents_dir, "jumelle-a", long)
    write_notice(notices.documents_dir, "jumelle-b", long)
    assistant, reranker = open_with(notices, encoder, {"système produit": 0.9})
    hits = assistant.retriever.search(make_query("le déployeur garde les journaux"))
    assert sum("système produit" in passage for passage in reranker.passages) == 1
    assert len(hits[0].twins) == 1
    assert sum("jumelle" in document for document in documents(hits)) == 1


def test_one_document_still_does_not_fill_the_hits(
    notices: Settings, encoder: HashingEncoder
) -> None:
    body = "\n\n".join(f"## Journaux {n}\n\nLes journaux, partie {n}." for n in range(6))
    write_notice(notices.documents_dir, "bavard", body)
    assistant, _ = open_with(notices, encoder, {"partie": 0.99})
    found = documents(assistant.retriever.search(make_query("journaux")))
    assert found[:2] == ["bavard", "bavard"]
    assert found.count("bavard") == 2
