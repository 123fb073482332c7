"""What a passage's place in time is, on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ConfigurationError, Problem
from rag.messages import caveat_sentence
from rag.types import Amendment, CaveatKind, Kind, Metadata, Passage, Status
from rag.validity import LawRegistry, caveats, links, overlap
from tests.factories import make_passage

TODAY = date(2026, 11, 24)
BEFORE = date(2025, 6, 1)
REGISTRY = LawRegistry.parse(
    {
        "acts": [
            {
                "id": "32024R1689",
                "name": "règlement IA",
                "from": "2024-07-12",
                "mentions": ["AI Act", "règlement IA"],
            },
            {"id": "32026R1744", "name": "omnibus", "from": "2026-07-24", "note": "report."},
        ],
        "amendments": [
            {
                "unit": "32024R1689#art_113",
                "by": "32026R1744",
                "from": "2026-07-27",
                "note": "dates reportées.",
                "see": "notice-calendrier",
                "formerly": ["2 août 2027"],
                "now": ["2 août 2028"],
            },
            {
                "unit": "32024R1689#art_99.6",
                "by": "32026R1744",
                "from": "2026-07-27",
                "note": "SMC.",
            },
        ],
        "applications": [
            {
                "units": ["32024R1689#art_6..art_27"],
                "since": "2026-07-27",
                "from": "2028-08-02",
                "note": "le 2 août 2028.",
            },
            {
                "units": ["32024R1689#art_6..art_27"],
                "until": "2026-07-27",
                "from": "2027-08-02",
                "note": "le 2 août 2027.",
            },
        ],
    }
)


def make_metadata(**changes: object) -> Metadata:
    values: dict[str, object] = {
        "id": "32024R1689",
        "title": "Règlement IA",
        "kind": Kind.REGULATION,
        "published": date(2024, 7, 12),
        "version_date": date(2024, 7, 12),
    }
    return Metadata(**{**values, **changes})


def make_notice(*covers: str, **changes: object) -> Metadata:
    values: dict[str, object] = {
        "id": "notice",
        "title": "Notice",
        "kind": Kind.NOTICE,
        "published": date(2026, 11, 23),
        "version_date": date(2026, 11, 23),
        "covers": covers,
    }
    return Metadata(**{**values, **changes})


def kinds(passage: Passage, metadata: Metadata, as_of: date) -> list[CaveatKind]:
    found = links(passage, metadata, registry=REGISTRY)
    told = caveats(passage, metadata, registry=REGISTRY, links=found, as_of=as_of)
    return [caveat.kind for caveat in told]


def test_former_wording_is_superseded_once_the_amendment_is_in_force():
    article = make_passage("Il est applicable.", id="32024R1689#art_113")
    assert kinds(article, make_metadata(), TODAY) == [CaveatKind.AMENDED]
    assert kinds(article, make_metadata(), date(2026, 7, 27)) == [CaveatKind.AMENDED]


def test_former_wording_is_the_law_the_day_before():
    article = make_passage("Il est applicable.", id="32024R1689#art_113")
    assert kinds(article, make_metadata(), date(2026, 7, 26)) == [CaveatKind.AMENDED_LATER]


def test_only_the_amended_paragraph_is_superseded():
    assert kinds(make_passage("x", id="32024R1689#art_99.6"), make_metadata(), TODAY)
    assert not kinds(make_passage("x", id="32024R1689#art_99.5"), make_metadata(), TODAY)
    assert kinds(make_passage("x", id="32024R1689#art_99"), make_metadata(), TODAY)


def test_unit_that_an_amendment_only_adds_to_still_states_the_law():
    added = LawRegistry.parse(
        {"amendments": [{"unit": "32024R1689#art_2", "by": "32026R1744", "from": "2026-07-27",
                         "note": "un paragraphe 13 s’ajoute.", "adds": True}]}
    )  # fmt: skip
    scope = make_passage("Le règlement s’applique.", id="32024R1689#art_2.1")
    found = links(scope, make_metadata(), registry=added)
    (told,) = caveats(scope, make_metadata(), registry=added, links=found, as_of=TODAY)
    assert told.kind is CaveatKind.COMPLETED
    assert not told.is_superseded
    assert caveat_sentence(told).replace("\N{NO-BREAK SPACE}", " ") == (
        "Complété par le 32026R1744 depuis le 27 juillet 2026 : un paragraphe 13 s’ajoute."
    )


def test_consolidated_text_is_too_recent_for_an_earlier_day():
    consolidated = make_metadata(id="02024R1689-20260727", version_date=date(2026, 7, 27))
    article = make_passage("x", id="02024R1689-20260727#art_113")
    assert kinds(article, consolidated, TODAY) == []
    assert kinds(article, consolidated, BEFORE) == [CaveatKind.TOO_RECENT]
    unchanged = make_passage("x", id="02024R1689-20260727#art_111.1")
    assert kinds(unchanged, consolidated, BEFORE) == []


def test_notice_on_an_amended_unit_is_too_recent_for_an_earlier_day():
    notice = make_notice("32024R1689#art_113")
    assert kinds(make_passage("x"), notice, TODAY) == []
    assert kinds(make_passage("x"), notice, BEFORE) == [CaveatKind.TOO_RECENT]


def test_notice_that_gives_the_new_date_is_too_recent_whatever_it_covers():
    notice = make_notice("32024R1689#art_26")
    new_date = make_passage("L’article 26 s’applique le 2 août 2028.")
    assert kinds(new_date, notice, BEFORE) == [CaveatKind.TOO_RECENT]
    assert kinds(make_passage("Le déployeur suit la notice."), notice, BEFORE) == []


def test_notice_does_not_answer_for_a_day_before_its_subject_existed():
    notice = make_notice("32024R1689#art_26")
    assert kinds(make_passage("x"), notice, date(2023, 1, 1)) == [CaveatKind.TOO_RECENT]
    unknown = make_notice("32024R1689#art_26", "drim-ia")
    assert kinds(make_passage("x"), unknown, date(2023, 1, 1)) == []


def test_guide_with_a_former_date_is_superseded_even_without_any_metadata():
    guide = Metadata(id="guide", title="Guide", kind=Kind.GUIDE, published=date(2025, 6, 19))
    dated = make_passage("L’AI Act s’applique le 2\N{NO-BREAK SPACE}août 2027.", id="guide#s")
    assert kinds(dated, guide, TODAY) == [CaveatKind.AMENDED]
    undated = Metadata(id="guide", title="Guide", kind=Kind.GUIDE)
    assert kinds(dated, undated, TODAY) == [CaveatKind.AMENDED]


def test_guide_older_than_an_amendment_says_so_without_being_superseded():
    guide = Metadata(id="guide", title="Guide", kind=Kind.GUIDE, published=date(2025, 6, 19))
    passage = make_passage("Le fabricant est le fournisseur au sens de l’AI Act.", id="guide#s")
    assert kinds(passage, guide, TODAY) == [CaveatKind.PREDATES]
    assert kinds(passage, guide, date(2026, 1, 1)) == []
    assert kinds(make_passage("Une mammographie.", id="guide#s"), guide, TODAY) == []


def test_a_date_of_another_subject_is_not_taken_for_a_former_date():
    guide = Metadata(id="guide", title="Guide", kind=Kind.GUIDE, published=date(2025, 6, 19))
    congress = make_passage("Le congrès s’ouvre le 2 août 2027.", id="guide#s")
    assert kinds(congress, guide, TODAY) == []


def test_current_notice_may_recall_a_former_date():
    recalled = make_passage("Pour le règlement IA, la date du 2 août 2027 est périmée.")
    assert kinds(recalled, make_notice("32024R1689#art_26"), TODAY) == []


def test_guide_published_after_the_day_did_not_exist():
    guide = Metadata(id="guide", title="Guide", kind=Kind.GUIDE, published=date(2025, 6, 19))
    assert kinds(make_passage("x", id="guide#s"), guide, BEFORE) == [CaveatKind.TOO_RECENT]


def test_amending_act_is_not_amended_by_itself():
    act = make_metadata(
        id="32026R1744", published=date(2026, 7, 24), version_date=date(2026, 7, 24)
    )
    article = make_passage("… le 2 août 2028 …", id="32026R1744#art_1")
    assert kinds(article, act, TODAY) == []
    assert kinds(article, act, BEFORE) == [CaveatKind.TOO_RECENT]


@pytest.mark.parametrize(
    ("day", "note"),
    [(TODAY, "le 2 août 2028."), (BEFORE, "le 2 août 2027."), (date(2028, 8, 2), None)],
)
def test_unit_not_yet_applicable_says_from_when_by_the_law_of_the_day(day: date, note: str | None):
    article = make_passage("x", id="32024R1689#art_26.6")
    told = caveats(article, make_metadata(), registry=REGISTRY, links=(), as_of=day)
    assert [caveat.note for caveat in told] == ([note] if note else [])


def test_outdated_document_and_draft_say_so():
    outdated = make_metadata(id="x", status=Status.OUTDATED)
    draft = make_metadata(id="x", status=Status.DRAFT)
    assert kinds(make_passage("x", id="x#a"), outdated, TODAY) == [CaveatKind.OUTDATED]
    assert kinds(make_passage("x", id="x#a"), draft, TODAY) == [CaveatKind.DRAFT]


def test_documents_own_amendments_count_too():
    amendment = Amendment(unit="art_5", by="décret", effective=date(2026, 1, 1), note="abrogé.")
    law = make_metadata(id="loi", amended_by=(amendment,), version_date=date(2020, 1, 1))
    assert kinds(make_passage("x", id="loi#art_5"), law, TODAY) == [CaveatKind.AMENDED]
    assert kinds(make_passage("x", id="loi#art_6"), law, TODAY) == []


@pytest.mark.parametrize(
    "values",
    [
        {"amendments": [{"unit": "a", "by": "b", "from": "2026-13-01", "note": "x"}]},
        {"amendments": [{"unit": "a", "by": "b", "note": "x"}]},
        {"amendment": []},
        {"acts": "x"},
    ],
)
def test_damaged_registry_is_refused_by_name(values: dict[str, object]):
    with pytest.raises(ConfigurationError) as caught:
        LawRegistry.parse(values)
    assert caught.value.problem is Problem.BAD_REGISTRY


anchors = st.lists(st.sampled_from(["art_6", "art_61", "1", "2", "a"]), min_size=1, max_size=3)


@given(anchors, anchors)
def test_overlap_is_symmetric_and_holds_for_prefixes(one: list[str], other: list[str]):
    first, second = "x#" + ".".join(one), "x#" + ".".join(other)
    shorter = min(len(one), len(other))
    assert overlap(first, second) == overlap(second, first) == (one[:shorter] == other[:shorter])


def test_what_two_registries_say_is_told_once():
    assert LawRegistry.merge([REGISTRY, REGISTRY]) == REGISTRY
