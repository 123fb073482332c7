from datetime import date

import pytest

from rag.library import Origin
from rag.types import Kind, Status
from rag.ui import documents
from rag.ui.document_rows import row
from tests.ui.fake_hits import make_metadata
from tests.ui.fake_register import make_library, make_listed

TODAY = date(2026, 11, 23)


def make_row(**facts):
    return row(make_listed(make_metadata(**facts)), today=TODAY, check_after_days=90)


def listing(listed, *, is_open=True):
    return documents.listing(listed, today=TODAY, check_after_days=90, is_open=is_open)


@pytest.mark.parametrize(
    ("checked", "text", "is_overdue"),
    [
        (None, "jamais", False),
        (TODAY, "aujourd’hui", False),
        (date(2026, 8, 25), "il y a 90\N{NO-BREAK SPACE}jours", False),
        (date(2026, 8, 24), "il y a 91\N{NO-BREAK SPACE}jours", True),
    ],
)
def test_age_is_told_and_flagged_past_the_limit(checked, text, is_overdue):
    one = make_row(checked=checked)
    assert (one.checked.text, one.is_overdue) == (text, is_overdue)


def test_columns_sort_by_what_they_mean():
    by_kind = [make_row(kind=kind).kind.key for kind in (Kind.REGULATION, Kind.LAW, Kind.NOTICE)]
    assert by_kind == sorted(by_kind)
    ages = [make_row(checked=date(2026, 11, day)).checked.key for day in (23, 14, 2)]
    assert ages == sorted(ages)
    assert make_row(status=None).status.key == ""
    assert make_row(published=None).published.key == ""


def test_search_compares_folded_words_of_all_that_names_a_document():
    words = make_row(title="Évaluer l’IA", publisher="HAS", status=Status.DRAFT).words
    for word in ("evaluer", "has", "32024r1689", "projet", "reglement", "fr.html"):
        assert word in words


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (Origin.UPLOADED, "sera effacé"),
        (Origin.OFFICIAL, "Textes officiels"),
        (Origin.FOLDER, "radiact\N{NO-BREAK SPACE}ingest"),
        (Origin.ELSEWHERE, "reste où il est"),
    ],
)
def test_removal_tells_what_becomes_of_the_file(origin, told):
    one = row(make_listed(origin=origin, file="a {b}.md"), today=TODAY, check_after_days=90)
    assert told in one.leaving or told.replace("\N{NO-BREAK SPACE}", " ") in one.leaving


def test_list_escapes_what_documents_say():
    html = listing(make_library())
    assert "<script>" not in html
    assert "javascript:" not in html
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in html
    assert 'data-read-document="x&#34;&gt;&lt;script&gt;"' in html


def test_removal_is_offered_only_where_it_is_open():
    assert "data-remove-document" in listing(make_library())
    closed = listing(make_library(), is_open=False)
    assert "data-remove-document" not in closed
    assert 'data-changes="closed"' in closed


def test_empty_register_says_so():
    assert "Aucun document n’est encore indexé." in listing([])
