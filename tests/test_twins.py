"""What says the same words in several documents is shown once, in its best state."""

from dataclasses import replace
from datetime import date

import pytest

from rag.config import Settings
from rag.evaluation.golden import is_relevant
from rag.pipeline import Assistant
from rag.types import Document, Hit, Kind, Metadata, Unit
from tests.conftest import HashingEncoder
from tests.factories import make_document, make_query

LOGS = (
    "Les déployeurs de systèmes à haut risque conservent les journaux générés automatiquement "
    "pendant une période adaptée à leur destination, d’au moins six mois."
)
GUESTS = "Les visiteurs signent le registre posé à l’accueil."
JOURNAL, CONSOLIDATED = "32024R1689", "02024R1689-20260727"
TODAY = date(2026, 11, 23)


def make_text(
    id: str, text: str = LOGS, *, kind: Kind = Kind.NOTICE, day: date = date(2024, 7, 12)
) -> Document:
    unit = Unit(anchor="art_26.6", label="article 26, paragraphe 6", start=0, end=len(text))
    document = make_document(text, unit, id=id)
    metadata = Metadata(id=id, title=id, kind=kind, published=day, version_date=day)
    return replace(document, metadata=metadata)


def make_act(id: str, articles: dict[str, str], *, day: date) -> Document:
    text, units = "", []
    for anchor, words in articles.items():
        units.append(Unit(anchor=anchor, label=anchor, start=len(text), end=len(text) + len(words)))
        text += f"{words}\n\n"
    document = make_document(text, *units, id=id)
    metadata = Metadata(id=id, title=id, kind=Kind.REGULATION, published=day, version_date=day)
    return replace(document, metadata=metadata)


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    return Assistant.open(settings, encoder=encoder)


def search(assistant: Assistant, question: str = "journaux des déployeurs") -> list[Hit]:
    return list(assistant.retriever.search(make_query(question)))


def test_same_words_in_two_documents_are_one_hit(assistant: Assistant) -> None:
    assistant.index([make_text("un"), make_text("deux"), make_text("autre", GUESTS)])
    hits = search(assistant)
    assert len(hits) == 2
    assert {hits[0].passage.id, *hits[0].also_in} == {"un#art_26.6", "deux#art_26.6"}
    assert hits[1].also_in == ()


def test_law_is_shown_rather_than_a_notice_and_its_last_state_rather_than_the_first(
    assistant: Assistant,
) -> None:
    assistant.index(
        [
            make_text("notice"),
            make_text(JOURNAL, kind=Kind.REGULATION),
            make_text(CONSOLIDATED, kind=Kind.REGULATION, day=date(2026, 7, 27)),
        ]
    )
    (hit,) = search(assistant)
    assert hit.passage.document == CONSOLIDATED
    assert set(hit.also_in) == {"notice#art_26.6", f"{JOURNAL}#art_26.6"}
    assert is_relevant(hit, f"{JOURNAL}#art_26")


def test_state_of_a_later_day_is_not_the_best(assistant: Assistant) -> None:
    assistant.index(
        [
            make_text(JOURNAL, kind=Kind.REGULATION),
            make_text("02024R1689-20280101", kind=Kind.REGULATION, day=date(2028, 1, 1)),
        ]
    )
    assert search(assistant)[0].passage.document == JOURNAL


def test_unit_named_by_its_document_is_shown(assistant: Assistant) -> None:
    assistant.index([make_text("notice"), make_text(JOURNAL, kind=Kind.REGULATION)])
    hits = search(assistant, "article 26, paragraphe 6, du règlement IA")
    assert hits[0].passage.document == JOURNAL
    assert hits[0].reference
    assert hits[0].also_in == ("notice#art_26.6",)
    assert len(hits) == 1


@pytest.mark.parametrize(
    "other",
    [
        LOGS.replace("six mois", "12 mois"),
        f"{LOGS} {GUESTS}",
    ],
)
def test_other_numbers_or_more_words_are_another_passage(assistant: Assistant, other: str) -> None:
    assistant.index([make_text("un"), make_text("deux", other)])
    assert {hit.passage.document for hit in search(assistant)} == {"un", "deux"}


def test_few_words_are_no_proof(assistant: Assistant) -> None:
    short = "Conserver les journaux du déployeur."
    assistant.index([make_text("un", short), make_text("deux", short)])
    assert len(search(assistant)) == 2


def test_short_unit_of_two_states_of_an_act_is_one_hit(assistant: Assistant) -> None:
    short = "Conserver les journaux du déployeur."
    assistant.index(
        [
            make_text(JOURNAL, short, kind=Kind.REGULATION),
            make_text(CONSOLIDATED, short, kind=Kind.REGULATION, day=date(2026, 7, 27)),
        ]
    )
    (hit,) = search(assistant)
    assert hit.also_in == (f"{JOURNAL}#art_26.6",)


def test_every_article_of_two_states_of_an_act_is_shown_once(assistant: Assistant) -> None:
    """Passages of one article that are left out do not use up the comparison."""
    articles = {
        f"art_{number}.{place}": f"Des journaux {number}.{place}{' en détail' * place}."
        for number in range(1, 8)
        for place in range(1, 9)
    }
    assistant.index(
        [
            make_act(JOURNAL, articles, day=date(2024, 7, 12)),
            make_act(CONSOLIDATED, articles, day=date(2026, 7, 27)),
        ]
    )
    hits = search(assistant, "les journaux du déployeur")
    assert len(hits) == len({hit.passage.anchor for hit in hits}) == 10
    assert {hit.passage.document for hit in hits} == {CONSOLIDATED}


def test_other_day_says_the_same_only_word_for_word(settings: Settings) -> None:
    registry = """
acts:
  - {id: 32024R1689, name: règlement (UE) 2024/1689, from: 2024-07-12}
  - {id: 32026R1744, name: omnibus numérique, from: 2026-07-24}
amendments:
  - {unit: 32024R1689#art_26.6, by: 32026R1744, from: 2026-07-27, note: précisé.}
"""
    path = settings.documents_dir / "amendments.yaml"
    path.write_text(registry, encoding="utf-8")
    now = f"{LOGS} Précision"

    def shown(text: str, folder: str) -> set[str]:
        own = replace(settings, data_dir=settings.data_dir / folder)
        assistant = Assistant.open(own, encoder=HashingEncoder())
        assistant.ingest([path])
        later = make_text(CONSOLIDATED, text, kind=Kind.REGULATION, day=date(2026, 7, 27))
        assistant.index([make_text(JOURNAL, kind=Kind.REGULATION), later])
        return {hit.passage.document for hit in search(assistant)}

    assert shown(now, "un") == {JOURNAL, CONSOLIDATED}
    assert shown(LOGS, "deux") == {CONSOLIDATED}
