"""Which documents filters admit, and that a search gives only their passages."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.config import Settings
from rag.pipeline import Assistant
from rag.pipeline.answers import NO_DOCUMENT_LEFT
from rag.types import NO_FILTER, Answer, Filters, Kind, Metadata
from tests.conftest import HashingEncoder, TokenEncoder
from tests.factories import make_query

CNIL = "Commission nationale de l’informatique et des libertés (CNIL)"
REGISTRY = """
acts:
  - {id: 32024R1689, name: règlement (UE) 2024/1689 (règlement IA), from: 2024-07-12}
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
TEXTS = {
    "32024R1689": """---
id: 32024R1689
title: Règlement IA
kind: reglement
publisher: Union européenne — Journal officiel
published: 2024-07-12
version_date: 2024-07-12
---
# Règlement IA

## Article 26

Le déployeur conserve les journaux pendant au moins six mois.

## Article 113

Les obligations du haut risque s’appliquent à partir du 2 août 2027.
""",
    "notice": """---
id: notice
title: Les journaux
kind: notice
publisher: RadIAct
published: 2026-11-23
covers: ["32024R1689#art_26"]
---
# Les journaux

Le déployeur garde les journaux au moins six mois, dit l’article 26 du règlement IA.
""",
    "calendrier": """---
id: calendrier
title: Le calendrier
kind: notice
publisher: RadIAct
published: 2026-11-23
covers: ["32024R1689#art_113"]
---
# Le calendrier

Les obligations du haut risque s’appliquent à partir du 2 août 2028.
""",
    "fiches": f"""---
id: fiches
title: Fiches
kind: recommandation
publisher: {CNIL}
published: 2025-03-01
---
# Fiches

Les journaux contiennent des données personnelles.
""",
}


def make_metadata(**changes: object) -> Metadata:
    return replace(Metadata(id="essai", title="Essai", kind=Kind.GUIDE), **changes)


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    for name, text in TEXTS.items():
        (settings.documents_dir / f"{name}.md").write_text(text, encoding="utf-8")
    (settings.documents_dir / "amendments.yaml").write_text(REGISTRY, encoding="utf-8")
    assistant = Assistant.open(settings, encoder=encoder)
    assert not any(file.error for file in assistant.ingest().files)
    return assistant


def documents(answer: Answer) -> set[str]:
    return {hit.passage.document for hit in answer.hits}


def test_filters_left_empty_admit_everything() -> None:
    assert not NO_FILTER
    assert NO_FILTER.admits(make_metadata())


@pytest.mark.parametrize(
    "wanted",
    ["CNIL", "cnil", "Commission nationale de l'informatique", "INFORMATIQUE ET LIBERTES", CNIL],
)
def test_publisher_is_named_by_words_of_its_name(wanted: str) -> None:
    assert Filters(publishers=(wanted,)).admits(make_metadata(publisher=CNIL))


@pytest.mark.parametrize("wanted", ["HAS", "CNI", "mission nationale"])
def test_part_of_a_word_names_no_publisher(wanted: str) -> None:
    assert not Filters(publishers=(wanted,)).admits(make_metadata(publisher=CNIL))


def test_several_values_widen_a_filter_and_several_filters_narrow() -> None:
    filters = Filters(kinds=(Kind.GUIDE, Kind.LAW), languages=("fr",))
    assert filters.admits(make_metadata())
    assert not filters.admits(make_metadata(language="en"))
    assert not filters.admits(make_metadata(kind=Kind.NEWS))


def test_period_holds_both_its_ends() -> None:
    filters = Filters(since=date(2024, 1, 1), until=date(2024, 12, 31))
    for day in (date(2024, 1, 1), date(2024, 12, 31)):
        assert filters.admits(make_metadata(published=day))
    assert not filters.admits(make_metadata(published=date(2025, 1, 1)))
    assert not filters.admits(make_metadata())


