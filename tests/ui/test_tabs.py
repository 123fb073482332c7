"""The tabs in a real browser, with the mouse and with the keyboard."""

import threading

import pytest
from playwright.sync_api import Browser, expect

from rag.errors import ConfigurationError, Problem
from tests.ui.fake_assistant import FakeAssistant
from tests.ui.serving import Visitor, running_page, visitor

pytestmark = pytest.mark.browser

LABELS = ["Questions", "Documents", "Textes officiels", "Glossaire", "À propos"]


def test_tabs_are_told_to_assistive_technologies(someone: Visitor):
    page = someone.page
    assert page.locator("#tabs").get_by_role("tab").all_inner_texts() == LABELS
    expect(
        page.locator("#columns, #panel-textes, #panel-glossaire").locator("visible=true")
    ).to_have_count(1)
    expect(page.get_by_role("tabpanel", name="Questions")).to_be_visible()
    expect(page.get_by_role("tab", name="Questions")).to_have_attribute("aria-selected", "true")


def test_tabs_are_reached_and_chosen_with_the_keyboard(someone: Visitor):
    page = someone.page
    page.get_by_role("tab", name="Questions").focus()
    for key, label in [
        ("ArrowRight", "Documents"),
        ("ArrowRight", "Textes officiels"),
        ("ArrowRight", "Glossaire"),
        ("ArrowRight", "À propos"),
        ("ArrowRight", "Questions"),
        ("ArrowLeft", "À propos"),
        ("Home", "Questions"),
        ("End", "À propos"),
        ("ArrowLeft", "Glossaire"),
    ]:
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=label)).to_be_focused()
        expect(page.get_by_role("tabpanel", name=label)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tabpanel", name="Glossaire")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Chercher un mot")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("tab", name="Glossaire")).to_be_focused()


def test_conversation_is_as_it_was_left(someone: Visitor, assistant: FakeAssistant):
    page = someone.page
    someone.ask("Combien de temps ?")
    page.get_by_label("Votre question").fill("Autre question")
    page.get_by_role("tab", name="Glossaire").click()
    expect(someone.turn(1)).to_be_hidden()
    page.get_by_role("tab", name="Questions").click()
    expect(someone.turn(1)).to_be_visible()
    expect(page.get_by_label("Votre question")).to_have_value("Autre question")


def test_tabs_wait_for_the_program(chromium: Browser):
    release = threading.Event()

    def open_assistant(progress):
        progress("Indexation des documents", 1, 4)
        release.wait(timeout=30)
        return FakeAssistant()

    with running_page(open_assistant) as url, visitor(chromium) as someone:
        someone.open(url)
        page = someone.page
        page.get_by_role("tab", name="Glossaire").click()
        expect(page.get_by_role("tabpanel")).to_contain_text("Le programme se prépare")
        release.set()
        expect(page.locator("#glossary .entry")).to_have_count(3)
        someone.check(url)


def test_tabs_say_why_there_is_nothing(chromium: Browser):
    def open_assistant(progress):
        raise ConfigurationError(Problem.MODEL_NOT_FOUND, model="absent")

    with running_page(open_assistant) as url, visitor(chromium) as someone:
        someone.open(url)
        someone.page.get_by_role("tab", name="Textes officiels").click()
        alert = someone.page.get_by_role("tabpanel").get_by_role("alert")
        expect(alert).to_contain_text("Modèle d’encodage introuvable")
