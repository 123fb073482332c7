"""What questions are asked of: read from the page, and chosen in a real browser."""

import json
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, expect

from rag.errors import Problem, QuestionError
from rag.messages import NBSP
from rag.types import NO_FILTER, Filters, Kind
from rag.ui.filters import listing, read_filters
from tests.ui.fake_assistant import DOCUMENTS, HOSTILE, FakeAssistant
from tests.ui.serving import Visitor, visitor

QUESTION = "Combien de temps faut-il conserver les journaux ?"
CNIL = "Commission nationale de l’informatique et des libertés (CNIL)"


def test_nothing_chosen_is_no_filter() -> None:
    assert read_filters("") == read_filters(None) == read_filters("{}") == NO_FILTER


def test_choice_is_read() -> None:
    chosen = {"kinds": ["notice"], "publishers": [CNIL], "until": "2025-06-01"}
    assert read_filters(json.dumps(chosen)) == Filters(
        kinds=(Kind.NOTICE,), publishers=(CNIL,), until=date(2025, 6, 1)
    )


@pytest.mark.parametrize(
    "text",
    ["?", "[]", "3", '{"kinds": ["roman"]}', '{"documents": "csp"}', '{"since": "demain"}'],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(QuestionError) as raised:
        read_filters(text)
    assert raised.value.problem is Problem.BAD_FILTERS


def test_empty_period_is_refused() -> None:
    with pytest.raises(QuestionError) as raised:
        read_filters('{"since": "2025-01-02", "until": "2025-01-01"}')
    assert raised.value.problem is Problem.BAD_PERIOD


def test_only_what_is_indexed_is_offered() -> None:
    html = listing(DOCUMENTS)
    assert 'value="reglement"' in html
    assert 'value="loi"' not in html
    assert f'value="{CNIL}"' in html
    assert html.count('name="documents"') == len(DOCUMENTS)
    assert HOSTILE not in html
    assert "Aucun document" in listing([])


def panel_of(someone: Visitor) -> Locator:
    someone.page.get_by_role("button", name="Filtrer").click()
    panel = someone.page.get_by_role("group", name="Filtrer les documents")
    panel.get_by_label("Notice").first.wait_for()
    return panel


@pytest.mark.browser
def test_panel_is_closed_at_first_and_nothing_is_filtered(
    someone: Visitor, assistant: FakeAssistant
) -> None:
    expect(someone.page.get_by_role("group", name="Filtrer les documents")).to_be_hidden()
    expect(someone.page.get_by_role("button", name="Effacer")).to_be_hidden()
    someone.ask(QUESTION)
    assert assistant.filters == [NO_FILTER]
    expect(someone.turn(1).locator(".filtered")).to_have_count(0)


@pytest.mark.browser
def test_filters_reach_the_assistant_stay_and_are_cleared(
    someone: Visitor, assistant: FakeAssistant
) -> None:
    panel = panel_of(someone)
    panel.get_by_label("Recommandation").check()
    panel.get_by_label(CNIL).check()
    panel.get_by_label("depuis le").fill("2024-01-01")
    chips = someone.page.get_by_role("list", name="Filtres").get_by_role("button")
    expect(chips).to_have_text(["Recommandation", CNIL, "depuis le 1er janvier 2024"])
    someone.ask(QUESTION)
    someone.ask("Et à la cantine ?")
    filters = Filters(kinds=(Kind.RECOMMENDATION,), publishers=(CNIL,), since=date(2024, 1, 1))
    assert assistant.filters == [filters, filters]
    expect(someone.turn(1).locator(".filtered")).to_contain_text("Recommandation, Commission")
    someone.page.get_by_role("button", name=f"Recommandation{NBSP}: retirer").click()
    expect(panel.get_by_label("Recommandation")).not_to_be_checked()
    someone.page.get_by_role("button", name="Effacer").click()
    expect(chips).to_have_count(0)
    someone.ask(QUESTION)
    assert assistant.filters[-1] == NO_FILTER


@pytest.mark.browser
def test_new_conversation_starts_without_filters(
    someone: Visitor, assistant: FakeAssistant
) -> None:
    panel_of(someone).get_by_label("Notice").first.check()
    someone.ask(QUESTION)
    someone.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(someone.page.locator(".filter-chip")).to_have_count(0)
    someone.ask(QUESTION)
    assert assistant.filters == [Filters(kinds=(Kind.NOTICE,)), NO_FILTER]


@pytest.mark.browser
def test_filters_of_one_visitor_are_not_those_of_another(
    someone: Visitor, assistant: FakeAssistant, chromium: Browser, url: str
) -> None:
    panel_of(someone).get_by_label("Notice").first.check()
    someone.page.wait_for_timeout(200)
    with visitor(chromium) as other:
        other.open(url)
        other.ask(QUESTION)
        expect(other.page.locator(".filter-chip")).to_have_count(0)
    assert assistant.filters == [NO_FILTER]
    someone.page.reload()
    expect(someone.page.get_by_role("button", name="Filtrer")).to_be_visible()
    expect(someone.page.locator(".filter-chip")).to_have_count(0)


@pytest.mark.browser
def test_document_is_searched_by_any_of_its_words(
    someone: Visitor, assistant: FakeAssistant
) -> None:
    panel = panel_of(someone)
    box = panel.get_by_role("searchbox")
    box.fill("fiches PRATIQUES")
    documents = panel.locator(".filter-documents label[data-words]:visible")
    expect(documents).to_have_text(["Fiches pratiques sur l’intelligence artificielle"])
    documents.get_by_role("checkbox").check()
    box.fill("zzz")
    expect(panel).to_contain_text("Aucun document ne correspond.")
    someone.ask(QUESTION)
    assert assistant.filters == [Filters(documents=("cnil-ia-fiches",))]


@pytest.mark.browser
def test_keyboard_opens_chooses_and_closes(someone: Visitor, assistant: FakeAssistant) -> None:
    page = someone.page
    toggle = page.get_by_role("button", name="Filtrer")
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    regulation = page.get_by_role("checkbox", name="Règlement 1")
    regulation.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".filter-status")).to_have_text(f"Un filtre{NBSP}: Règlement.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Filtrer les documents")).to_be_hidden()
    expect(toggle).to_be_focused()
    page.keyboard.press("Enter")
    expect(regulation).to_be_checked()


@pytest.mark.browser
def test_empty_period_is_said_and_the_question_stays(
    someone: Visitor, assistant: FakeAssistant
) -> None:
    panel = panel_of(someone)
    panel.get_by_label("depuis le").fill("2025-01-02")
    panel.get_by_label("jusqu’au").fill("2025-01-01")
    expect(panel).to_contain_text("Ces deux jours ne laissent rien entre eux.")
    someone.ask(QUESTION)
    expect(someone.turn(1)).to_contain_text("Période vide")
    expect(someone.page.get_by_label("Votre question")).to_have_value(QUESTION)
    assert assistant.asked == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 400, 1440])
def test_open_panel_fits_the_window(chromium: Browser, url: str, width: int) -> None:
    with visitor(chromium, viewport={"width": width, "height": 800}) as someone:
        someone.open(url)
        panel = panel_of(someone)
        panel.get_by_label(CNIL).check()
        assert someone.page.evaluate("document.documentElement.scrollWidth") == width
        assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
        expect(someone.page.get_by_role("button", name="Envoyer")).to_be_in_viewport()
