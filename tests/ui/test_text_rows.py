from dataclasses import replace

import pytest

from rag.errors import Problem, SourceError
from rag.messages import NBSP
from rag.types import FileReport, Outcome, PullOutcome
from rag.ui.sources import Authority
from rag.ui.text_rows import Presence, outcome_line, row
from tests.ui.fake_texts import CATALOGUE, make_report, make_state, make_text

REGULATION, RECOMMENDATION, BY_HAND = CATALOGUE


def row_of(text=REGULATION, *, installed=False, sound=True, report=None):
    return row(make_state(text, installed=installed, sound=sound), report)


def test_row_tells_what_a_text_is_and_where():
    shown = row_of()
    assert shown.title.startswith("Règlement (UE) 2024/1689")
    assert (shown.kind, shown.authority) == ("Règlement", Authority.LAW)
    assert shown.facts == (
        "Union européenne",
        "HTML",
        "Réutilisation autorisée avec mention de la source",
    )
    assert shown.address == "https://eur-lex.europa.eu/eli/reg/2024/1689/oj"
    assert shown.hosts == "eur-lex.europa.eu, sinon publications.europa.eu"


def test_text_in_english_says_so():
    assert row_of(replace_language("en")).facts[1] == "HTML en anglais"


def replace_language(language):
    text = make_text()
    return replace(text, metadata=replace(text.metadata, language=language))


def test_installed_text_tells_since_when_and_which_version():
    shown = row_of(installed=True)
    assert (shown.presence, shown.state) == (
        Presence.INSTALLED,
        "Installé le 20 novembre 2026",
    )
    assert shown.version == "Version du 12 juillet 2024"


def test_absent_text_has_no_version():
    assert (row_of().presence, row_of().state, row_of().version) == (
        Presence.ABSENT,
        "Non installé",
        "",
    )


def test_damaged_copy_is_told():
    assert row_of(installed=True, sound=False).presence is Presence.DAMAGED


def test_copy_without_its_document_is_told():
    state = replace(make_state(REGULATION, installed=True), entry=None)
    assert row(state, None).state == "Téléchargé, mais pas indexé"


def test_text_indexed_from_elsewhere_is_dated_by_the_register():
    state = replace(make_state(REGULATION, installed=True), copy=None)
    assert row(state, None).state == "Installé le 20 novembre 2026"


def test_text_to_save_by_hand_gives_its_page_and_the_command():
    shown = row_of(BY_HAND)
    assert shown.state == "À télécharger à la main"
    assert shown.command == "radiact sources pull csp-l4001-3 --file FICHIER"
    assert shown.address.startswith("https://www.legifrance.gouv.fr/codes/")
    assert shown.note.startswith("Chercher l’article")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (PullOutcome.DOWNLOADED, f"Téléchargé et indexé (812{NBSP}passages)."),
        (PullOutcome.UPDATED, f"Nouvelle version téléchargée et indexée (812{NBSP}passages)."),
        (PullOutcome.UNCHANGED, f"Déjà à jour (812{NBSP}passages)."),
    ],
)
def test_outcome_is_told_with_its_passages(outcome, told):
    assert outcome_line(make_report(REGULATION, outcome)) == told


def test_text_to_save_by_hand_says_nothing_more():
    assert row_of(BY_HAND, report=make_report(BY_HAND, PullOutcome.MANUAL)).outcome == ""


def test_one_passage_is_singular():
    indexed = FileReport(outcome=Outcome.ADDED, path="x", passages=1)
    told = outcome_line(make_report(REGULATION, PullOutcome.DOWNLOADED, indexed=indexed))
    assert told == f"Téléchargé et indexé (1{NBSP}passage)."


def test_replaced_copy_is_told():
    told = outcome_line(make_report(REGULATION, PullOutcome.UPDATED, was_damaged=True))
    assert "abîmée, a été remplacée" in told


def test_failure_gives_its_cause_in_french():
    error = SourceError(Problem.SOURCE_UNREACHABLE, host="www.cnil.fr")
    report = make_report(RECOMMENDATION, PullOutcome.FAILED, error=error, indexed=None)
    shown = row_of(RECOMMENDATION, report=report)
    assert shown.outcome == f"Échec{NBSP}: Le site www.cnil.fr est injoignable."
    assert shown.is_failure


def test_address_that_is_not_of_the_web_makes_no_link():
    assert row_of(make_text(url="javascript:alert(1)")).address == ""