def test_item_of_news_has_its_own_day_and_a_version_stands_for_a_missing_one() -> None:
    filters = Filters(since=date(2024, 1, 1))
    page = make_metadata(published=date(2025, 1, 1))
    assert not filters.admits(page, published=date(2020, 1, 1))
    assert filters.admits(make_metadata(version_date=date(2024, 6, 1)))


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(kinds=(Kind.NOTICE,)), {"notice", "calendrier"}),
        (Filters(publishers=("cnil",)), {"fiches"}),
        (Filters(since=date(2026, 1, 1)), {"notice", "calendrier"}),
        (Filters(documents=("32024R1689",)), {"32024R1689"}),
    ],
)
@pytest.mark.parametrize("question", ["qui garde les journaux ?", "article 26 du règlement IA"])
def test_only_admitted_documents_are_found(
    assistant: Assistant, filters: Filters, left: set[str], question: str
) -> None:
    answer = assistant.ask(question, filters=filters)
    assert documents(answer) == left
    assert answer.filters == filters


def test_law_is_not_brought_in_by_a_notice_when_it_is_filtered_out(assistant: Assistant) -> None:
    question = "Combien de temps garder les journaux ?"
    assert any(hit.explained_by for hit in assistant.ask(question).hits)
    notices = assistant.ask(question, filters=Filters(kinds=(Kind.NOTICE,)))
    assert not any(hit.explained_by or hit.is_official for hit in notices.hits)


def test_reference_leads_to_what_explains_the_unit_when_the_law_is_filtered_out(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("art. 26 du règlement IA", filters=Filters(kinds=(Kind.NOTICE,)))
    assert answer.hits[0].passage.document == "notice"
    assert answer.hits[0].reference


def test_former_text_answers_alone_when_what_replaces_it_is_filtered_out(
    assistant: Assistant,
) -> None:
    question = "obligations haut risque août"
    replaced = [hit for hit in assistant.ask(question).hits if hit.replaced_by]
    assert replaced
    only_law = assistant.ask(question, filters=Filters(kinds=(Kind.REGULATION,)))
    assert not any(hit.replaced_by or hit.instead_of for hit in only_law.hits)
    assert any(hit.is_superseded for hit in only_law.hits)


def test_far_passage_is_found_among_few(settings: Settings) -> None:
    """Hundreds of nearer passages do not hide the one that is admitted."""
    body = "\n\n".join(f"## Journaux {n}\n\nLes journaux du déployeur, n° {n}." for n in range(300))
    facts = "---\nid: {id}\ntitle: {id}\nkind: {kind}\n---\n# {id}\n\n{body}\n"
    folder = Path(settings.documents_dir)
    for id, kind, text in (
        ("foule", "notice", body),
        ("seul", "guide", "Les archives, dont quelques journaux anciens."),
    ):
        (folder / f"{id}.md").write_text(facts.format(id=id, kind=kind, body=text), "utf-8")
    assistant = Assistant.open(settings, encoder=TokenEncoder())
    assistant.ingest()
    (hit,) = assistant.retriever.search(
        replace(make_query("journaux du déployeur"), filters=Filters(kinds=(Kind.GUIDE,)))
    )
    assert hit.dense > 0
    assert {"meaning", "words", "tokens"} <= {part.signal for part in hit.parts}


def test_abstention_says_that_filters_leave_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("les journaux ?", filters=Filters(documents=("absent",)))
    assert answer.abstained
    assert answer.hits == ()
    assert answer.reason == NO_DOCUMENT_LEFT


def test_abstention_says_that_filters_are_on(assistant: Assistant) -> None:
    question = "recette de la tarte tatin pour huit personnes"
    assert "filtres" not in str(assistant.ask(question).reason)
    answer = assistant.ask(question, filters=Filters(kinds=(Kind.NOTICE,)))
    assert answer.abstained
    assert "vos filtres (2 documents sur 4)" in str(answer.reason)
    answer = assistant.ask(question, filters=Filters(publishers=("CNIL",)))
    assert "vos filtres (1 document sur 4)" in str(answer.reason)


def test_empty_index_is_not_blamed_on_filters(settings: Settings, encoder: HashingEncoder) -> None:
    empty = Assistant.open(settings, encoder=encoder)
    answer = empty.ask("les journaux ?", filters=Filters(kinds=(Kind.LAW,)))
    assert "radiact ingest" in str(answer.reason)
