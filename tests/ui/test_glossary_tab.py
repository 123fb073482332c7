"""The glossary in a real browser."""

import pytest
from playwright.sync_api import Locator, expect

from tests.ui.serving import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def entries(someone: Visitor) -> Locator:
    someone.page.get_by_role("tab", name="Glossaire").click()
    found = someone.page.locator("#glossary .entry:visible")
    expect(found).to_have_count(3)
    return found


def test_typing_filters_whatever_the_accents(someone: Visitor, entries: Locator):
    box = someone.page.get_by_label("Chercher un mot")
    for typed, found in {
        "SYSTEME": ["Système d’IA à haut risque"],
        "d'ia": ["Système d’IA à haut risque"],
        "haut ia": ["Système d’IA à haut risque"],
        "ct": ["Tomodensitométrie"],
        "osteo": ["Ostéodensitométrie"],
        "densito": [],
        "   ": ["Ostéodensitométrie", "Tomodensitométrie", "Système d’IA à haut risque"],
    }.items():
        box.fill(typed)
        expect(entries).to_have_count(len(found))
        assert entries.locator("h4").all_inner_texts() == found, typed


def test_count_follows_the_filter(someone: Visitor, entries: Locator):
    count = someone.page.locator("#glossary-count")
    expect(count).to_have_text("3 entrées")
    box = someone.page.get_by_label("Chercher un mot")
    box.fill("tomo")
    expect(count).to_have_text("Une entrée sur 3")
    expect(someone.page.get_by_role("heading", name="Règlement IA")).to_be_hidden()
    box.fill("zzz")
    expect(count).to_contain_text("Aucune entrée ne correspond")


def test_false_friend_leads_to_its_entry(someone: Visitor, entries: Locator):
    someone.page.get_by_label("Chercher un mot").fill("scanner")
    entries.get_by_role("link", name="ostéodensitométrie").click()
    expect(someone.page.locator("#entry-1")).to_be_focused()
    expect(entries).to_have_count(3)
